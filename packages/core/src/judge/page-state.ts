/** What a page has said so far: names that it defined, and lines that it got wrong and goes on with. */
import { latexChildren, make, mapLatexChildren } from '../language/latex/index.ts'
import type { Latex } from '../language/latex/ast.ts'
import { patternFromTree } from './names/from-tree.ts'
import type { PageName } from './scene.ts'

/** A wrong line: what it speaks of, and what the page takes it to be. */
export interface WrongLine { readonly claim: string; readonly left: Latex; readonly right: Latex; readonly network: string }

export interface PageState {
  readonly defined: PageName[]
  readonly wrong: WrongLine[]
  /** The claims that put something in, as text. */
  said: string
}

export const newPage = (): PageState => ({ defined: [], wrong: [], said: '' })

/** The same state for another try. */
export const copyOf = (p: PageState): PageState => ({ defined: [...p.defined], wrong: [...p.wrong], said: p.said })

/** What was added since there were so many. */
export const additionsTo = (p: PageState, before: { readonly defined: number; readonly wrong: number }): Pick<PageState, 'defined' | 'wrong'> =>
  ({ defined: p.defined.slice(before.defined), wrong: p.wrong.slice(before.wrong) })

/** Goes on from another state, which had this one as its beginning. */
export function adopt(page: PageState, from: PageState): void {
  page.defined.push(...from.defined.slice(page.defined.length))
  page.wrong.push(...from.wrong.slice(page.wrong.length))
  page.said = from.said
}

/** A name that the page defines: `s = \sum_k e^{z_k}`, `\delta_i = …` with i standing for any index. */
export function definition(left: Latex, right: Latex): PageName | undefined {
  const pattern = patternFromTree(left)
  if (!pattern) return undefined
  return {
    pattern: pattern.pattern, text: pattern.text,
    means: {
      kind: 'content',
      read: (captures, env) => {
        const put = new Map<string, Latex>([...captures.trees, ...[...captures.labels].map(([l, v]) => [l, { kind: 'number', text: v, span: right.span, own: [] } satisfies Latex] as const)])
        return env.read(put.size === 0 ? right : replaceLetters(right, put), env)
      },
    },
  }
}

/** A tree with letters replaced by what they stand for; letters that a sum binds are its own, and give way to what is put in. */
function replaceLetters(e: Latex, put: ReadonlyMap<string, Latex>): Latex {
  if (e.kind === 'symbol') return put.get(e.name) ?? e
  if (e.kind !== 'big') return mapLatexChildren(e, c => replaceLetters(c, put))
  const bound = e.under.flatMap(boundIn)
  const outer = new Map([...put].filter(([l]) => !bound.includes(l)))
  const coming = new Set([...outer.values()].flatMap(namesIn))
  const taken = new Set([...coming, ...namesIn(e)])
  const renamed = bound.filter(l => coming.has(l)).map((l): readonly [string, Latex] => {
    const free = Array.from('pqrstuvwxyzabcdefgh').find(c => !taken.has(c)) ?? `${l}1`
    taken.add(free)
    return [l, make.symbol(free)]
  })
  const all = new Map([...outer, ...renamed])
  return mapLatexChildren(e, c => replaceLetters(c, all))
}

/** The letters below a sum: i, i = 1, i \in data, j \ne i. */
const boundIn = (u: Latex): string[] => (u.kind === 'symbol' ? [u.name] : u.kind === 'relation' && u.parts[0]?.kind === 'symbol' ? [u.parts[0].name] : u.kind === 'list' ? u.items.flatMap(boundIn) : [])
const namesIn = (e: Latex): string[] => (e.kind === 'symbol' ? [e.name] : latexChildren(e).flatMap(namesIn))
