/** Kullback-Leibler divergences between distributions along the last axis. */
import type { TensorOperation } from './record.ts'

const divergence = (p: string, q: string): TensorOperation['definition'] => (_, __, shapes) => {
  const at = (name: string) => (shapes.p!.length === 1 ? `${name}[i]` : `${name}[..., i]`)
  const value = `sum_i ${at(p)} (log(${at(p)}) - log(${at(q)}))`
  return shapes.p!.length === 1 ? `return ${value}` : `e[...] = ${value}\nreturn e`
}

/** kl(p, q) = sum_i p_i log(p_i / q_i) */
export const kl: TensorOperation = {
  kind: 'tensor',
  name: 'kl',
  doc: 'sum_i p_i log(p_i / q_i), the divergence KL(p || q), along the last axis.',
  signature: 'kl(p[..., n], q[..., n])',
  definition: divergence('p', 'q'),
  inline: true,
  samples: ['input x[3]\nparam W[4, 3], V[4, 3]\np = softmax(W x)\nq = softmax(V x)\nloss E = mean over data: kl(p, q)'],
}

/** reverse_kl(p, q) = kl(q, p) = sum_i q_i log(q_i / p_i) */
export const reverseKl: TensorOperation = {
  kind: 'tensor',
  name: 'reverse_kl',
  doc: 'sum_i q_i log(q_i / p_i) = KL(q || p), along the last axis.',
  signature: 'reverse_kl(p[..., n], q[..., n])',
  definition: divergence('q', 'p'),
  inline: true,
  samples: ['input x[3]\nparam W[4, 3], V[4, 3]\np = softmax(W x)\nq = softmax(V x)\nloss E = sum over data: reverse_kl(p, q)'],
}
