/** What depends on what in a network, for the counts. */
import type { Expr, Sym } from '../../expression/index.ts'
import type { Network, NetworkNode } from '../types.ts'

/** Every entry of a tensor that stands in an expression, each once. */
export function entriesOf(e: Expr): readonly Sym[] {
  const seen = new Set<Expr>()
  const found: Sym[] = []
  const visit = (x: Expr): void => {
    if (seen.has(x)) return
    seen.add(x)
    switch (x.kind) {
      case 'number': case 'selector': return
      case 'symbol': if (x.tensor.size === undefined && x.tensor.constant === undefined) found.push(x); return
      case 'sum': x.terms.forEach(visit); return
      case 'contraction': x.factors.forEach(visit); return
      case 'apply': x.args.forEach(visit); return
      case 'power': visit(x.base); visit(x.exponent); return
      case 'reduce': visit(x.body); x.where.forEach(visit); return
      case 'derivative': visit(x.of); visit(x.by)
    }
  }
  visit(e)
  return found
}

/** Keys of the tensors that depend on a node of the given sort, the nodes themselves among them. */
export function dependents(network: Network, starts: (node: NetworkNode) => boolean): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const node of network.nodes) {
    if (starts(node) || (node.definition && entriesOf(node.definition).some(s => keys.has(s.tensor.key)))) keys.add(node.tensor.key)
  }
  return keys
}

/** The nodes of the model itself: computed, and neither the loss nor anything else that needs a target. */
export function modelNodes(network: Network): readonly NetworkNode[] {
  const judged = dependents(network, n => n.kind === 'target' || n.kind === 'loss')
  return network.nodes.filter(n => n.definition !== undefined && n.kind === 'node' && !judged.has(n.tensor.key))
}

/** How a network counts: which tensors are one-hot, and which depend on a parameter. */
export function tensorFacts(network: Network): { readonly isOneHot: (key: string) => boolean; readonly wantsGradient: (key: string) => boolean } {
  const learned = dependents(network, n => n.kind === 'param')
  return {
    isOneHot: key => network.byTensor.get(key)?.facts.includes('one-hot') ?? false,
    wantsGradient: key => learned.has(key),
  }
}
