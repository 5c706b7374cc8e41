/** The layers of a network as rows: top-level calls and equations, with what is inside a call below it. */
import { addS, size, type Size } from '../../shape/index.ts'
import type { LayerCall, Network } from '../types.ts'
import type { NetworkCounts, NodeCount } from './count.ts'
import { entriesOf } from './graph.ts'
import { addCost, type Cost, nothing } from './merge.ts'

/** Weights, biases and work of a layer with everything inside it; a shared tensor belongs to the row that uses it first. */
export interface CountTotal extends Cost { readonly weights: Size; readonly biases: Size }

export interface CountedLayer extends CountTotal {
  readonly name: string
  /** The operation or block called; `equation` for an equation of the text. */
  readonly operation: string
  readonly call: LayerCall | undefined
  /** The node that is the layer's output. */
  readonly output: NodeCount | undefined
  readonly children: readonly CountedLayer[]
}

interface Row {
  readonly name: string
  readonly operation: string
  readonly call: LayerCall | undefined
  readonly output: string
  readonly nodes: NodeCount[]
  readonly parameters: string[]
  readonly children: Row[]
}

/** The rows of the text, in order of computation. Parameters that no row uses make a row `not used`. */
export function layerTree(network: Network, counts: NetworkCounts): readonly CountedLayer[] {
  const roots: Row[] = []
  const rows = new Map<string, Row>()
  const rowOf = (call: LayerCall): Row => {
    const known = rows.get(call.name)
    if (known) return known
    const made = newRow(call.name, call.operation, call.output, call)
    rows.set(call.name, made)
    ;(call.parent ? rowOf(call.parent).children : roots).push(made)
    return made
  }
  const owner = new Map<string, Row>()
  let pending: NodeCount[] = []
  for (const count of counts.nodes) {
    const { node } = count
    if (!node.layer && node.inner) { pending.push(count); continue }
    const row = node.layer ? rowOf(node.layer) : newRow(node.name, 'equation', node.name)
    if (!node.layer) roots.push(row)
    for (const c of [...pending, count]) { row.nodes.push(c); claim(c, row, counts, owner) }
    pending = []
  }
  if (pending.length > 0) roots.push({ ...newRow('rest', 'equation', pending.at(-1)!.node.name), nodes: pending })
  const idle = [...counts.parameters.keys()].filter(key => !owner.has(key))
  if (idle.length > 0) roots.push({ ...newRow('not used', 'parameters', ''), parameters: idle })
  return roots.map(r => finish(r, counts))
}

const newRow = (name: string, operation: string, output: string, call?: LayerCall): Row => ({ name, operation, call, output, nodes: [], parameters: [], children: [] })

/** Gives the parameters that a node reads to its row, unless an earlier row has them. */
function claim({ node }: NodeCount, row: Row, counts: NetworkCounts, owner: Map<string, Row>): void {
  for (const { tensor } of entriesOf(node.definition!)) {
    if (!counts.parameters.has(tensor.key) || owner.has(tensor.key)) continue
    owner.set(tensor.key, row)
    row.parameters.push(tensor.key)
  }
}

function finish(row: Row, counts: NetworkCounts): CountedLayer {
  const children = row.children.map(c => finish(c, counts))
  const own = row.nodes.reduce<Cost>(addCost, nothing)
  const total = totalOf([{ ...own, ...rolesOf(row.parameters, counts) }, ...children])
  const output = counts.byName.get(row.output) ?? row.nodes.at(-1)
  return { name: row.name, operation: row.operation, call: row.call, output, children, ...total }
}

function rolesOf(keys: readonly string[], counts: NetworkCounts): { readonly weights: Size; readonly biases: Size } {
  let weights = size(0)
  let biases = size(0)
  for (const key of keys) {
    const { role, count } = counts.parameters.get(key)!
    if (role === 'bias') biases = addS(biases, count)
    else weights = addS(weights, count)
  }
  return { weights, biases }
}

/** The sum of several counts. */
export const totalOf = (parts: Iterable<CountTotal>): CountTotal => {
  let total: CountTotal = { ...nothing, weights: size(0), biases: size(0) }
  for (const p of parts) total = { ...addCost(total, p), weights: addS(total.weights, p.weights), biases: addS(total.biases, p.biases) }
  return total
}

/** The layers that contain no other, and equations: what stays in memory for the backward pass. */
export const leaves = (layers: readonly CountedLayer[]): readonly CountedLayer[] =>
  layers.flatMap(l => (l.children.length > 0 ? leaves(l.children) : [l]))

