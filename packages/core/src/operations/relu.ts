import { apply, ZERO } from '../expression/index.ts'
import { ZERO as ZERO_R } from '../shape/index.ts'
import { max } from './max.ts'
import type { ScalarOperation } from './record.ts'
import { scalarFunction } from './scalar.ts'
import { step } from './step.ts'

/** relu(x) = max(0, x), relu' = step: 0 at x = 0. */
export const relu = scalarFunction({
  name: 'relu',
  arity: 1,
  kernel: 'relu',
  real: x => Math.max(0, x),
  exact: x => (x.n > 0n ? x : ZERO_R),
  partial: ([x]) => apply(step, [x!]),
  definition: ([x]) => apply(max, [ZERO, x!]),
  symbol: { text: 'relu', latex: '\\mathrm{relu}' },
})

export const reluOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'relu',
  doc: 'max(0, x); its derivative is 1 where x > 0, else 0.',
  fn: relu,
  arguments: [{ name: 'x' }],
  domain: [[-3, 3]],
  kinks: [0],
}
