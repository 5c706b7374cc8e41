/**
 * exp(u_i) / sum_k exp(u_k) is softmax(u) also where the network has no such node: a log-sum-exp differentiates to it.
 * Nodes for it are added beside the network's own, to be recognised in results and written softmax(u).
 */
import { apply, contract, divide, entry, type Expr, freshLike, type Index, open, type Sym, type Tensor } from '../expression/index.ts'
import type { NetworkNode } from '../network/types.ts'
import { exp } from '../operations/exp.ts'

interface LogSumExp { readonly over: Index; readonly of: Sym }

/** log(sum_k exp(u[.., k])) as it stands, of an entry. */
function asLogSumExp(e: Expr): LogSumExp | undefined {
  const sum = e.kind === 'apply' && e.fn.name === 'log' ? e.args[0] : undefined
  if (sum?.kind !== 'contraction' || sum.bound.length !== 1 || sum.factors.length !== 1) return undefined
  const { bound, factors } = open(sum)
  const term = factors[0]!
  const of = term.kind === 'apply' && term.fn === exp ? term.args[0] : undefined
  return of?.kind === 'symbol' && bound[0] ? { over: bound[0], of } : undefined
}

/** All log-sum-exps in an expression. */
function logSumExps(e: Expr): LogSumExp[] {
  const here = asLogSumExp(e)
  if (here) return [here]
  switch (e.kind) {
    case 'number': case 'symbol': case 'selector': case 'derivative': case 'reduce': return []
    case 'sum': return e.terms.flatMap(logSumExps)
    case 'contraction': return open(e).factors.flatMap(logSumExps)
    case 'power': return logSumExps(e.base)
    case 'apply': return e.over.every(o => o.length === 0) ? e.args.flatMap(logSumExps) : []
  }
}

/** The nodes softmax(u) for every log-sum-exp of a tensor u along one of its axes, unless the network has that node. */
export function virtualSoftmaxes(nodes: readonly NetworkNode[]): NetworkNode[] {
  const made = new Map<string, NetworkNode>()
  for (const node of nodes) for (const { over, of } of node.definition ? logSumExps(node.definition) : []) {
    const axis = of.indices.indexOf(over)
    const own = nodes.find(n => n.tensor.key === of.tensor.key)
    if (axis >= 0 && own?.indices.length === of.indices.length) made.set(`${own.tensor.key}:${axis}`, softmaxOf(own, axis))
  }
  const known = new Set(nodes.map(n => n.definition))
  return [...made.values()].filter(v => !known.has(v.definition))
}

function softmaxOf(of: NetworkNode, axis: number): NetworkNode {
  const at = (k: Index): Expr => apply(exp, [entry(of.tensor, of.indices.map((i, j) => (j === axis ? k : i)))])
  const own = of.indices[axis]!
  const k = freshLike(own)
  const tensor: Tensor = { key: `softmax:${of.tensor.key}:${axis}`, name: `softmax(${of.name})`, axes: of.tensor.axes, sample: of.tensor.sample, rank: of.tensor.rank + 0.5 }
  return {
    name: tensor.name, kind: 'node', tensor, indices: of.indices, definition: divide(at(own), contract([k], [at(k)])), facts: [], inner: true,
    display: { operation: 'softmax', args: [of.name] },
  }
}

/** The nodes with those added, each behind the node that it is the softmax of. */
export function withVirtualSoftmaxes(nodes: readonly NetworkNode[]): readonly NetworkNode[] {
  const extra = virtualSoftmaxes(nodes)
  if (extra.length === 0) return nodes
  return nodes.flatMap(n => [n, ...extra.filter(v => v.tensor.key.startsWith(`softmax:${n.tensor.key}:`))])
}
