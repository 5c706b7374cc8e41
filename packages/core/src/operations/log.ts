import { number, power } from '../expression/index.ts'
import { ONE, ZERO } from '../shape/index.ts'
import { exp } from './exp.ts'
import type { ScalarOperation } from './record.ts'
import { exactAt, scalarFunction } from './scalar.ts'

/** log' = 1/x; log(exp(x)) = x for every real x, while exp(log(x)) = x asks for x > 0 and is left as it is. */
export const log = scalarFunction({
  name: 'log',
  arity: 1,
  kernel: 'log',
  real: x => Math.log(x),
  exact: exactAt(ONE, ZERO),
  partial: ([x]) => power(x!, number(-1)),
  simplify: ([x]) => (x!.kind === 'apply' && x!.fn === exp ? x!.args[0] : undefined),
  symbol: { text: 'log', latex: '\\log' },
})

export const logOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'log',
  aliases: ['ln'],
  doc: 'log(x), the natural logarithm, for x > 0.',
  fn: log,
  arguments: [{ name: 'x' }],
  domain: [[0.1, 5]],
}
