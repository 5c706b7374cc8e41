/** Where on a page the verdicts are written: each behind the line, or the paragraph, in which its formula ends. */
import { type Finding, findingOf, summaryOf } from '../finding/finding.ts'
import type { ClaimVerdict } from '../judge-types.ts'
import type { JudgedPage } from '../judged-page.ts'
import type { AnswerPage, Claim } from '../page.ts'
import type { Edit } from './edits.ts'

export interface Written {
  readonly finding: Finding
  readonly prefix: string
  /** What tells the formula from others at the same place: its id, or its number there. */
  readonly name: string | undefined
}

/** What is taken off the page and what is put in: `write` makes the text that goes behind a line, given what belongs there. */
export function annotationEdits(page: AnswerPage, verdicts: readonly ClaimVerdict[], write: (there: readonly Written[], end: string) => string): Edit[] {
  const byOffset = new Map(page.claims.map(c => [c.offset, c]))
  const places = new Map<number, { claim: ClaimVerdict; prefix: string }[]>()
  for (const claim of verdicts) {
    const on = byOffset.get(claim.offset)
    if (!on) continue
    const at = Math.min(placeBehind(page.text, on), endOfText(page.source))
    const there = places.get(at) ?? []
    if (there.length === 0) places.set(at, there)
    there.push({ claim, prefix: on.paragraph.prefix })
  }
  const end = lineEndOf(page.source)
  return [...places].map(([at, there]) => {
    const written = there.map(({ claim, prefix }, k) => ({ finding: findingOf(claim), prefix, name: claim.id ?? (there.length > 1 ? `formula ${k + 1}` : undefined) }))
    return { start: at, end: at, text: write(written, end) }
  })
}

/** The edits that take the annotations of an earlier run off the page. */
export const removals = (page: AnswerPage): Edit[] => page.annotations.map(({ start, end }) => ({ start, end, text: '' }))

/** The end of the formula's last line where nothing but a full stop or a comment follows it there, else of its paragraph. */
function placeBehind(source: string, { formula, paragraph }: Claim): number {
  REST.lastIndex = formula.end
  const rest = REST.exec(source)
  return formula.display && rest && !paragraph.whole ? formula.end + rest[0].length : paragraph.after
}

const REST = /[ \t.,;:]*(?:<!--[^\r\n]*?-->[ \t]*|%[^\r\n]*)?(?![^\r\n])/y

/** The counts of the page, before its last line end. */
export function atEnd(source: string, judged: Pick<JudgedPage, 'claims' | 'counts' | 'marks'>, write: (summary: string, end: string) => string): Edit[] {
  if (judged.claims.length === 0) return []
  const at = endOfText(source)
  return [{ start: at, end: at, text: write(summaryOf(judged), lineEndOf(source)) }]
}

/** Before the last line end. */
const endOfText = (source: string): number => source.length - (source.endsWith('\r\n') ? 2 : /[\r\n]/.test(source.slice(-1)) ? 1 : 0)

/** The line end that the page uses. */
const lineEndOf = (source: string): string => /\r\n?|\n/.exec(source)?.[0] ?? '\n'
