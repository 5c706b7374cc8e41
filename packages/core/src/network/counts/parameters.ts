/** How many numbers a network learns: weights, and biases, each tensor once. */
import type { Size } from '../../shape/index.ts'
import type { Expr } from '../../expression/index.ts'
import type { Network, NetworkNode } from '../types.ts'
import { modelNodes } from './graph.ts'
import { axesOf, product, type Resolve } from './sizes.ts'

export interface ParameterCount {
  readonly node: NetworkNode
  readonly count: Size
  /** A bias is only ever added, never multiplied by a tensor; a table that is added (positions) is a weight. */
  readonly role: 'weight' | 'bias'
}

/** Every parameter of the network, by the key of its tensor. What is `given` (statistics of a batch norm) is none. */
export function parameterCounts(network: Network, resolve: Resolve): ReadonlyMap<string, ParameterCount> {
  const used = new Set<string>()
  const multiplied = new Set<string>()
  for (const node of modelNodes(network)) markUses(node.definition!, used, multiplied)
  const counts = new Map<string, ParameterCount>()
  for (const node of network.nodes) {
    if (node.kind !== 'param') continue
    const { key } = node.tensor
    const vector = node.tensor.axes.length <= 1 || node.layer !== undefined
    const role = vector && used.has(key) && !multiplied.has(key) ? 'bias' : 'weight'
    counts.set(key, { node, count: product(axesOf(node.tensor, resolve)), role })
  }
  return counts
}

/** Collects the tensors of an expression, and those that are anywhere more than a term of a sum. */
function markUses(definition: Expr, used: Set<string>, multiplied: Set<string>): void {
  const seen = new Set<string>()
  const visit = (x: Expr, added: boolean): void => {
    const mark = `${x.id}${added ? '+' : '*'}`
    if (seen.has(mark)) return
    seen.add(mark)
    switch (x.kind) {
      case 'number': case 'selector': return
      case 'symbol': used.add(x.tensor.key); if (!added) multiplied.add(x.tensor.key); return
      case 'sum': x.terms.forEach(t => visit(t, true)); return
      case 'contraction': {
        // entries picked or placed by selectors stay what they were
        const alone = x.factors.filter(f => f.kind !== 'selector').length === 1
        x.factors.forEach(f => visit(f, added && alone))
        return
      }
      case 'apply': x.args.forEach(a => visit(a, false)); return
      case 'power': visit(x.base, false); visit(x.exponent, false); return
      case 'reduce': visit(x.body, false); x.where.forEach(w => visit(w, false)); return
      case 'derivative': visit(x.of, false); visit(x.by, false)
    }
  }
  visit(definition, true)
}
