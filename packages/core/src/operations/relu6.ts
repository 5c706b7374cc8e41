import { apply, multiply, number, subtract, ZERO } from '../expression/index.ts'
import { compareR, rational, ZERO as ZERO_R } from '../shape/index.ts'
import { max } from './max.ts'
import { min } from './min.ts'
import type { ScalarOperation } from './record.ts'
import { scalarFunction } from './scalar.ts'
import { step } from './step.ts'

const top = rational(6)

/** relu6(x) = min(6, max(0, x)), relu6' = [0 < x < 6] */
export const relu6 = scalarFunction({
  name: 'relu6',
  arity: 1,
  real: x => Math.min(6, Math.max(0, x)),
  exact: x => (x.n <= 0n ? ZERO_R : compareR(x, top) > 0 ? top : x),
  partial: ([x]) => multiply(apply(step, [x!]), apply(step, [subtract(number(top), x!)])),
  definition: ([x]) => apply(min, [number(top), apply(max, [ZERO, x!])]),
  symbol: { text: 'relu6', latex: '\\mathrm{relu6}' },
})

export const relu6Operation: ScalarOperation = {
  kind: 'scalar',
  name: 'relu6',
  doc: 'min(6, max(0, x)).',
  fn: relu6,
  arguments: [{ name: 'x' }],
  domain: [[-3, 9]],
  kinks: [0, 6],
}
