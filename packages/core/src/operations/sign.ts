import { apply, negate, subtract, ZERO } from '../expression/index.ts'
import { rational, signR } from '../shape/index.ts'
import type { ScalarOperation } from './record.ts'
import { scalarFunction } from './scalar.ts'
import { step } from './step.ts'

/** sign' = 0: it is made of constant pieces. */
export const sign = scalarFunction({
  name: 'sign',
  arity: 1,
  kernel: 'sign',
  real: x => Math.sign(x),
  exact: x => rational(signR(x)),
  partial: () => ZERO,
  definition: ([x]) => subtract(apply(step, [x!]), apply(step, [negate(x!)])),
  symbol: { text: 'sign', latex: '\\mathrm{sign}' },
})

export const signOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'sign',
  doc: '1 where x > 0, -1 where x < 0, 0 at 0. Its derivative is 0: constant pieces.',
  fn: sign,
  arguments: [{ name: 'x' }],
  domain: [[-2, 2]],
  kinks: [0],
}
