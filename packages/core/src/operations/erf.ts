import { apply, multiply, negate, number, power } from '../expression/index.ts'
import { rational, ZERO } from '../shape/index.ts'
import { pi } from './constants.ts'
import { exp } from './exp.ts'
import type { ScalarOperation } from './record.ts'
import { exactAt, scalarFunction } from './scalar.ts'

const near = 2.5

/** erf(x) = 2/sqrt(pi) e^(-x^2) (x + 2x^3/3 + 4x^5/15 + ...): all terms have one sign, nothing cancels. */
function series(x: number): number {
  let term = x
  let total = x
  for (let n = 1; Math.abs(term) > Math.abs(total) * 1e-18; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    total += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total
}

/** erfc(x) = e^(-x^2)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))) for x > 2, from the inside out. */
function fraction(x: number): number {
  let tail = x
  for (let n = 60; n > 0; n--) tail = x + n / 2 / tail
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail
}

/** erf(x), relative error about 1e-15. */
export function erfOf(x: number): number {
  if (Number.isNaN(x) || x === 0) return x
  if (Math.abs(x) < near) return series(x)
  return Math.sign(x) * (1 - (Math.abs(x) > 6 ? 0 : fraction(Math.abs(x))))
}

/** erfc(x) = 1 - erf(x) without cancellation where erf(x) is near 1. */
export const erfcOf = (x: number): number => (x < near ? 1 - erfOf(x) : fraction(x))

/** erf'(x) = 2/sqrt(pi) e^(-x^2) */
export const erf = scalarFunction({
  name: 'erf',
  arity: 1,
  kernel: 'erf',
  real: x => erfOf(x),
  exact: exactAt(ZERO, ZERO),
  partial: ([x]) => multiply(number(2), power(pi, number(rational(-1, 2))), apply(exp, [negate(power(x!, number(2)))])),
  symbol: { text: 'erf', latex: '\\mathrm{erf}' },
})

export const erfOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'erf',
  doc: '2/sqrt(pi) times the integral of e^{-u^2} from 0 to x.',
  fn: erf,
  arguments: [{ name: 'x' }],
  domain: [[-3, 3]],
}
