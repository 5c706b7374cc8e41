/** LaTeX as text for a terminal: `\frac{\partial E}{\partial n_4}` is ∂E/∂n_4. What is unknown stays as it is written. */
import { assemble, flatten, type Readable } from './pieces.ts'
import { piecesOf } from './print.ts'
import { tokensOf } from './tokens.ts'

export type { Readable }

/** Longer formulas are shown as they stand, cut at this length. */
const LONGEST = 20_000

/** The formula as text; one that is very long or very deep, as it stands. */
export function readable(latex: string): Readable {
  const pieces = latex.length > LONGEST ? undefined : piecesOf(latex, tokensOf(latex))
  return pieces ? assemble(flatten(pieces)) : asItStands(latex)
}

/** The LaTeX itself, blanks folded, for formulas that cannot be read. */
export const asItStands = (latex: string): Readable => assemble(charactersOf(latex.slice(0, LONGEST)))

const charactersOf = (latex: string) => [...latex.matchAll(/\s+|\S/gu)].map(m =>
  ({ text: m[0], role: /^\s/.test(m[0]) ? 'blank' as const : 'atom' as const, start: m.index, end: m.index + m[0].length, attached: true }))
