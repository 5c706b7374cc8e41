import { add, apply, type Expr, multiply, number, ONE_E, power } from '../expression/index.ts'
import { rational, ZERO } from '../shape/index.ts'
import { pi } from './constants.ts'
import { erf, erfcOf } from './erf.ts'
import { exp } from './exp.ts'
import type { ScalarOperation } from './record.ts'
import { exactAt, scalarFunction } from './scalar.ts'

const half = number(rational(1, 2))
const minusHalf = number(rational(-1, 2))

/** Phi(x) = (1 + erf(x/sqrt(2))) / 2, the normal distribution function. */
const normal = (x: Expr): Expr => multiply(half, add(ONE_E, apply(erf, [multiply(x, power(number(2), minusHalf))])))
/** phi(x) = e^(-x^2/2) / sqrt(2 pi), its density. */
const density = (x: Expr): Expr => multiply(power(multiply(number(2), pi), minusHalf), apply(exp, [multiply(minusHalf, power(x, number(2)))]))

/** gelu(x) = x Phi(x), gelu' = Phi(x) + x phi(x) */
export const gelu = scalarFunction({
  name: 'gelu',
  arity: 1,
  real: x => 0.5 * x * erfcOf(-x * Math.SQRT1_2),
  exact: exactAt(ZERO, ZERO),
  partial: ([x]) => add(normal(x!), multiply(x!, density(x!))),
  definition: ([x]) => multiply(x!, normal(x!)),
  symbol: { text: 'gelu', latex: '\\mathrm{gelu}' },
})

export const geluOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'gelu',
  doc: 'x (1 + erf(x/sqrt(2))) / 2.',
  fn: gelu,
  arguments: [{ name: 'x' }],
  domain: [[-4, 4]],
}
