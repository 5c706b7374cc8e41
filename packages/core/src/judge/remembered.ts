/**
 * Verdicts that were given before: the pages of a course say the same things. A claim has the same verdict again when its text,
 * its question, its conditions and what the page said before it are the same.
 */
import type { Bench } from './claim.ts'
import { additionsTo, type PageState } from './page-state.ts'
import { questionOf } from './questions.ts'
import type { ClaimSource, ClaimVerdict } from './types.ts'

interface Memory { readonly verdict: ClaimVerdict; readonly defined: PageState['defined']; readonly wrong: PageState['wrong'] }

/** Verdicts kept for one exercise, the newest. */
const MOST = 4000
/** Longer formulas are judged anew. */
const LONGEST = 2000
/** Pages that went wrong so often are judged line by line. */
const MOST_SAID = 20_000

const memories = new WeakMap<Bench['makers'], Map<string, Memory>>()

/** The verdict of `judge`, or the one that it gave on the same claim before. */
export function remembered(source: ClaimSource, bench: Bench, page: PageState, judge: (s: ClaimSource, page: PageState) => ClaimVerdict): ClaimVerdict {
  if (source.latex.length > LONGEST || page.said.length > MOST_SAID) return judge(source, page)
  const memory = memories.get(bench.makers) ?? new Map<string, Memory>()
  memories.set(bench.makers, memory)
  const question = questionOf(source, bench.exercise)?.id
  const said = JSON.stringify([source.latex, question, source.conditions])
  const key = `${JSON.stringify(bench.options.budget ?? {})}${said}${page.said}`
  const known = memory.get(key)
  if (known) {
    page.defined.push(...known.defined)
    page.wrong.push(...known.wrong.map(w => ({ ...w, claim: nameOf(source) })))
    note(page, known, said, source)
    return standing(known.verdict, source)
  }
  const before = { defined: page.defined.length, wrong: page.wrong.length }
  const verdict = judge(source, page)
  const made: Memory = { verdict, ...additionsTo(page, before) }
  note(page, made, said, source)
  if (verdict.links.some(l => l.note?.startsWith('stopped'))) return verdict
  if (memory.size >= MOST) for (const old of memory.keys()) { memory.delete(old); if (memory.size < MOST / 2) break }
  memory.set(key, made)
  return verdict
}

/** What later lines speak of it by. */
const nameOf = (s: ClaimSource): string => s.id ?? `line ${s.line}`

/** What was said counts for later lines where it defined something or went wrong. */
function note(page: PageState, m: Memory, said: string, source: ClaimSource): void {
  if (m.defined.length + m.wrong.length > 0) page.said += `${nameOf(source)} ${said}\n`
}

function standing({ id: _, ...verdict }: ClaimVerdict, source: ClaimSource): ClaimVerdict {
  return { ...(source.id === undefined ? {} : { id: source.id }), ...verdict, line: source.line, offset: source.offset }
}
