/** softmax, log_softmax, logsumexp: along the last axis, unless `axis` names another. */
import type { Attribute, TensorOperation } from './record.ts'
import { axesOf, entryText, equation, indexNames, over } from './text.ts'

interface Line {
  /** Indices of z. */
  readonly names: readonly string[]
  /** Those without the line's own. */
  readonly others: readonly string[]
  readonly entry: string
  /** The sum of exponentials along the line. */
  readonly total: string
}

function line(operation: string, axis: Attribute, { length: rank }: readonly string[]): Line {
  const [at] = axesOf(operation, axis, rank, rank > 0 ? { last: [rank - 1] } : {})
  const isLast = at === rank - 1
  const names = isLast ? (rank > 1 ? ['...', 'i'] : ['i']) : indexNames(rank)
  const place = isLast ? names.length - 1 : at!
  const summed = isLast ? 'k' : indexNames(rank + 1)[rank]!
  const total = over('sum', [summed], `exp(${entryText('z', names.map((n, k) => (k === place ? summed : n)))})`)
  return { names, others: names.filter((_, k) => k !== place), entry: entryText('z', names), total }
}

/** softmax(z)_i = exp(z_i) / sum_k exp(z_k) */
export const softmax: TensorOperation = {
  kind: 'tensor',
  name: 'softmax',
  doc: 'exp(z_i) / sum_k exp(z_k), along the last axis or `axis`.',
  signature: 'softmax(z[...], axis=last)',
  definition: ({ axis }, _, { z }) => {
    const { names, entry, total } = line('softmax', axis!, z!)
    return equation('s', names, `exp(${entry}) / ${total}`)
  },
  fold: true,
  samples: [
    'dim n\ninput z[n]\nparam w[n]\ns = softmax(z)\nloss E = mean over data: w . s',
    'input x[3]\nparam A[4, 5, 3]\nz[i, j] = sum_k A[i, j, k] x[k]\ns = softmax(z, axis=1)\nloss E = sum over data: sum(s .* s)',
  ],
}

/** log_softmax(z)_i = z_i - log(sum_k exp(z_k)) */
export const logSoftmax: TensorOperation = {
  kind: 'tensor',
  name: 'log_softmax',
  doc: 'z_i - log(sum_k exp(z_k)), along the last axis or `axis`.',
  signature: 'log_softmax(z[...], axis=last)',
  definition: ({ axis }, _, { z }) => {
    const { names, entry, total } = line('log_softmax', axis!, z!)
    return equation('s', names, `${entry} - log(${total})`)
  },
  fold: true,
  samples: ['input x[3]\ntarget t[4] one-hot\nparam W[4, 3]\nloss E = mean over data: -sum(t .* log_softmax(W x))'],
}

/** logsumexp(z) = log(sum_k exp(z_k)) */
export const logsumexp: TensorOperation = {
  kind: 'tensor',
  name: 'logsumexp',
  doc: 'log(sum_k exp(z_k)), along the last axis or `axis`; its derivative is softmax(z).',
  signature: 'logsumexp(z[...], axis=last)',
  definition: ({ axis }, _, { z }) => {
    const { others, total } = line('logsumexp', axis!, z!)
    return equation('y', others, `log(${total})`)
  },
  fold: true,
  samples: [
    'dim n\ninput x[3]\nparam W[n, 3]\nloss E = mean over data: logsumexp(W x)',
    'input x[4, 3]\nparam W[3, 2]\ny = logsumexp(x W)\nloss E = sum over data: sum(y .* y)',
  ],
}
