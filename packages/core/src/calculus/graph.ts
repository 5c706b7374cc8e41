/** The part of a network between variables and an output, and who uses whom. */
import { entry, freshLike, type Index, somewhere, type Sym } from '../expression/index.ts'
import type { NetworkNode } from '../network/types.ts'
import { mentions, tensorKeys } from './depends.ts'
import type { Graph, GraphNode } from './types.ts'

/** Who uses each tensor, among nodes with a definition. */
export function consumersOf(nodes: readonly NetworkNode[]): Map<string, NetworkNode[]> {
  const found = new Map<string, NetworkNode[]>()
  for (const node of nodes) {
    if (!node.definition) continue
    for (const key of tensorKeys(node.definition)) {
      const list = found.get(key)
      if (list) list.push(node)
      else found.set(key, [node])
    }
  }
  return found
}

/** Does the node's value at one sample depend on other samples (a mean over the data inside the network)? */
export function mixesSamples(node: NetworkNode): boolean {
  return node.definition !== undefined && bindsSample(node.definition)
}

/** Is there a sum over the data inside? */
export const bindsSample = somewhere(e => (e.kind === 'contraction' && e.bound.some(b => b.sample))
  || (e.kind === 'apply' && e.over.flat().some(b => b.sample)) || (e.kind === 'reduce' && e.over.some(b => b.sample)))

/** Keys of the tensors that `of` depends on through definitions, itself included. */
export function ancestors(nodes: readonly NetworkNode[], of: NetworkNode): ReadonlySet<string> {
  const keys = new Set([of.tensor.key])
  for (const node of [...nodes].reverse()) {
    if (keys.has(node.tensor.key) && node.definition) for (const key of tensorKeys(node.definition)) keys.add(key)
  }
  return keys
}

/** Keys of the tensors that depend on one of the given ones, those included. */
export function descendants(nodes: readonly NetworkNode[], from: readonly string[]): ReadonlySet<string> {
  const keys = new Set(from)
  for (const node of nodes) {
    if (node.definition && [...keys].some(k => mentions(node.definition!, k))) keys.add(node.tensor.key)
  }
  return keys
}

/**
 * The graph between some variables and the output entry `of`. In one-sample mode every entry carries the output's
 * own sample index; else each node has a sample index of its own that the chain rule sums over.
 * Nodes of the frontier are taken to influence the output in a way that stays open (the next layer of a symbolic depth).
 */
export function graphBetween(nodes: readonly NetworkNode[], of: NetworkNode, ofIndices: readonly Index[], by: readonly NetworkNode[], frontier: readonly NetworkNode[] = []): Graph {
  const above = new Set([of, ...frontier].flatMap(n => [...ancestors(nodes, n)]))
  const below = descendants(nodes, by.map(v => v.tensor.key))
  const between = nodes.filter(n => n.definition && above.has(n.tensor.key) && below.has(n.tensor.key))
  const oneSample = of.tensor.sample && !between.some(mixesSamples)
  const list = between.map((node): GraphNode => ({ node, definition: node.definition!, indices: node.indices }))
  const consumers = new Map<string, GraphNode[]>()
  for (const n of list) for (const key of tensorKeys(n.definition)) {
    const users = consumers.get(key)
    if (users) users.push(n)
    else consumers.set(key, [n])
  }
  return {
    of: entry(of.tensor, ofIndices), nodes: list, consumers,
    frontier: new Set(frontier.map(n => n.tensor.key)),
    byKey: new Map(list.map(n => [n.node.tensor.key, n])),
    sample: oneSample ? ofIndices[0] : undefined,
  }
}

/** An entry of a tensor with fresh indices (its sample index the graph's own in one-sample mode). */
export function freshEntry(graph: Graph, node: NetworkNode): Sym {
  const indices = node.indices.length === node.tensor.axes.length ? node.indices : []
  return entry(node.tensor, indices.map((i, k) => (k === 0 && node.tensor.sample && graph.sample ? graph.sample : freshLike(i))))
}
