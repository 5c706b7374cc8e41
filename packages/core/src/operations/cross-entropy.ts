/** Cross-entropy of one sample against a one-hot target, or any weights t, along the last axis. */
import type { TensorOperation } from './record.ts'

/** One number for a vector; one for each line of what has more axes. */
const along = (rank: number, value: (lead: string) => string): string =>
  (rank === 1 ? `return ${value('')}` : `e[...] = ${value('..., ')}\nreturn e`)

/** cross_entropy(y, t) = -sum_k t_k log(y_k) */
export const crossEntropy: TensorOperation = {
  kind: 'tensor',
  name: 'cross_entropy',
  doc: '-sum_k t_k log(y_k) from probabilities y, along the last axis; t is one-hot (a class) or a distribution.',
  signature: 'cross_entropy(y[..., classes], t[..., classes])',
  definition: (_, __, { y }) => along(y!.length, lead => `-sum_k t[${lead}k] log(y[${lead}k])`),
  inline: true,
  samples: [
    'input x[3]\ntarget t[4] one-hot\nparam W[4, 3]\nloss E = mean over data: cross_entropy(softmax(W x), t)',
    'input x[5, 3]\ntarget t[5, 4] one-hot\nparam W[3, 4]\nloss E = sum over data: sum(cross_entropy(softmax(x W), t))',
  ],
}

/** cross_entropy_logits(z, t) = -sum_k t_k (z_k - log(sum_j exp(z_j))) */
export const crossEntropyLogits: TensorOperation = {
  kind: 'tensor',
  name: 'cross_entropy_logits',
  doc: '-sum_k t_k (z_k - log(sum_j exp(z_j))), the cross-entropy of softmax(z), along the last axis; its derivative is softmax(z) - t where t sums to 1.',
  signature: 'cross_entropy_logits(z[..., classes], t[..., classes])',
  definition: (_, __, { z }) => along(z!.length, lead => `-sum_k t[${lead}k] (z[${lead}k] - log(sum_j exp(z[${lead}j])))`),
  inline: true,
  samples: [
    'dim n\ninput x[3]\ntarget t[n] one-hot\nparam W[n, 3]\nloss E = mean over data: cross_entropy_logits(W x, t)',
    'input x[5, 3]\ntarget t[5, 4] one-hot\nparam W[3, 4]\nloss E = mean over data: mean(cross_entropy_logits(x W, t))',
  ],
}
