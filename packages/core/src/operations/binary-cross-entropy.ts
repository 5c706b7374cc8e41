/** Binary cross-entropy of one sample: each entry is a yes or no of its own, the entries are summed. */
import type { TensorOperation } from './record.ts'
import { entryText, indexNames, over } from './text.ts'

/** binary_cross_entropy(y, t) = -sum_i (t_i log(y_i) + (1 - t_i) log(1 - y_i)) */
export const binaryCrossEntropy: TensorOperation = {
  kind: 'tensor',
  name: 'binary_cross_entropy',
  doc: '-sum_i (t_i log(y_i) + (1 - t_i) log(1 - y_i)) from probabilities y, over all entries of one sample.',
  signature: 'binary_cross_entropy(y[...], t[...])',
  definition: (_, __, { y }) => {
    const names = indexNames(y!.length)
    const [p, t] = [entryText('y', names), entryText('t', names)]
    return `return -${over('sum', names, `(${t} log(${p}) + (1 - ${t}) log(1 - ${p}))`)}`
  },
  inline: true,
  samples: [
    'input x[3]\ntarget t\nparam w[3], b\ny = sigmoid(w . x + b)\nloss E = mean over data: binary_cross_entropy(y, t)',
    'input x[3]\ntarget t[2]\nparam W[2, 3]\ny = sigmoid(W x)\nloss E = sum over data: binary_cross_entropy(y, t)',
  ],
}

/** binary_cross_entropy_logits(z, t) = sum_i (softplus(z_i) - t_i z_i) */
export const binaryCrossEntropyLogits: TensorOperation = {
  kind: 'tensor',
  name: 'binary_cross_entropy_logits',
  doc: 'sum_i (softplus(z_i) - t_i z_i), the binary cross-entropy of sigma(z); its derivative is sigma(z) - t.',
  signature: 'binary_cross_entropy_logits(z[...], t[...])',
  definition: (_, __, { z }) => {
    const names = indexNames(z!.length)
    return `return ${over('sum', names, `(softplus(${entryText('z', names)}) - ${entryText('t', names)} ${entryText('z', names)})`)}`
  },
  inline: true,
  samples: ['input x[3]\ntarget t[2]\nparam W[2, 3]\nloss E = mean over data: binary_cross_entropy_logits(W x, t)'],
}
