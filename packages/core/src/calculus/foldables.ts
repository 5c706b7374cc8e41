/** Which nodes results are written by: those whose definitions are worth recognising. */
import type { Expr } from '../expression/index.ts'
import type { NetworkNode } from '../network/types.ts'
import type { Foldable } from './fold.ts'

/** A function value or a quotient reads better by its name; a plain product or sum is left as it is. */
function worthNaming(definition: Expr): boolean {
  if (definition.kind === 'apply') return !definition.over.some(o => o.length > 0)
  if (definition.kind === 'power') return definition.exponent.kind === 'number' && (definition.exponent.value.d !== 1n || definition.exponent.value.n < 0n)
  return definition.kind === 'contraction' && definition.bound.length === 0 && definition.factors.some(f => f.kind === 'apply')
    && definition.factors.some(f => f.kind === 'power' && f.base.kind !== 'symbol')
}

/** The nodes to fold by, later ones first. */
export const foldablesOf = (nodes: readonly NetworkNode[]): Foldable[] =>
  nodes.filter(n => n.kind === 'node' && n.definition && worthNaming(n.definition))
    .map(n => ({ tensor: n.tensor, indices: n.indices, definition: n.definition! })).reverse()
