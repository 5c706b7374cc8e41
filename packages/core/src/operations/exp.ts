import { apply } from '../expression/index.ts'
import { ONE, ZERO } from '../shape/index.ts'
import type { ScalarOperation } from './record.ts'
import { exactAt, scalarFunction } from './scalar.ts'

/** exp' = exp */
export const exp = scalarFunction({
  name: 'exp',
  arity: 1,
  kernel: 'exp',
  real: x => Math.exp(x),
  exact: exactAt(ZERO, ONE),
  partial: ([x]) => apply(exp, [x!]),
  symbol: { text: 'exp', latex: '\\exp' },
})

export const expOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'exp',
  doc: 'e^x, the exponential function.',
  fn: exp,
  arguments: [{ name: 'x' }],
  domain: [[-3, 3]],
}
