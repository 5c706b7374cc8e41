/** Sum and mean over axes: all of them, unless `axis` names some. */
import type { TensorOperation } from './record.ts'
import { allAxes, axesOf, entryText, equation, indexNames, over } from './text.ts'

function reduction(word: 'sum' | 'mean'): TensorOperation['definition'] {
  return ({ axis }, _, { x }) => {
    const names = indexNames(x!.length)
    const gone = new Set(axesOf(word, axis!, x!.length, { all: allAxes(x!.length) }))
    return equation('y', names.filter((_, k) => !gone.has(k)), over(word, names.filter((_, k) => gone.has(k)), entryText('x', names)))
  }
}

/** sum(x) = sum_{i,j,...} x[i,j,...] */
export const sum: TensorOperation = {
  kind: 'tensor',
  name: 'sum',
  doc: 'sum_{i,j,...} x[i,j,...], over all axes or those of `axis` (from 1), never over the data.',
  signature: 'sum(x[...], axis=all)',
  definition: reduction('sum'),
  inline: true,
  samples: [
    'input x[3]\nparam W[2, 3]\nloss E = mean over data: sum(tanh(W x))',
    'input x[4, 3]\nparam w[4]\ny = sum(x .* x, axis=2)\nloss E = sum over data: sum(w .* y)',
  ],
}

/** mean(x) = sum(x) / (number of entries) */
export const mean: TensorOperation = {
  kind: 'tensor',
  name: 'mean',
  doc: 'sum(x) divided by the number of entries, over all axes or those of `axis` (from 1), never over the data.',
  signature: 'mean(x[...], axis=all)',
  definition: reduction('mean'),
  inline: true,
  samples: [
    'dim n\ninput x[n]\nparam W[2, n]\nloss E = mean over data: mean(sigmoid(W x))',
    'input x[4, 3]\nparam w[3]\ny = mean(x, axis=1)\nloss E = sum over data: (w . y)^2',
  ],
}
