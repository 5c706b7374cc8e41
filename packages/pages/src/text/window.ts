/** A long line cut to what a terminal shows, around the place that matters. */
import { columns, fitting } from './columns.ts'

export interface Marked { readonly text: string; readonly start: number; readonly end: number }

const CUT = '…'

/** The line, at most `width` columns of it, with the mark in sight; the mark's end is cut where it alone is too long. */
export function windowOf({ text, start, end }: Marked, width: number): Marked {
  if (columns(text) <= width) return { text, start, end }
  const before = text.slice(0, start)
  const marked = text.slice(start, end)
  const room = width - columns(marked)
  const left = columns(before)
  // as much before the mark as behind it, and no more than there is
  const wanted = Math.max(0, Math.min(left, Math.max(Math.floor(room / 2), room - columns(text.slice(end)))))
  const from = left <= wanted ? 0 : start - fitting(Array.from(before).reverse().join(''), Math.max(0, wanted - 1)).length
  const head = from === 0 ? '' : CUT
  const rest = text.slice(from)
  const fits = columns(head + rest) <= width
  const shown = fits ? rest : fitting(rest, width - columns(head) - 1)
  return { text: head + shown + (fits ? '' : CUT), start: head.length + start - from, end: head.length + Math.min(end - from, shown.length) }
}

/** Carets under the mark. */
export const caretsUnder = ({ text, start, end }: Marked): string => ' '.repeat(columns(text.slice(0, start))) + '^'.repeat(Math.max(1, columns(text.slice(start, end))))
