/** The log-sum-exp route: log softmax(z) is written as z - log sum e^z before anything is differentiated. */
import { add, apply, type Expr, mapChildren, multiply, number, type Sym, substitute } from '../expression/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { log } from '../operations/log.ts'
import { indexForm } from '../print/index.ts'
import { letterIndices, notationWith } from './notation.ts'
import type { Line, Section } from './page.ts'

/** log(a b^-1) = log a - log b for the factors of a product without sums around it. */
function splitLog(e: Expr): Expr {
  if (e.kind !== 'contraction' || e.bound.length > 0) return apply(log, [e])
  return add(...[...e.factors, ...(e.coefficient.n === e.coefficient.d ? [] : [number(e.coefficient)])].map(f => (
    f.kind === 'power' && f.exponent.kind === 'number' ? multiply(f.exponent, apply(log, [f.base])) : apply(log, [f]))))
}

/** The definition of a quotient of exponentials, at the indices of an entry. */
function quotientAt(s: Sym, nodes: readonly NetworkNode[]): Expr | undefined {
  const node = nodes.find(n => n.tensor.key === s.tensor.key)
  const d = node?.definition
  if (!node || d?.kind !== 'contraction' || d.bound.length > 0 || !d.factors.some(f => f.kind === 'power' && f.exponent.kind === 'number' && f.exponent.value.n < 0n)) return undefined
  return substitute(d, new Map(node.indices.map((i, k) => [i, s.indices[k]!])))
}

function rewrite(e: Expr, nodes: readonly NetworkNode[]): Expr {
  if (e.kind === 'apply' && e.fn.name === 'log' && e.args[0]?.kind === 'symbol') {
    const inside = quotientAt(e.args[0], nodes)
    if (inside) return splitLog(inside)
  }
  return mapChildren(e, c => rewrite(c, nodes))
}

/** The network with every log of a softmax taken apart, and the lines that say so. */
export function logSumExpRoute(network: Network): { network: Network; lines: Section[] } {
  const lines: Line[] = []
  const nodes = network.nodes.map(node => {
    if (!node.definition) return node
    const definition = rewrite(node.definition, network.nodes)
    if (definition === node.definition) return node
    const n = notationWith(network.nodes, letterIndices([{ indices: node.indices }]))
    lines.push(
      { left: n.index.nameOf?.(node.tensor) ?? { kind: 'name', name: node.name }, relation: '=', right: indexForm(node.definition, n.index), notes: [] },
      { relation: '=', right: indexForm(definition, n.index), notes: [['logarithm of the quotient: log(e^z / Σ e^z) = z − log Σ e^z']] },
    )
    return { ...node, definition }
  })
  const rewritten: Network = { ...network, nodes, byName: new Map(nodes.map(x => [x.name, x])), byTensor: new Map(nodes.map(x => [x.tensor.key, x])) }
  return { network: rewritten, lines: lines.length ? [{ kind: 'lines', lines }] : [] }
}

