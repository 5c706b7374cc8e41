/** Rows as chains of Jacobians. */
import type { Mat } from './algebra.ts'
import { diagM, scaledM } from './build.ts'
import { hadamardM, productM, transposeM } from './products.ts'

/** The factor of an entrywise product that carries the chain: a product, else a row turned up, else a sum. */
function head(numerators: readonly Mat[]): Mat | undefined {
  for (const kind of ['product', 'transpose', 'sum'] as const) {
    const found = numerators.filter(n => n.kind === kind)
    if (found.length > 0) return found.length === 1 ? found[0] : undefined
  }
  return undefined
}

/** `(Wᵀδ ⊙ g'(z))ᵀ V` is read `δᵀ W diag(g'(z)) V`: one Jacobian for each layer. */
export function asChain(m: Mat): Mat {
  if (m.shape !== 'row') return m
  if (m.kind === 'scaled' && m.body) return scaledM(m.coefficient, m.numerators, m.denominators, asChain(m.body))
  if (m.kind === 'product') return productM([asChain(m.factors[0]!), ...m.factors.slice(1)])
  if (m.kind !== 'transpose' || m.body.kind !== 'hadamard') return m
  const { numerators, denominators } = m.body
  const first = head(numerators)
  const rest = numerators.filter(n => n !== first)
  if (!first || (rest.length === 0 && denominators.length === 0)) return m
  return productM([asChain(transposeM(first)), diagM(hadamardM(rest, denominators))])
}
