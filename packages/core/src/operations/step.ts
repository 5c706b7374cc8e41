import { apply, type Expr, scale, splitCoefficient, ZERO } from '../expression/index.ts'
import { divR, negR, ONE, rational, signR } from '../shape/index.ts'
import type { ScalarOperation } from './record.ts'
import { scalarFunction } from './scalar.ts'

/** Only the sign of the argument counts, so a positive factor goes: step(3x) = step(x), step(-2x) = step(-x). */
function withoutFactor([x]: readonly Expr[]): Expr | undefined {
  const [c] = splitCoefficient(x!)
  const size = signR(c) < 0 ? negR(c) : c
  return x!.kind !== 'contraction' || (size.n === 1n && size.d === 1n) ? undefined : apply(step, [scale(divR(ONE, size), x!)])
}

/** step' = 0: it is made of constant pieces. */
export const step = scalarFunction({
  name: 'step',
  arity: 1,
  kernel: 'step',
  real: x => (Number.isNaN(x) ? NaN : x > 0 ? 1 : 0),
  exact: x => rational(x.n > 0n ? 1 : 0),
  partial: () => ZERO,
  simplify: withoutFactor,
  idempotent: true,
  symbol: { text: 'step', latex: '\\mathrm{step}' },
})

export const stepOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'step',
  aliases: ['heaviside'],
  doc: '1 where x > 0, else 0 (so 0 at x = 0): the derivative of relu. Its own derivative is 0: constant pieces.',
  fn: step,
  arguments: [{ name: 'x' }],
  domain: [[-2, 2]],
  kinks: [0],
}
