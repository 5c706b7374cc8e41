import { type Expr, multiply, number, power } from '../expression/index.ts'
import { rational } from '../shape/index.ts'
import type { ScalarOperation } from './record.ts'
import { scalarFunction } from './scalar.ts'

const root = (x: Expr): Expr => power(x, number(rational(1, 2)))

/** sqrt(x) = x^(1/2): built as that power, so no node of its own exists. */
export const sqrt = scalarFunction({
  name: 'sqrt',
  arity: 1,
  kernel: 'sqrt',
  real: x => Math.sqrt(x),
  partial: ([x]) => multiply(number(rational(1, 2)), power(x!, number(rational(-1, 2)))),
  definition: ([x]) => root(x!),
  simplify: ([x]) => root(x!),
  symbol: { text: 'sqrt', latex: '\\sqrt' },
})

export const sqrtOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'sqrt',
  doc: 'sqrt(x) = x^(1/2), for x > 0.',
  fn: sqrt,
  arguments: [{ name: 'x' }],
  domain: [[0.1, 5]],
}
