/** Equality by normal form: the difference, multiplied out, is zero. */
import { children, type Expr, somewhere, subtract, ZERO } from '../../expression/index.ts'
import { cost, expand } from '../../calculus/expand.ts'

/** Longer expressions are not multiplied out. */
const LONGEST = 300

const open = somewhere(e => e.kind === 'derivative' || e.kind === 'reduce')

/** True when the two are equal by normal form; false proves nothing. */
export function provablyEqual(left: Expr, right: Expr): boolean {
  if (left === right) return true
  if (open(left) !== open(right) || cost(left, LONGEST) + cost(right, LONGEST) > LONGEST) return false
  return expand(subtract(left, right)) === ZERO
}

/** Whether an expression holds an entry of a tensor (sizes and constants aside). */
export const hasTensor = somewhere(e => (e.kind === 'symbol' && !e.tensor.size && e.tensor.constant === undefined) || (e.kind === 'apply' && e.fn.abstract))

/** Whether it holds a size used as a number, or sums over one. */
export const hasSize = somewhere(e => (e.kind === 'symbol' && e.tensor.size !== undefined) || (e.kind === 'contraction' && e.bound.length > 0))

/** Whether it is a number that nothing varies. */
export const isConstant = (e: Expr): boolean => !hasTensor(e) && !hasSize(e) && e.free.length === 0

/** The expressions inside that are quotients, for telling where a division has no remainder. */
export function parts(e: Expr, into = new Set<Expr>()): Set<Expr> {
  if (into.has(e)) return into
  into.add(e)
  children(e).forEach(c => parts(c, into))
  return into
}
