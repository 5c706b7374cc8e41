import type { TensorOperation } from './record.ts'
import { allAxes, axesOf, entryText, equation, indexNames, over } from './text.ts'

/** var(x) = mean_i (x_i - mean_j x_j)^2 */
export const variance: TensorOperation = {
  kind: 'tensor',
  name: 'var',
  doc: 'mean_i (x_i - mean_j x_j)^2, the variance with 1/n (biased), over all axes or those of `axis`.',
  signature: 'var(x[...], axis=all)',
  definition: ({ axis }, _, { x }) => {
    const rank = x!.length
    const gone = new Set(axesOf('var', axis!, rank, { all: allAxes(rank) }))
    const names = indexNames(2 * rank).slice(0, rank)
    const again = indexNames(2 * rank).slice(rank)
    const inner = names.map((n, k) => (gone.has(k) ? again[k]! : n))
    const average = over('mean', again.filter((_, k) => gone.has(k)), entryText('x', inner))
    return equation('y', names.filter((_, k) => !gone.has(k)), over('mean', names.filter((_, k) => gone.has(k)), `(${entryText('x', names)} - ${average})^2`))
  },
  inline: true,
  samples: [
    'input x[3]\nparam W[4, 3]\nloss E = mean over data: var(W x)',
    'input x[4, 3]\nparam w[4]\ny = var(x, axis=2)\nloss E = sum over data: sum(w .* w .* y)',
  ],
}
