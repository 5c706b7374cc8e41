/** Products of vectors and matrices: dot, outer, matmul. */
import { wrongRank } from './messages.ts'
import type { TensorOperation } from './record.ts'

/** dot(a, b) = sum_i a_i b_i */
export const dot: TensorOperation = {
  kind: 'tensor',
  name: 'dot',
  doc: 'sum_i a_i b_i, also written a . b.',
  signature: 'dot(a[n], b[n])',
  definition: () => 'return sum_i a[i] b[i]',
  inline: true,
  samples: ['dim n\ninput x[n]\nparam w[n]\nloss E = mean over data: tanh(dot(w, x))'],
}

/** outer(a, b)_ij = a_i b_j */
export const outer: TensorOperation = {
  kind: 'tensor',
  name: 'outer',
  doc: 'The matrix a_i b_j.',
  signature: 'outer(a[m], b[n])',
  definition: () => 'C[i, j] = a[i] b[j]\nreturn C',
  inline: true,
  samples: ['input x[3], u[2]\nparam w[3]\nC = outer(x, u)\nloss E = mean over data: sum(tanh(outer(w, u)) .* C)'],
}

const products: Readonly<Record<string, string>> = {
  '1,1': 'return sum_k A[k] B[k]',
  '1,2': 'C[j] = sum_k A[k] B[k, j]\nreturn C',
  '2,1': 'C[i] = sum_k A[i, k] B[k]\nreturn C',
  '2,2': 'C[i, j] = sum_k A[i, k] B[k, j]\nreturn C',
}

/** matmul(A, B)_ij = sum_k A_ik B_kj */
export const matmul: TensorOperation = {
  kind: 'tensor',
  name: 'matmul',
  doc: 'sum_k A_ik B_kj, also written A B; a vector on the left is a row, on the right a column; other axes go before.',
  signature: 'matmul(A[...], B[...])',
  definition: (_, __, { A, B }) => {
    if (A!.length === 0) throw wrongRank('matmul', 'A', 0, 'A is a vector or a matrix.')
    if (B!.length === 0) throw wrongRank('matmul', 'B', 0, 'B is a vector or a matrix.')
    const known = products[`${A!.length},${B!.length}`]
    if (known) return known
    if (B!.length === 1) return 'C[..., i] = sum_k A[..., i, k] B[k]\nreturn C'
    if (B!.length === 2) return 'C[..., i, j] = sum_k A[..., i, k] B[k, j]\nreturn C'
    if (A!.length === 1) return 'C[..., j] = sum_k A[k] B[..., k, j]\nreturn C'
    if (A!.length === 2) return 'C[..., i, j] = sum_k A[i, k] B[..., k, j]\nreturn C'
    return 'C[..., i, j] = sum_k A[..., i, k] B[..., k, j]\nreturn C'
  },
  inline: true,
  samples: [
    'input x[4, 3]\nparam W[3, 2]\nloss E = mean over data: sum(tanh(matmul(x, W)))',
    'input x[2, 4, 3]\nparam W[3, 2]\ny = matmul(x, W)\nloss E = sum over data: sum(y .* y)',
  ],
}
