/** A formula on one line of the terminal, with its wrong place in sight. */
import { printable } from '../finding/printable.ts'
import type { ClaimVerdict } from '../judge-types.ts'
import { asItStands, readable } from '../readable/readable.ts'
import { columns } from './columns.ts'
import { type Marked, windowOf } from './window.ts'

interface Range { readonly start: number; readonly end: number }

/** The whole formula where it fits, LaTeX where it cannot be read; else of a chain its left side and the wrong part, `A = … = C`; and of what is too long still, a window. */
export function formulaLine({ latex, links, firstWrong, verdict }: Pick<ClaimVerdict, 'latex' | 'links' | 'firstWrong' | 'verdict'>, wrong: Range | undefined, width: number): Marked {
  const { text, place } = (verdict === 'unreadable' ? asItStands : readable)(printable(latex))
  const mark = wrong ? place(wrong) : { start: 0, end: 0 }
  const whole = { text, ...mark }
  if (columns(text) <= width) return whole
  const link = firstWrong === null ? undefined : links[firstWrong - 1]
  const first = links[0]
  if (link && first && firstWrong! > 1) {
    const left = place(first.left)
    const before = place(link.left).end
    const right = place(link.right)
    if (left.end < before && before <= right.start && mark.start >= right.start && mark.end <= right.end) {
      const relation = text.slice(before, right.start)
      const head = `${text.slice(left.start, left.end)}${relation}…${relation}`
      const shift = head.length - right.start
      return windowOf({ text: head + text.slice(right.start, right.end), start: mark.start + shift, end: mark.end + shift }, width)
    }
  }
  return windowOf(whole, width)
}

/** A line of LaTeX by itself, with a mark in it. */
export function latexLine(latex: string, mark: Range, width: number): Marked {
  const { text, place } = readable(printable(latex))
  return windowOf({ text, ...place(mark) }, width)
}
