/** Which nodes results are written by: those whose definitions are worth recognising. */
import type { Expr } from '../expression/index.ts'
import type { NetworkNode } from '../network/types.ts'
import type { Foldable } from './fold.ts'

/** A function value or a quotient reads better by its name; a plain product or sum is left as it is. */
function worthNaming(definition: Expr): boolean {
  if (definition.kind === 'apply') return !definition.over.some(o => o.length > 0)
  if (definition.kind === 'power') return definition.exponent.kind === 'number' && (definition.exponent.value.d !== 1n || definition.exponent.value.n < 0n)
  if (definition.kind !== 'contraction') return false
  const isSize = (e: Expr): boolean => (e.kind === 'power' ? isSize(e.base) : e.kind === 'symbol' && e.tensor.size !== undefined)
  if (definition.bound.length > 0) return isMean(definition.factors.filter(f => !isSize(f)), definition.factors.some(isSize))
  const below = definition.factors.filter(f => f.kind === 'power' && f.exponent.kind === 'number' && f.exponent.value.n < 0n && !isSize(f))
  return below.length > 0 && definition.factors.some(f => f.kind === 'apply' || f.kind === 'sum')
}

/** The mean of a tensor over one axis, not of products: those are left as they are. */
const isMean = (factors: readonly Expr[], divided: boolean): boolean => divided && factors.length === 1 && factors[0]!.kind === 'symbol'

/** The nodes to fold by, later ones first. */
export const foldablesOf = (nodes: readonly NetworkNode[]): Foldable[] =>
  nodes.filter(n => n.kind === 'node' && n.definition && worthNaming(n.definition))
    .map(n => ({ tensor: n.tensor, indices: n.indices, definition: n.definition! })).reverse()
