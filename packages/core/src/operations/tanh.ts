import { apply, number, ONE_E, power, subtract } from '../expression/index.ts'
import { ZERO } from '../shape/index.ts'
import type { ScalarOperation } from './record.ts'
import { exactAt, scalarFunction } from './scalar.ts'

/** tanh' = 1 - tanh^2 */
export const tanh = scalarFunction({
  name: 'tanh',
  arity: 1,
  kernel: 'tanh',
  real: x => Math.tanh(x),
  exact: exactAt(ZERO, ZERO),
  partial: args => subtract(ONE_E, power(apply(tanh, args), number(2))),
  symbol: { text: 'tanh', latex: '\\tanh' },
})

export const tanhOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'tanh',
  doc: '(e^x - e^{-x}) / (e^x + e^{-x}); its derivative is 1 - tanh(x)^2.',
  fn: tanh,
  arguments: [{ name: 'x' }],
  domain: [[-3, 3]],
}
