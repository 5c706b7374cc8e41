import { add, apply, ONE_E } from '../expression/index.ts'
import { exp } from './exp.ts'
import { log } from './log.ts'
import type { ScalarOperation } from './record.ts'
import { scalarFunction } from './scalar.ts'
import { sigmoid } from './sigmoid.ts'

/** softplus(x) = log(1 + exp(x)), softplus' = sigma */
export const softplus = scalarFunction({
  name: 'softplus',
  arity: 1,
  kernel: 'softplus',
  real: x => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))),
  partial: ([x]) => apply(sigmoid, [x!]),
  definition: ([x]) => apply(log, [add(ONE_E, apply(exp, [x!]))]),
  symbol: { text: 'softplus', latex: '\\mathrm{softplus}' },
})

export const softplusOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'softplus',
  doc: 'log(1 + e^x); its derivative is sigma(x).',
  fn: softplus,
  arguments: [{ name: 'x' }],
  domain: [[-4, 4]],
}
