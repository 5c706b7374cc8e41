/** Attention: each query reads a mixture of the values, weighted by how well it fits their keys. */
import { badAttribute, doesNotDivide } from './messages.ts'
import type { TensorOperation } from './record.ts'
import { attributeText, isCount, wholeNumber } from './text.ts'

/** attention(q, k, v) = softmax(q k^T / sqrt(d)) v; causal: query i sees the keys j <= i */
export const attention: TensorOperation = {
  kind: 'tensor',
  name: 'attention',
  doc: 'softmax(q k^T / sqrt(d)) v, scaled dot-product attention; with causal=true the place i sees only the places j <= i.',
  signature: 'attention(q[..., queries, d], k[..., keys, d], v[..., keys, width], causal=false)',
  definition: ({ causal }) => [
    's[..., i, j] = sum_c q[..., i, c] k[..., j, c]/sqrt(d)',
    causal === true
      ? 'a[..., i, j] = [j <= i] exp(s[..., i, j])/(sum_p [p <= i] exp(s[..., i, p]))'
      : 'a = softmax(s)',
    'y[..., i, e] = sum_j a[..., i, j] v[..., j, e]',
    'return y',
  ].join('\n'),
  samples: [
    'input x[3, 2]\nparam A[2, 4], B[2, 4], C[2, 5]\ny = attention(x A, x B, x C)\nloss E = mean over data: sum(y .* y)',
    'dim n\ninput x[n, 2]\nparam A[2, 3], B[2, 3]\ny = attention(x A, x B, x, causal=true)\nloss E = sum over data: sum(tanh(y))',
  ],
}

const projection = (name: string, biased: boolean): string => {
  const row = '(h - 1)*part + e'
  return `${name}[..., h: heads, i, e: part] = sum_j W_${name}[${row}, j] x[..., i, j]${biased ? ` + b_${name}[${row}]` : ''}`
}

/** multihead_attention(x) = W_o (heads side by side) + b_o, head h = attention(W_q x + b_q, W_k x + b_k, W_v x + b_v) on its rows */
export const multiheadAttention: TensorOperation = {
  kind: 'tensor',
  name: 'multihead_attention',
  aliases: ['self_attention'],
  doc: 'W_o [head_1; ...; head_H] + b_o, each head the attention of its rows of W_q x + b_q, W_k x + b_k, W_v x + b_v.',
  signature: 'multihead_attention(x[..., tokens, width], heads, causal=false, bias=true)',
  definition: ({ heads, causal, bias }, { width }) => {
    const [count, d] = [wholeNumber(heads), wholeNumber(width)]
    if (!isCount(heads, 1)) throw badAttribute('multihead_attention', 'heads', attributeText(heads!), 'It is 1 or more.')
    if (count !== undefined && d !== undefined && d % count !== 0) throw doesNotDivide('multihead_attention', `heads=${count}`, `the width ${d}`)
    const biased = bias !== false
    const parameters = ['q', 'k', 'v', 'o'].map(p => `param W_${p}[width, width]${biased ? `, b_${p}[width]` : ''}`)
    return [
      'dim part = width/heads',
      ...parameters,
      ...['q', 'k', 'v'].map(name => projection(name, biased)),
      `u = attention(q, k, v${causal === true ? ', causal=true' : ''})`,
      'z[..., i, j: width] = sum_{h,e} [j = (h - 1)*part + e] u[..., h, i, e]',
      `y[..., i, d: width] = sum_j W_o[d, j] z[..., i, j]${biased ? ' + b_o[d]' : ''}`,
      'return y',
    ].join('\n')
  },
  unstated: { bias: [true, false] },
  samples: [
    'input x[3, 4]\ny = multihead_attention(x, heads=2)\nloss E = mean over data: sum(tanh(y))',
    'input x[2, 6]\ny = multihead_attention(x, 3, causal=true, bias=false)\nloss E = sum over data: sum(y .* y)',
  ],
}
