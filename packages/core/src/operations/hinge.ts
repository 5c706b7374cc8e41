import { wrongRank } from './messages.ts'
import type { TensorOperation } from './record.ts'

/** hinge(s, t) = sum_{j != y} max(0, s_j - s_y + margin) where t is 1 at the class y */
export const hinge: TensorOperation = {
  kind: 'tensor',
  name: 'hinge',
  doc: 'sum_{j != y} max(0, s_j - s_y + margin) for scores s and a one-hot target t of class y; for a single score, max(0, margin - t s) with t = 1 or -1.',
  signature: 'hinge(s[...], t[...], margin=1)',
  definition: (_, __, { s }) => {
    if (s!.length === 0) return 'return max(0, margin - t s)'
    if (s!.length === 1) return 'return sum_j (1 - t[j]) max(0, s[j] - sum_k t[k] s[k] + margin)'
    throw wrongRank('hinge', 's', s!.length, 's is a vector of scores, or one score.')
  },
  inline: true,
  samples: [
    'input x[3]\ntarget t[4] one-hot\nparam W[4, 3]\ns = W x\nloss E = mean over data: hinge(s, t)',
    'input x[3]\ntarget t\nparam w[3]\nloss E = sum over data: hinge(w . x, t, margin=1/2)',
  ],
}
