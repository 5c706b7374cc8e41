/** The layers of a network: its parameters by the node that reads them first. */
import { children, type Expr, type Network, type NetworkNode } from '@chainrule/core'

export interface LayerOf { readonly node: NetworkNode; readonly parameters: readonly NetworkNode[] }

/** In order of computation. A node that the language made itself belongs to the named node that it is computed for. */
export function layersOf(network: Network, parameters: readonly NetworkNode[]): readonly LayerOf[] {
  const by = new Map<NetworkNode, NetworkNode[]>()
  for (const p of parameters) {
    const reader = firstReader(network, p)
    const node = reader && namedFor(network, reader)
    if (node) by.set(node, [...by.get(node) ?? [], p])
  }
  return network.nodes.flatMap(node => { const own = by.get(node); return own ? [{ node, parameters: own }] : [] })
}

const firstReader = (network: Network, n: NetworkNode): NetworkNode | undefined => network.nodes.find(r => r.definition && tensorsIn(r.definition).has(n.tensor.key))

/** The node itself, or for one that the language made, such as the step inside a layer, the first named one that is computed from it. */
export function namedFor(network: Network, n: NetworkNode): NetworkNode {
  const reader = n.inner ? firstReader(network, n) : undefined
  return reader ? namedFor(network, reader) : n
}

/** Keys of all tensors that an expression reads. */
export function tensorsIn(e: Expr, found = new Set<string>(), seen = new Set<Expr>()): ReadonlySet<string> {
  if (seen.has(e)) return found
  seen.add(e)
  if (e.kind === 'symbol') found.add(e.tensor.key)
  for (const c of children(e)) tensorsIn(c, found, seen)
  return found
}

/** The nodes that a node is computed from, and itself, in order of computation. */
export function neededFor(network: Network, of: NetworkNode): readonly NetworkNode[] {
  const keys = new Set([of.tensor.key])
  for (const n of [...network.nodes].reverse()) if (n.definition && keys.has(n.tensor.key)) for (const key of tensorsIn(n.definition)) keys.add(key)
  return network.nodes.filter(n => keys.has(n.tensor.key))
}
