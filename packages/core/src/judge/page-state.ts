/** What a page has said so far: names that it defined, and lines that it got wrong and goes on with. */
import { mapLatexChildren } from '../language/latex/index.ts'
import type { Latex } from '../language/latex/ast.ts'
import { patternFromTree } from './names/from-tree.ts'
import type { PageName } from './scene.ts'

/** A wrong line: what it speaks of, and what the page takes it to be. */
export interface WrongLine { readonly claim: string; readonly left: Latex; readonly right: Latex; readonly network: string }

export interface PageState { readonly defined: PageName[]; readonly wrong: WrongLine[] }

export const newPage = (): PageState => ({ defined: [], wrong: [] })

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

/** A tree with letters replaced by what they stand for. */
function replaceLetters(e: Latex, put: ReadonlyMap<string, Latex>): Latex {
  if (e.kind === 'symbol') return put.get(e.name) ?? e
  return mapLatexChildren(e, c => replaceLetters(c, put))
}
