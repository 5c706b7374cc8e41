/** Running text with formulas in it. */
import { renderText } from '../../print/text.ts'
import type { Cell, Check, Inline, Line, Page } from '../page.ts'

/** Notes of one line are reasons side by side. */
export const NOTE_SEPARATOR = '; '

export const inlines = (cell: Cell): readonly Inline[] => (Array.isArray(cell) ? cell as readonly Inline[] : [cell as Inline])

/** Formulas shorter than this are never broken inside running text. */
const KEEP_WHOLE = 48

/** The text of words and formulas; with `whole`, the blanks of a short formula become no-break spaces. */
export function textOf(cell: Cell, whole = false): string {
  return inlines(cell).map(part => {
    if (typeof part === 'string') return part
    const formula = renderText(part)
    return whole && formula.length <= KEEP_WHOLE ? formula.replaceAll(' ', '\u00a0') : formula
  }).join('')
}

/** What is said about a line whose check did not succeed; nothing for a line that holds. */
export function checkRemark(check: Check | undefined): string | undefined {
  if (check === undefined || check.verdict === 'exact' || check.verdict === 'agrees') return undefined
  const why = check.reason === undefined ? '' : `: ${check.reason}`
  return check.verdict === 'failed' ? `this line fails its check${why}` : 'not checked'
}

/** The reasons of a line, the outcome of its check among them when it did not hold. */
export function notesOf(line: Line): readonly (readonly Inline[])[] {
  const remark = checkRemark(line.check)
  return remark === undefined ? line.notes : [...line.notes, [remark]]
}

/** Whether the line begins with its relation, as the continuation of the line before it. */
export const continues = (line: Line, before: Line | undefined): boolean =>
  line.left === undefined && before !== undefined && line.right.kind !== 'equation' && line.right.kind !== 'condition'

/** What stands between the sides; a case (`i = j`) is followed by a colon. Undefined when the right side stands alone. */
export type Sign = '=' | '←' | '≈' | ':'

/** The sign before the right side of a line. */
export function relationOf(line: Line, before: Line | undefined): Sign | undefined {
  if (line.left?.kind === 'condition') return ':'
  return line.left !== undefined || continues(line, before) ? line.relation ?? '=' : undefined
}

/** All lines of a page, in order. */
export const linesOf = (page: Page): readonly Line[] => page.sections.flatMap(s => (s.kind === 'lines' ? s.lines : []))

/** The title as one line of text. */
export const titleText = (page: Page): string => textOf(page.title)
