import { applyOver, type Apply, type Index, negate, multiply } from '../expression/index.ts'
import { eliminate } from './matrix-elimination.ts'
import type { MatrixOperation } from './record.ts'
import { scalarFunction } from './scalar.ts'

/** The entry (i, j) of the inverse of the matrix that a call of a matrix function is about. */
export const inverseOf = (call: Apply, i: Index, j: Index) => applyOver(inverse, call.args, call.over, [[i, j]])

/** d(X^-1) = -X^-1 dX X^-1, entry by entry: d(X^-1)_ij / dX_rc = -(X^-1)_ir (X^-1)_cj */
export const inverse = scalarFunction({
  name: 'inverse',
  arity: 1,
  kernel: 'inverse',
  whole: {
    value: (on, [x]) => eliminate(on, x!.sizes[0]!, x!.entries).inverse,
    partial: (call, _, [r, c]) => negate(multiply(inverseOf(call, call.at[0]![0]!, r!), inverseOf(call, c!, call.at[0]![1]!))),
  },
  symbol: { text: 'inverse', latex: '\\mathrm{inverse}' },
})

export const inverseOperation: MatrixOperation = {
  kind: 'matrix',
  name: 'inverse',
  aliases: ['inv'],
  doc: 'X^{-1}; d(X^{-1}) = -X^{-1} dX X^{-1}.',
  signature: 'inverse(X[..., n, n])',
  fn: inverse,
  result: 'matrix',
  samples: [
    'param X[3, 3] = [[2, 1, 0], [1/2, 3, 1], [0, 1, 4]]\ngiven A[3, 3]\nloss E = trace(transpose(A) inverse(X))',
    'dim n = 2\nparam X[n, n] = [[2, 1], [-1, 3]]\ninput x[n]\nu = inverse(X) x\nloss E = mean over data: sum_i u[i]^2',
  ],
}
