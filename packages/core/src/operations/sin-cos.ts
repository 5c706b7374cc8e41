/** sin' = cos and cos' = -sin: each is the derivative of the other, so they share a file. */
import { apply, negate } from '../expression/index.ts'
import { ONE, ZERO } from '../shape/index.ts'
import type { ScalarOperation } from './record.ts'
import { exactAt, scalarFunction } from './scalar.ts'

export const sin = scalarFunction({
  name: 'sin',
  arity: 1,
  kernel: 'sin',
  real: x => Math.sin(x),
  exact: exactAt(ZERO, ZERO),
  partial: ([x]) => apply(cos, [x!]),
  symbol: { text: 'sin', latex: '\\sin' },
})

export const cos = scalarFunction({
  name: 'cos',
  arity: 1,
  kernel: 'cos',
  real: x => Math.cos(x),
  exact: exactAt(ZERO, ONE),
  partial: ([x]) => negate(apply(sin, [x!])),
  symbol: { text: 'cos', latex: '\\cos' },
})

export const sinOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'sin',
  doc: 'sin(x), x in radians; its derivative is cos(x).',
  fn: sin,
  arguments: [{ name: 'x' }],
  domain: [[-4, 4]],
}

export const cosOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'cos',
  doc: 'cos(x), x in radians; its derivative is -sin(x).',
  fn: cos,
  arguments: [{ name: 'x' }],
  domain: [[-4, 4]],
}
