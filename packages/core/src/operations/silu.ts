import { add, apply, multiply, ONE_E, subtract } from '../expression/index.ts'
import { ZERO } from '../shape/index.ts'
import type { ScalarOperation } from './record.ts'
import { exactAt, scalarFunction } from './scalar.ts'
import { sigmoid, sigmoidOf } from './sigmoid.ts'

/** silu(x) = x sigma(x), silu' = sigma(x) (1 + x (1 - sigma(x))) */
export const silu = scalarFunction({
  name: 'silu',
  arity: 1,
  real: x => x * sigmoidOf(x),
  exact: exactAt(ZERO, ZERO),
  partial: ([x]) => {
    const s = apply(sigmoid, [x!])
    return multiply(s, add(ONE_E, multiply(x!, subtract(ONE_E, s))))
  },
  definition: ([x]) => multiply(x!, apply(sigmoid, [x!])),
  symbol: { text: 'silu', latex: '\\mathrm{silu}' },
})

export const siluOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'silu',
  aliases: ['swish'],
  doc: 'x sigma(x).',
  fn: silu,
  arguments: [{ name: 'x' }],
  domain: [[-4, 4]],
}
