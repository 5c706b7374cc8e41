import type { TensorOperation } from './record.ts'

/** log_det(X) = log(det(X)); its derivative is X^-T. */
export const logDet: TensorOperation = {
  kind: 'tensor',
  name: 'log_det',
  aliases: ['logdet'],
  doc: 'log(det(X)) for a matrix of positive determinant; its derivative is X^{-T}.',
  signature: 'log_det(X[..., n, n])',
  definition: () => 'return log(det(X))',
  inline: true,
  samples: ['param X[3, 3] = [[2, 1, 0], [1/2, 3, 1], [0, 1, 4]]\nloss E = log_det(X)'],
}
