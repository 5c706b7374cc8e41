import { apply, negate } from '../expression/index.ts'
import { rational } from '../shape/index.ts'
import { max } from './max.ts'
import type { ScalarOperation } from './record.ts'
import { scalarFunction } from './scalar.ts'
import { sign } from './sign.ts'

/** |x|' = sign(x), which is 0 at 0. */
export const abs = scalarFunction({
  name: 'abs',
  arity: 1,
  kernel: 'abs',
  real: x => Math.abs(x),
  exact: x => rational(x.n < 0n ? -x.n : x.n, x.d),
  partial: ([x]) => apply(sign, [x!]),
  definition: ([x]) => apply(max, [x!, negate(x!)]),
  symbol: { text: 'abs', latex: '\\mathrm{abs}' },
})

export const absOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'abs',
  doc: '|x| = max(x, -x).',
  fn: abs,
  arguments: [{ name: 'x' }],
  domain: [[-3, 3]],
  kinks: [0],
}
