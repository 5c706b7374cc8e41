import { apply, negate, subtract } from '../expression/index.ts'
import { compareR } from '../shape/index.ts'
import { extremePartial, max } from './max.ts'
import type { ScalarOperation } from './record.ts'
import { scalarFunction } from './scalar.ts'
import { step } from './step.ts'

/** min(a, b) = -max(-a, -b), with the same rule on ties. */
export const min = scalarFunction({
  name: 'min',
  arity: 2,
  kernel: 'min',
  real: (a, b) => Math.min(a, b),
  exact: (a, b) => (compareR(a, b) <= 0 ? a : b),
  partial: extremePartial((a, b) => apply(step, [subtract(b, a)])),
  definition: ([a, b]) => negate(apply(max, [negate(a!), negate(b!)])),
  simplify: ([a, b]) => (a === b ? a : undefined),
  symbol: { text: 'min', latex: '\\min' },
})

export const minOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'min',
  aliases: ['minimum'],
  doc: 'min(a, b), the smaller of two, entry by entry. Over an index it is written min_i x[i].',
  fn: min,
  arguments: [{ name: 'a' }, { name: 'b' }],
  domain: [[-3, 3], [-3, 3]],
  kinkAt: ([a, b]) => subtract(a!, b!),
}
