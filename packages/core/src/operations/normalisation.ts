/** Layers that bring numbers to mean 0 and variance 1: over the data, over a sample's entries, or by the root mean square. */
import type { TensorOperation } from './record.ts'
import { axesOf, entryText, indexNames, over } from './text.ts'

const scaled = (affine: boolean, at: string, value: string): string => (affine ? `gamma[${at}] ${value} + beta[${at}]` : value)

/** y_c = gamma_c (x_c - mu_c)/sqrt(v_c + eps) + beta_c with mean and variance of the channel c over the data and its other axes */
export const batchnorm: TensorOperation = {
  kind: 'tensor',
  name: 'batchnorm',
  aliases: ['batch_norm'],
  doc: 'gamma_c (x_c - mu_c)/sqrt(v_c + eps) + beta_c: mu, v are mean and variance (1/n) over the data and all axes but `axis`; with training=false they are given.',
  signature: 'batchnorm(x[...], training=true, eps=1e-5, axis=1, affine=true)',
  definition: ({ training, axis, affine }, _, { x }) => {
    const [at] = axesOf('batchnorm', axis!, x!.length)
    const names = indexNames(x!.length)
    const c = names[at!]!
    const others = names.filter(n => n !== c)
    const entry = entryText('x', names)
    const channels = x![at!]!
    const parameters = affine === false ? [] : [`param gamma[${channels}], beta[${channels}]`]
    const statistics = training === false ? [`given mu[${channels}], v[${channels}]`] : [
      `mu[${c}] = mean over data: ${over('mean', others, entry)}`,
      `v[${c}] = mean over data: ${over('mean', others, `(${entry} - mu[${c}])^2`)}`,
    ]
    const value = scaled(affine !== false, c, `(${entry} - mu[${c}])/sqrt(v[${c}] + eps)`)
    return [...parameters, ...statistics, `y[${names.join(', ')}] = ${value}`, 'return y'].join('\n')
  },
  samples: [
    'input x[3]\ntarget t[2]\nparam W[2, 3]\ny = batchnorm(W x)\nloss E = mean over data: squared_error(y, t)',
    'input x[2, 3, 4]\nparam w[2, 3, 4]\nn = batchnorm(x, eps=1/10)\nloss E = mean over data: sum(w .* tanh(n))',
    'input x[3]\nn = batchnorm(x, training=false)\nloss E = sum over data: sum(n .* n)',
  ],
}

/** y_i = gamma_i (x_i - mu)/sqrt(v + eps) + beta_i with mean and variance over the last axis */
export const layernorm: TensorOperation = {
  kind: 'tensor',
  name: 'layernorm',
  aliases: ['layer_norm'],
  doc: 'gamma_i (x_i - mu)/sqrt(v + eps) + beta_i: mu, v are mean and variance (1/n) along the last axis.',
  signature: 'layernorm(x[..., n], eps=1e-5, affine=true)',
  definition: ({ affine }, _, { x }) => {
    const lead = x!.length === 1 ? '' : '..., '
    const line = x!.length === 1 ? '' : '[...]'
    const value = scaled(affine !== false, 'i', `(x[${lead}i] - mu${line})/sqrt(v${line} + eps)`)
    return [
      ...(affine === false ? [] : ['param gamma[n], beta[n]']),
      `mu${line} = mean_i x[${lead}i]`,
      `v${line} = mean_i (x[${lead}i] - mu${line})^2`,
      `y[${lead}i] = ${value}`,
      'return y',
    ].join('\n')
  },
  samples: [
    'input x[3]\ntarget t[4]\nparam W[4, 3]\ny = layernorm(W x)\nloss E = mean over data: squared_error(y, t)',
    'input x[4, 3]\nparam W[3, 5]\ny = layernorm(x W, eps=1/10)\nloss E = sum over data: sum(tanh(y))',
  ],
}

/** y_i = gamma_i x_i / sqrt(mean_j x_j^2 + eps) */
export const rmsnorm: TensorOperation = {
  kind: 'tensor',
  name: 'rmsnorm',
  aliases: ['rms_norm'],
  doc: 'gamma_i x_i / sqrt(mean_j x_j^2 + eps), along the last axis.',
  signature: 'rmsnorm(x[..., n], eps=1e-5)',
  definition: (_, __, { x }) => {
    const lead = x!.length === 1 ? '' : '..., '
    return `param gamma[n]\ny[${lead}i] = gamma[i] x[${lead}i]/sqrt(mean_j x[${lead}j]^2 + eps)\nreturn y`
  },
  samples: [
    'input x[3]\ntarget t[4]\nparam W[4, 3]\ny = rmsnorm(W x)\nloss E = mean over data: squared_error(y, t)',
    'input x[4, 3]\nparam w[3]\ny = rmsnorm(x, eps=1/10)\nloss E = sum over data: sum(tanh(y w))',
  ],
}
