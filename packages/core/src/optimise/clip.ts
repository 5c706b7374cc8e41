/** Gradient clipping, entry by entry or by the norm of all gradients together. */
import { add, apply, contract, divide, type Expr, type Index, multiply, negate, number, ONE_E, power } from '../expression/index.ts'
import { max } from '../operations/max.ts'
import { min } from '../operations/min.ts'
import { rational } from '../shape/index.ts'

/** max(-c, min(c, g)) */
export const clippedByValue = (gradient: Expr, limit: Expr): Expr => apply(max, [negate(limit), apply(min, [limit, gradient])])

/** min(1, c / ||g||), the factor of every gradient, with ||g||^2 the sum of the squares of all entries of all gradients. */
export function normScale(gradients: readonly { readonly entry: Expr; readonly over: readonly Index[] }[], limit: Expr): Expr {
  const squares = gradients.map(({ entry, over }) => contract(over, [multiply(entry, entry)]))
  return apply(min, [ONE_E, divide(limit, power(add(...squares), number(rational(1, 2))))])
}
