import { add, apply, type Expr, multiply, ONE_E, subtract, ZERO } from '../expression/index.ts'
import { mulR, rational } from '../shape/index.ts'
import { max } from './max.ts'
import { min } from './min.ts'
import type { ScalarOperation } from './record.ts'
import { scalarFunction } from './scalar.ts'
import { step } from './step.ts'

const slopeAt = (x: Expr, slope: Expr): Expr => {
  const on = apply(step, [x])
  return add(on, multiply(slope, subtract(ONE_E, on)))
}

/** leaky_relu(x, s) = max(0, x) + s min(0, x) */
export const leakyRelu = scalarFunction({
  name: 'leaky_relu',
  arity: 2,
  real: (x, slope) => (x > 0 ? x : slope * x),
  exact: (x, slope) => (x.n > 0n ? x : mulR(slope, x)),
  partial: ([x, slope], k) => (k === 0 ? slopeAt(x!, slope!) : apply(min, [ZERO, x!])),
  definition: ([x, slope]) => add(apply(max, [ZERO, x!]), multiply(slope!, apply(min, [ZERO, x!]))),
  symbol: { text: 'leaky_relu', latex: '\\mathrm{leaky\\_relu}' },
})

export const leakyReluOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'leaky_relu',
  doc: 'max(0, x) + slope min(0, x).',
  fn: leakyRelu,
  arguments: [{ name: 'x' }, { name: 'slope', default: rational(1, 100) }],
  domain: [[-3, 3], [0.01, 0.5]],
  kinkAt: ([x]) => x!,
}
