import type { TensorOperation } from './record.ts'
import { entryText, indexNames, over } from './text.ts'

/**
 * huber(y, t) = sum_i (r_i^2 - max(0, |r_i| - delta)^2)/2 with r = y - t: r^2/2 up to delta, delta (|r| - delta/2) beyond.
 * In this form the derivative reads r minus what r has beyond delta.
 */
export const huber: TensorOperation = {
  kind: 'tensor',
  name: 'huber',
  doc: 'sum_i r_i^2/2 where |r_i| <= delta, else delta (|r_i| - delta/2), with r = y - t; over all entries of one sample.',
  signature: 'huber(y[...], t[...], delta=1)',
  definition: (_, __, { y }) => {
    const names = indexNames(y!.length)
    const difference = `${entryText('y', names)} - ${entryText('t', names)}`
    return `return 1/2 ${over('sum', names, `((${difference})^2 - max(0, abs(${difference}) - delta)^2)`)}`
  },
  inline: true,
  samples: [
    'input x[3]\ntarget t[2]\nparam W[2, 3]\nloss E = mean over data: huber(W x, t)',
    'input x[3]\ntarget t\nparam w[3]\nloss E = sum over data: huber(w . x, t, delta=1/4)',
  ],
}
