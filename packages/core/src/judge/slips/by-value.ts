/** Slips that are seen in the value, not in an edit: arithmetic, the diagonal alone, a case left out. */
import { delta, multiply, substitute } from '../../expression/index.ts'
import { evaluate, exact, isExact } from '../../evaluate/index.ts'
import type { Latex } from '../../language/latex/index.ts'
import { textR } from '../../shape/index.ts'
import { compare } from '../compare/compare.ts'
import { isConstant } from '../compare/prove.ts'
import { pointFor } from '../side-values.ts'
import type { SlipFound } from '../types.ts'
import type { Search } from './slip.ts'
import { findSlip as slipCalled } from './index.ts'

/** The slip that the values show, if any. */
export const byValue = (s: Search): SlipFound | undefined => arithmetic(s) ?? diagonalOnly(s)

const isNumber = (e: Latex): boolean => e.kind === 'number' || (e.kind === 'sum' && e.terms.length === 1 && isNumber(e.terms[0]!.body)) || (e.kind === 'group' && e.items.length === 1 && isNumber(e.items[0]!)) || (e.kind === 'fraction' && isNumber(e.numerator) && isNumber(e.denominator))

/** A number that is not what its left side comes to: the right one stands in the mended line. */
function arithmetic(s: Search): SlipFound | undefined {
  if (!isNumber(s.wrong)) return undefined
  const left = (s.chain.settled(s.link) ?? s.chain.parts[s.link]?.at(0))?.value
  if (left?.kind !== 'tensor' || left.axes.length > 0 || left.expr.free.some(i => !i.sample)) return undefined
  const point = pointFor(s.chain.scene)(left.expr)
  if (!point || (!isConstant(left.expr) && point.kind === 'random' && point.source.leaves.size > 0)) return undefined
  const values = evaluate(left.expr, point.exact(), exact, left.expr.free).data
  if (values.length !== 1) return undefined
  const value = values[0]!
  const corrected = isExact(value) ? textR(value, true) : String(Number(exact.toNumber(value).toPrecision(6)))
  return { name: 'arithmetic', explanation: `${slipCalled('arithmetic')!.called[0]!.toUpperCase()}${slipCalled('arithmetic')!.called.slice(1)}: it comes to ${corrected}.`, where: s.wrong.span, corrected, mark: { start: 0, end: corrected.length } }
}

/** A Jacobian of which only the diagonal is written. */
function diagonalOnly(s: Search): SlipFound | undefined {
  const [left, right] = [(s.chain.settled(s.link) ?? s.chain.parts[s.link]?.at(0))?.value, s.chain.parts[s.link + 1]?.at(0)?.value]
  if (left?.kind !== 'tensor' || right?.kind !== 'tensor') return undefined
  const [r, c] = left.axes
  if (left.axes.length !== 2 || right.axes.length !== 2 || r!.size !== c!.size || right.axes[0]!.size !== r!.size) return undefined
  const [p, q] = right.axes
  const [diagonal, written] = [multiply(delta(r!, c!), left.expr), substitute(right.expr, new Map([[p!, r!], [q!, c!]]))]
  const alignment = { left: diagonal, right: written, order: [...new Set([...diagonal.free, ...written.free])] }
  if (compare({ alignment }, s.chain.scene).kind !== 'holds') return undefined
  return { name: 'diagonal', explanation: 'Only the diagonal of the Jacobian is written; its other entries are not zero.', where: s.wrong.span, corrected: '', mark: { start: 0, end: 0 } }
}
