import { multiply } from '../expression/index.ts'
import { inverseOf } from './inverse.ts'
import { eliminate } from './matrix-elimination.ts'
import type { MatrixOperation } from './record.ts'
import { scalarFunction } from './scalar.ts'

/** d det X = det X tr(X^-1 dX), entry by entry: d det X / dX_rc = det X (X^-1)_cr */
export const det = scalarFunction({
  name: 'det',
  arity: 1,
  kernel: 'det',
  whole: {
    value: (on, [x]) => [eliminate(on, x!.sizes[0]!, x!.entries).determinant],
    partial: (call, _, [r, c]) => multiply(call, inverseOf(call, c!, r!)),
  },
  symbol: { text: 'det', latex: '\\det' },
})

export const detOperation: MatrixOperation = {
  kind: 'matrix',
  name: 'det',
  doc: 'The determinant; d det X = det X tr(X^{-1} dX) where X is invertible.',
  signature: 'det(X[..., n, n])',
  fn: det,
  result: 'scalar',
  samples: ['param X[3, 3] = [[2, 1, 0], [1/2, 3, 1], [0, 1, 4]]\nloss E = det(X)'],
}
