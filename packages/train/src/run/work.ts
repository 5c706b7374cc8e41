/** How much there is to compute. */
import type { lower } from '@chainrule/core'

/** Multiply-adds of a program: the loops of its contractions with two operands. */
export const multiplyAdds = (p: lower.Program): number =>
  p.nodes.reduce((sum, n) => (n.kind === 'contract' && n.operands.length > 1 ? sum + n.loops.reduce((a, b) => a * b, 1) : sum), 0)
