import { add, apply, type Expr, multiply, number, ONE_E, power, subtract } from '../expression/index.ts'
import { rational, ZERO } from '../shape/index.ts'
import { pi } from './constants.ts'
import type { ScalarOperation } from './record.ts'
import { exactAt, scalarFunction } from './scalar.ts'
import { sigmoidOf } from './sigmoid.ts'
import { tanh } from './tanh.ts'

const half = number(rational(1, 2))
const cubic = rational(44715, 1000000)
const scaling = power(multiply(number(2), power(pi, number(-1))), half)

/** u(x) = sqrt(2/pi) (x + 0.044715 x^3) */
const inner = (x: Expr): Expr => multiply(scaling, add(x, multiply(number(cubic), power(x, number(3)))))
const innerSlope = (x: Expr): Expr => multiply(scaling, add(ONE_E, multiply(number(3), number(cubic), power(x, number(2)))))

/** gelu_tanh(x) = x (1 + tanh(u(x))) / 2, u(x) = sqrt(2/pi) (x + 0.044715 x^3) */
export const geluTanh = scalarFunction({
  name: 'gelu_tanh',
  arity: 1,
  // (1 + tanh u)/2 = sigma(2u), which loses no digits for negative u
  real: x => x * sigmoidOf(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)),
  exact: exactAt(ZERO, ZERO),
  partial: ([x]) => {
    const t = apply(tanh, [inner(x!)])
    return multiply(half, add(ONE_E, t, multiply(x!, subtract(ONE_E, power(t, number(2))), innerSlope(x!))))
  },
  definition: ([x]) => multiply(half, x!, add(ONE_E, apply(tanh, [inner(x!)]))),
  symbol: { text: 'gelu_tanh', latex: '\\mathrm{gelu\\_tanh}' },
})

export const geluTanhOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'gelu_tanh',
  doc: 'x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2, the approximation of gelu that GPT-2 uses.',
  fn: geluTanh,
  arguments: [{ name: 'x' }],
  domain: [[-4, 4]],
}
