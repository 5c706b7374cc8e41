/** Derivation lines as text: number, left side, relation, right side, reasons. */
import { renderText } from '../../print/text.ts'
import type { Line, Page } from '../page.ts'
import { linesOf, NOTE_SEPARATOR, notesOf, relationOf, textOf } from './inline.ts'
import type { Style } from './style.ts'
import { breakFormula, padEnd, padStart, width, wrapWords } from './width.ts'

/** Columns that all lines of a page share. */
export interface LineLayout {
  readonly columns: number
  /** Width of the number column with its gap; 0 when no line has a number. */
  readonly numbers: number
  /** Width of the left sides. */
  readonly left: number
  /** Where reasons begin. */
  readonly reasons: number
}

const START = 2
/** A left side wider than this does not push the others to the right. */
const WIDEST_LEFT = 24
/** Between a formula and its reason. */
const GAP = 4
/** Reasons get at least this much where the width allows it. */
const REASON = 36

const noteText = (line: Line): string => notesOf(line).map(n => textOf(n, true)).join(NOTE_SEPARATOR)

/** The columns of a page: wide enough for the formulas that leave room for a reason. */
export function lineLayout(page: Page, columns: number): LineLayout {
  const lines = linesOf(page)
  const digits = Math.max(0, ...lines.map(l => (l.number === undefined ? 0 : width(String(l.number)))))
  const numbers = digits === 0 ? 0 : digits + 2
  const left = Math.max(0, ...lines.map(l => (l.left ? width(renderText(l.left)) : 0)).filter(w => w <= WIDEST_LEFT))
  const start = START + numbers + left + 3
  const reasonWidth = Math.max(0, ...lines.map(l => width(noteText(l))))
  const limit = Math.max(start + 20, columns - GAP - Math.min(REASON, reasonWidth))
  const ends = lines.filter(l => notesOf(l).length > 0).map(l => Math.max(start, START + numbers + (l.left ? width(renderText(l.left)) + 3 : 0)) + width(renderText(l.right)))
  const reasons = Math.max(start, ...ends.filter(end => end <= limit)) + GAP
  return { columns, numbers, left, reasons: Math.min(reasons, Math.max(start + GAP, columns - 20)) }
}

/** The lines of one section. */
export const renderLines = (lines: readonly Line[], layout: LineLayout, style: Style): string[] =>
  lines.flatMap((line, k) => renderLine(line, lines[k - 1], owner(lines, k), layout, style))

/** The left side to which a line belongs: its own, or that of the line it continues. */
function owner(lines: readonly Line[], k: number): number {
  for (let at = k; at >= 0; at--) {
    const left = lines[at]!.left
    if (left) return width(renderText(left))
  }
  return 0
}

function renderLine(line: Line, before: Line | undefined, ownLeft: number, layout: LineLayout, style: Style): string[] {
  const number = line.number === undefined ? '' : String(line.number)
  const failed = line.check?.verdict === 'failed'
  const margin = `${failed ? style.wrong(padEnd('✗', START)) : ' '.repeat(START)}${layout.numbers === 0 ? '' : style.number(padEnd(padStart(number, layout.numbers - 2), layout.numbers))}`
  const relation = relationOf(line, before)
  const left = Math.max(layout.left, ownLeft)
  const leftText = line.left ? renderText(line.left) : ''
  const head = relation === undefined ? '' : relation === ':' ? padEnd(`${leftText}:`, left + 3) : `${padEnd(leftText, left)} ${relation} `
  const start = START + layout.numbers + width(head)
  const deeper = start + (relation === undefined ? 4 : 2)
  const formula = breakFormula(renderText(line.right), layout.columns - start, layout.columns - deeper)
  const rows = formula.map((text, k) => ({ plain: k === 0 ? start + width(text) : deeper + width(text), text: k === 0 ? `${margin}${head}${text}` : `${' '.repeat(deeper)}${text}` }))
  const notes = noteText(line)
  if (notes === '') return rows.map(r => r.text)
  const reasons = placeReasons(notes, rows.at(-1)!.plain, layout)
  const shown = reasons.lines.map(failed ? style.wrong : style.reason)
  const last = rows.at(-1)!
  if (reasons.beside) {
    last.text += ' '.repeat(reasons.at - last.plain) + shown[0]!
    shown.shift()
  }
  return [...rows.map(r => r.text), ...shown.map(text => ' '.repeat(reasons.at) + text)]
}

/** Reasons stand beside the formula in their column; below it where the formula is too long. */
function placeReasons(notes: string, end: number, layout: LineLayout): { at: number; beside: boolean; lines: string[] } {
  if (end + 2 <= layout.reasons) return { at: layout.reasons, beside: true, lines: wrapWords(notes, layout.columns - layout.reasons) }
  const whole = notes.replaceAll('\u00a0', ' ')
  if (end + GAP + width(whole) <= layout.columns) return { at: end + GAP, beside: true, lines: [whole] }
  const at = Math.min(layout.reasons, Math.max(START + layout.numbers + layout.left + 5, layout.columns - width(whole)))
  return { at, beside: false, lines: wrapWords(notes, layout.columns - at) }
}
