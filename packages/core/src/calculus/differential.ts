/** The differential of a node: dz = sum over its arguments of (dz/dv) dv. */
import { add, contract, entry, type Expr, freshLike, type Tensor } from '../expression/index.ts'
import type { NetworkNode } from '../network/types.ts'
import { tensorKeys } from './depends.ts'
import { foldablesOf } from './foldables.ts'
import { localDerivative } from './rewrites.ts'

/** The tensor that stands for dv. */
export const differentialOf = (t: Tensor): Tensor => ({ ...t, key: `differential:${t.key}`, name: t.name, rank: t.rank / 1e6 })
export const isDifferential = (t: Tensor): boolean => t.key.startsWith('differential:')

/** dz as an expression in the dv of its direct arguments; those that do not move (constants by default) have no dv. */
export function differential(node: NetworkNode, nodes: readonly NetworkNode[], moving: (v: NetworkNode) => boolean = v => v.kind !== 'given' && v.kind !== 'rate'): Expr {
  if (!node.definition) return entry(differentialOf(node.tensor), node.indices)
  const keys = tensorKeys(node.definition)
  const self = { node, definition: node.definition, indices: node.indices }
  const at = entry(node.tensor, node.indices)
  return add(...nodes.filter(v => keys.has(v.tensor.key) && moving(v)).map(v => {
    const by = entry(v.tensor, v.indices.map(i => freshLike(i)))
    return contract(by.indices, [localDerivative(self, at, by, foldablesOf(nodes)), entry(differentialOf(v.tensor), by.indices)])
  }))
}
