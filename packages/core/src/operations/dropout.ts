import { badAttribute } from './messages.ts'
import type { TensorOperation } from './record.ts'
import { attributeText, entryText, equation, indexNames } from './text.ts'

/** dropout(x, m)_i = m_i x_i / (1 - rate) with a given mask m of zeros and ones */
export const dropout: TensorOperation = {
  kind: 'tensor',
  name: 'dropout',
  doc: 'm_i x_i / (1 - rate): the mask m of zeros and ones is given (an input), the rate is the share of zeros.',
  signature: 'dropout(x[...], mask[...], rate)',
  definition: ({ rate }, _, { x }) => {
    if (typeof rate === 'number' && (rate < 0 || rate >= 1)) throw badAttribute('dropout', 'rate', attributeText(rate), 'It is from 0 to below 1.')
    const names = indexNames(x!.length)
    return equation('y', names, `${entryText('mask', names)} ${entryText('x', names)}/(1 - rate)`)
  },
  masks: { mask: 'rate' },
  samples: ['input x[3], m[4]\nparam W[4, 3]\nh = dropout(tanh(W x), m, rate=1/4)\nloss E = mean over data: sum(h .* h)'],
}
