/** Expressions of a proof as formulas: adjoints are written ∂J/∂z, also where they lack an index. */
import { derivative, entry, type Expr, type Formula, type Gradients, type Index, indexForm, mapChildren, type Network, namesFor, adjointEntry, type Sym } from '@chainrule/core'

export interface Writer {
  /** The expression over these indices; they get the same letters each time. */
  readonly write: (e: Expr, indices: readonly Index[]) => Formula
  /** The derivative of the loss by the entry of a node. */
  readonly partial: (of: Sym, by: Sym) => Formula
}

const letters = ['i', 'j', 'k', 'l', 'p', 'q', 'r', 'u', 'v']

/** Letters for the free indices of a line: what they wish for, else i, j, k. */
function lettersOf(indices: readonly Index[], taken: ReadonlySet<string>): ReadonlyMap<Index, string> {
  const found = new Map<Index, string>()
  for (const i of indices) {
    if (i.sample) continue
    const used = (l: string): boolean => taken.has(l) || [...found.values()].includes(l)
    found.set(i, i.name !== '' && !used(i.name) ? i.name : letters.find(l => !used(l)) ?? `i_${found.size}`)
  }
  return found
}

/** How a network's proofs are written. */
export function writerOf(network: Network, g: Gradients): Writer {
  const nodes = g.overData ? [...network.nodes, g.overData.perSample] : network.nodes
  const nameOf = namesFor(nodes)
  const names = new Set(nodes.map(n => n.name))
  const adjoints = new Map(g.blocks.flatMap(b => (b.left.kind === 'derivative' ? [[adjointEntry(b.left.by, g).tensor.key, b.left.by] as const] : [])))
  const adjointOf = (key: string): Sym | undefined => adjoints.get(key) ?? adjoints.get(key.replace(/\|[\d,]*$/, ''))
  const named = (e: Expr): Expr => {
    if (e.kind !== 'symbol') return mapChildren(e, named)
    const by = adjointOf(e.tensor.key)
    return by ? asDerivative(e, by, g) : e
  }
  const write = (e: Expr, indices: readonly Index[]): Formula => indexForm(named(e), { free: lettersOf(indices, names), nameOf, wholeDataSum: true, used: names })
  return { write, partial: (of, by) => write(derivative(of, by), by.indices) }
}

/** The entry of an adjoint tensor as ∂J/∂z; with all its indices, or those that make a difference. */
function asDerivative(e: Sym, by: Sym, g: Gradients): Expr {
  const own = adjointEntry(by, g).tensor
  const beside = own.axes.length > by.tensor.axes.length && e.tensor.sample
  const [s, ...rest] = e.indices
  const output = g.output.tensor
  const of = e.tensor.sample && output.sample ? entry(output, [s!]) : entry({ ...output, key: `${output.key}|`, axes: [], sample: false })
  const indices = beside ? rest : e.indices
  return derivative(of, entry({ ...by.tensor, key: `${by.tensor.key}|${e.tensor.key}`, axes: beside ? e.tensor.axes.slice(1) : e.tensor.axes, sample: e.tensor.sample && !beside }, indices))
}
