/** Rearranging a matrix: transpose, diag, trace. */
import { wrongRank } from './messages.ts'
import type { TensorOperation } from './record.ts'

/** transpose(A)_ji = A_ij */
export const transpose: TensorOperation = {
  kind: 'tensor',
  name: 'transpose',
  doc: 'B_ji = A_ij, also written A^T; leading axes stay.',
  signature: 'transpose(A[..., m, n])',
  definition: () => 'B[..., j, i] = A[..., i, j]\nreturn B',
  inline: true,
  samples: ['input x[2]\nparam W[2, 3]\nloss E = mean over data: sum(tanh(transpose(W) x))'],
}

/** diag(v)_ij = [i = j] v_i; diag(A)_i = A_ii */
export const diag: TensorOperation = {
  kind: 'tensor',
  name: 'diag',
  doc: 'The diagonal matrix [i = j] v_i of a vector; the diagonal A_ii of a square matrix.',
  signature: 'diag(x[...])',
  definition: (_, __, { x }) => {
    if (x!.length === 1) return `D[i: ${x![0]}, j: ${x![0]}] = [i = j] x[i]\nreturn D`
    if (x!.length === 2) return 'v[i] = x[i, i]\nreturn v'
    throw wrongRank('diag', 'x', x!.length, 'x is a vector or a square matrix.')
  },
  inline: true,
  samples: [
    'input x[3]\nparam w[3]\nloss E = mean over data: sum(tanh(diag(w) x))',
    'input x[3]\nparam W[3, 3]\nloss E = mean over data: sum(tanh(diag(W)) .* x)',
  ],
}

/** trace(A) = sum_i A_ii */
export const trace: TensorOperation = {
  kind: 'tensor',
  name: 'trace',
  aliases: ['tr'],
  doc: 'sum_i A_ii.',
  signature: 'trace(A[..., n, n])',
  definition: (_, __, { A }) => (A!.length === 2 ? 'return sum_i A[i, i]' : 'y[...] = sum_i A[..., i, i]\nreturn y'),
  inline: true,
  samples: ['param A[3, 3], B[3, 3]\nloss E = trace(A B A)'],
}
