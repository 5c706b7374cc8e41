/** Every question of the sheets, with the number of its cases, and every row of the known derivatives. A question without its cases is an error. */
export const QUESTIONS: Readonly<Record<string, number>> = {
  A1: 1, A2: 2, A3: 2, A4: 6,
  B1: 4, B2: 3, B3: 1, B4: 2,
  C1: 7, C2: 1, C3: 1, C4: 2,
  D1: 2, D2: 8, D3: 6, D4: 3, D5: 2,
  E1: 1, E2: 1, E3: 1, E4: 2, E5: 1, E6: 1, E7: 2, E8: 2, E9: 2,
}

export const FACTS: readonly string[] = [
  'logistic-loss-gradient', 'logistic-loss-hessian', 'matrix-times-exp', 'mish', 'oja', 'quadratic-form-of-a-product', 'log-likelihood',
  'softmax-jacobian', 'cross-entropy-gradient', 'cross-entropy-hessian', 'cross-entropy-of-rows', 'row-softmax-vjp', 'row-log-softmax-vjp',
  'batch-norm-vjp', 'dense-vjp-x', 'dense-vjp-w', 'dense-vjp-b', 'squared-error', 'cross-entropy-from-probabilities', 'logistic-cross-entropy',
  'sine-gradient', 'sine-hessian', 'exp-hessian', 'quadratic-gradient', 'quadratic-hessian', 'logsumexp-hessian', 'least-squares',
  'factorisation-hessian', 'trace-of-an-inverse', 'log-determinant', 'determinant',
]
