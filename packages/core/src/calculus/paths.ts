/** Every path from a variable to the output: one product of local derivatives per path, and their sum. */
import { add, contract, derivative, type Expr, type Sym, ZERO } from '../expression/index.ts'
import { freshEntry } from './graph.ts'
import { localDerivative } from './rewrites.ts'
import type { NetworkNode } from '../network/types.ts'
import type { Graph, GraphNode, RewriteContext } from './types.ts'

export interface Path {
  /** Names from the variable to the output. */
  readonly nodes: readonly NetworkNode[]
  /** d c / d v for each edge, the output's edge first. */
  readonly symbols: readonly Expr[]
  /** The same, differentiated. */
  readonly factors: readonly Expr[]
  /** The product of the symbols, and of the factors, summed over the indices between. */
  readonly named: Expr
  readonly product: Expr
}

/** The number of paths; exact, without listing them. */
export function countPaths(graph: Graph, from: NetworkNode): bigint {
  const memo = new Map<string, bigint>()
  const count = (key: string): bigint => {
    if (key === graph.of.tensor.key) return 1n
    const known = memo.get(key)
    if (known !== undefined) return known
    const total = (graph.consumers.get(key) ?? []).reduce((n, c) => n + count(c.node.tensor.key), 0n)
    memo.set(key, total)
    return total
  }
  return count(from.tensor.key)
}

/** Up to `most` paths, each as its list of nodes after the variable. */
function listPaths(graph: Graph, from: string, most: number): GraphNode[][] {
  const found: GraphNode[][] = []
  const walk = (key: string, trail: GraphNode[]): void => {
    if (found.length >= most) return
    if (key === graph.of.tensor.key) { found.push(trail); return }
    for (const c of graph.consumers.get(key) ?? []) walk(c.node.tensor.key, [...trail, c])
  }
  walk(from, [])
  return found
}

/** The paths from the entry `by` to the graph's output. */
export function paths(context: RewriteContext, from: NetworkNode, by: Sym, most = 64): Path[] {
  const { graph } = context
  return listPaths(graph, from.tensor.key, most).map(trail => {
    const entries = trail.map(c => (c.node.tensor.key === graph.of.tensor.key ? graph.of : freshEntry(graph, c.node)))
    const edges = trail.map((c, k) => ({ c, at: entries[k]!, by: k === 0 ? by : entries[k - 1]! })).reverse()
    const symbols = edges.map(e => derivative(e.at, e.by, true))
    const factors = edges.map(e => localDerivative(e.c, e.at, e.by, context.foldables))
    const kept = new Set([...graph.of.indices, ...by.indices])
    const summed = [...new Set(entries.slice(0, -1).flatMap(s => s.indices))].filter(i => !kept.has(i) && i.literal === undefined)
    return { nodes: [from, ...trail.map(c => c.node)], symbols, factors, named: contract(summed, symbols), product: contract(summed, factors) }
  })
}

/** The sum of all products; equal to the derivation's result. */
export const sumOfPaths = (list: readonly Path[]): Expr => (list.length ? add(...list.map(p => p.product)) : ZERO)
