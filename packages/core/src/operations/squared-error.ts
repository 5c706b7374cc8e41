/** Squared errors of one sample. */
import type { TensorOperation } from './record.ts'
import { entryText, indexNames, over } from './text.ts'

function squares(before: string): TensorOperation['definition'] {
  return (_, __, { y }) => {
    const names = indexNames(y!.length)
    return `return ${before}${over('sum', names, `(${entryText('y', names)} - ${entryText('t', names)})^2`)}`
  }
}

/** squared_error(y, t) = sum_i (y_i - t_i)^2 */
export const squaredError: TensorOperation = {
  kind: 'tensor',
  name: 'squared_error',
  doc: 'sum_i (y_i - t_i)^2 over all entries of one sample.',
  signature: 'squared_error(y[...], t[...])',
  definition: squares(''),
  inline: true,
  samples: [
    'input x[3]\ntarget t[2]\nparam W[2, 3]\nloss E = mean over data: squared_error(tanh(W x), t)',
    'input x[3]\ntarget t\nparam w[3]\nloss E = sum over data: squared_error(w . x, t)',
  ],
}

/** half_squared_error(y, t) = 1/2 sum_i (y_i - t_i)^2 */
export const halfSquaredError: TensorOperation = {
  kind: 'tensor',
  name: 'half_squared_error',
  doc: '1/2 sum_i (y_i - t_i)^2 over all entries of one sample.',
  signature: 'half_squared_error(y[...], t[...])',
  definition: squares('1/2 '),
  inline: true,
  samples: ['dim n\ninput x[3]\ntarget t[n]\nparam W[n, 3]\nloss E = mean over data: half_squared_error(W x, t)'],
}
