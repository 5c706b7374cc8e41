import { add, apply, type Expr, multiply, number, ONE_E, subtract, ZERO } from '../expression/index.ts'
import { ONE } from '../shape/index.ts'
import { exp } from './exp.ts'
import { max } from './max.ts'
import { min } from './min.ts'
import type { ScalarOperation } from './record.ts'
import { scalarFunction } from './scalar.ts'
import { step } from './step.ts'

/** exp of the negative part, so that it never overflows where it is multiplied by 0. */
const decay = (x: Expr): Expr => apply(exp, [apply(min, [ZERO, x])])

const slopeAt = (x: Expr, alpha: Expr): Expr => {
  const on = apply(step, [x])
  return add(on, multiply(alpha, subtract(ONE_E, on), decay(x)))
}

/** elu(x, alpha) = max(0, x) + alpha (exp(min(0, x)) - 1) */
export const elu = scalarFunction({
  name: 'elu',
  arity: 2,
  real: (x, alpha) => (x > 0 ? x : alpha * Math.expm1(x)),
  exact: x => (x.n >= 0n ? x : undefined),
  partial: ([x, alpha], k) => (k === 0 ? slopeAt(x!, alpha!) : subtract(decay(x!), ONE_E)),
  definition: ([x, alpha]) => add(apply(max, [ZERO, x!]), multiply(alpha!, add(decay(x!), number(-1)))),
  symbol: { text: 'elu', latex: '\\mathrm{elu}' },
})

export const eluOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'elu',
  doc: 'max(0, x) + alpha (e^{min(0, x)} - 1).',
  fn: elu,
  arguments: [{ name: 'x' }, { name: 'alpha', default: ONE }],
  domain: [[-3, 3], [0.3, 2]],
  kinkAt: ([x]) => x!,
}
