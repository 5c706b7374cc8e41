/** What the place where text goes can show. */
import type { Style } from '@chainrule/core'
import type { VerdictStyle } from '@chainrule/pages'

interface Stream { readonly isTTY?: boolean; readonly columns?: number }

/** Colours only on a terminal, and never when NO_COLOR is set to anything. */
export function wantsColour(stream: Stream, environment: NodeJS.ProcessEnv): boolean {
  if (environment['NO_COLOR'] !== undefined && environment['NO_COLOR'] !== '') return false
  return stream.isTTY === true && environment['TERM'] !== 'dumb'
}

/** The width of the terminal within reason; 120 where there is none. */
export function columnsOf(stream: Stream): number {
  if (stream.isTTY !== true || stream.columns === undefined || stream.columns <= 0) return 120
  return Math.min(180, Math.max(60, stream.columns))
}

const mark = (on: number, off: number) => (text: string): string => `\u001b[${on}m${text}\u001b[${off}m`

/** Bold titles, reasons in cyan, numbers and remarks faint, failures in red. */
export const COLOURS: Style = {
  title: mark(1, 22), heading: mark(4, 24), number: mark(2, 22), reason: mark(36, 39), faint: mark(2, 22), wrong: mark(31, 39),
}

/** Verdicts: green for what holds, yellow for what needs a look, red for what is wrong. */
export const VERDICT_COLOURS: VerdictStyle = {
  holds: mark(32, 39), conditional: mark(33, 39), open: mark(33, 39), wrong: mark(31, 39), title: mark(1, 22), faint: mark(2, 22),
}
