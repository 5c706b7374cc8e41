import { add, apply, multiply, negate, number, ONE_E, power, subtract } from '../expression/index.ts'
import { rational, ZERO } from '../shape/index.ts'
import { exp } from './exp.ts'
import type { ScalarOperation } from './record.ts'
import { exactAt, scalarFunction } from './scalar.ts'

/** sigma(x) = 1 / (1 + e^(-x)) without overflow at either end. */
export const sigmoidOf = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))

/** sigma(x) = 1 / (1 + exp(-x)), sigma' = sigma (1 - sigma) */
export const sigmoid = scalarFunction({
  name: 'sigmoid',
  arity: 1,
  kernel: 'sigmoid',
  real: x => sigmoidOf(x),
  exact: exactAt(ZERO, rational(1, 2)),
  partial: args => {
    const value = apply(sigmoid, args)
    return multiply(value, subtract(ONE_E, value))
  },
  definition: ([x]) => power(add(ONE_E, apply(exp, [negate(x!)])), number(-1)),
  symbol: { text: 'sigma', latex: '\\sigma' },
})

export const sigmoidOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'sigmoid',
  aliases: ['logistic', 'sigma'],
  doc: '1 / (1 + e^{-x}), the logistic function; its derivative is sigma(x) (1 - sigma(x)).',
  fn: sigmoid,
  arguments: [{ name: 'x' }],
  domain: [[-4, 4]],
}
