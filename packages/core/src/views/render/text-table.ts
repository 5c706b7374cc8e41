/** Tables as text: numbers aligned at the decimal point, wide columns wrapped. */
import type { Section } from '../page.ts'
import { textOf } from './inline.ts'
import type { Style } from './style.ts'
import { padEnd, padStart, width, wrapWords } from './width.ts'

type Table = Extract<Section, { kind: 'table' }>

const START = 2
const GAP = 3
const NARROWEST = 16
const NUMBER = /^([+−-]?\d[\d,_]*)((?:\.\d+)?(?:e[+−-]?\d+)?)(%?)$/i
const EMPTY = /^[—–-]?$/

/** A column of numbers, with dashes where there is none. */
export const isNumeric = (cells: readonly string[]): boolean => cells.some(c => NUMBER.test(c)) && cells.every(c => NUMBER.test(c) || EMPTY.test(c))

/** How each column is aligned: as asked for, else numbers to the right. */
export function alignments(table: Table, texts: readonly (readonly string[])[]): ('left' | 'right')[] {
  return table.columns.map((_, k) => table.align?.[k] ?? (isNumeric(texts.map(row => row[k] ?? '')) ? 'right' : 'left'))
}

/** The cells of one column, padded so that decimal points stand under each other. */
function alignNumbers(cells: readonly string[]): string[] {
  const parts = cells.map(c => NUMBER.exec(c))
  const whole = Math.max(0, ...parts.map(p => (p ? width(p[1]!) : 0)))
  const tail = Math.max(0, ...parts.map(p => (p ? width(p[2]! + p[3]!) : 0)))
  return cells.map((c, k) => {
    const p = parts[k]
    return p ? padStart(p[1]!, whole) + padEnd(p[2]! + p[3]!, tail) : EMPTY.test(c) ? padEnd(padStart(c, whole), whole + tail) : c
  })
}

/** The rows of the table, the header first. */
export function renderTable(table: Table, columns: number, style: Style): string[] {
  const texts = table.rows.map(row => table.columns.map((_, k) => (row[k] === undefined ? '' : textOf(row[k]))))
  const align = alignments(table, texts)
  const cells = table.columns.map((_, k) => {
    const column = texts.map(row => row[k]!)
    return column.some(c => NUMBER.test(c)) && (align[k] === 'right' || isNumeric(column)) ? alignNumbers(column) : column
  })
  const wanted = table.columns.map((title, k) => Math.max(width(title), ...cells[k]!.map(width)))
  const widths = fitWidths(wanted, align, columns - START)
  const row = (parts: readonly string[]): string[] => {
    const wrapped = parts.map((text, k) => (width(text) > widths[k]! ? wrapWords(text, widths[k]!) : [text]))
    const height = Math.max(...wrapped.map(w => w.length))
    return Array.from({ length: height }, (_, line) => (' '.repeat(START) + wrapped.map((w, k) =>
      (align[k] === 'right' ? padStart : padEnd)(w[line] ?? '', widths[k]!)).join(' '.repeat(GAP))).trimEnd())
  }
  const header = table.columns.some(c => c !== '') ? row(table.columns).map(style.heading) : []
  return [...header, ...texts.flatMap((_, r) => row(cells.map(column => column[r]!)))]
}

/** Too wide a table takes the room from its widest left-aligned column. */
function fitWidths(wanted: readonly number[], align: readonly ('left' | 'right')[], columns: number): number[] {
  const widths = [...wanted]
  let over = widths.reduce((a, b) => a + b, 0) + GAP * (widths.length - 1) - columns
  while (over > 0) {
    let widest = -1
    widths.forEach((w, k) => { if (align[k] === 'left' && w > NARROWEST && w > (widths[widest] ?? 0)) widest = k })
    if (widest < 0) break
    const others = Math.max(NARROWEST, ...widths.filter((w, k) => k !== widest && align[k] === 'left' && w < widths[widest]!))
    const take = Math.max(1, Math.min(over, widths[widest]! - others))
    widths[widest]! -= take
    over -= take
  }
  return widths
}
