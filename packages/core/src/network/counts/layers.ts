/** The layers of a network as rows: top-level calls and equations, with what is inside a call below it. */
import { addS, size, type Size } from '../../shape/index.ts'
import { findOperation } from '../../operations/index.ts'
import type { LayerCall, Network, NetworkNode } from '../types.ts'
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
  const equations = new Map(counts.nodes.filter(({ node }) => isEquation(node)).map(({ node }) => [node.name, node]))
  const place = (row: Row, parent: LayerCall | undefined): Row => {
    rows.set(row.name, row)
    ;(parent ? rowOf(parent).children : roots).push(row)
    return row
  }
  const rowOf = (call: LayerCall): Row => {
    const known = rows.get(call.name)
    if (known) return known
    // what an operation is made of is no row of its own
    if (call.parent && !isBlock(call.parent)) return rowOf(call.parent)
    const made = newRow(call.name, call.operation, call.output, call)
    // c1.conv, a call inside the equation that defines c1, stands below the row c1
    const owner = equations.get(call.name.slice(0, call.name.lastIndexOf('.')))
    if (!owner || owner.layer !== call.parent) return place(made, call.parent)
    equationRow(owner).children.push(made)
    rows.set(made.name, made)
    return made
  }
  const equationRow = (node: NetworkNode): Row => rows.get(node.name) ?? place(newRow(node.name, 'equation', node.name), node.layer)
  const owner = new Map<string, Row>()
  let pending: NodeCount[] = []
  for (const count of counts.nodes) {
    const { node } = count
    if (node.inner && !node.layer) { pending.push(count); continue }
    const row = isEquation(node) ? equationRow(node) : rowOf(node.layer!)
    for (const c of [...pending, count]) { row.nodes.push(c); claim(c, row, counts, owner) }
    pending = []
  }
  if (pending.length > 0) roots.push({ ...newRow('rest', 'equation', pending.at(-1)!.node.name), nodes: pending })
  const idle = [...counts.parameters.keys()].filter(key => !owner.has(key))
  if (idle.length > 0) roots.push({ ...newRow('not used', 'parameters', ''), parameters: idle })
  return roots.map(r => finish(r, counts))
}

/** True for an equation of the text or of a block, false for what an operation or a nested call makes. */
const isEquation = (node: NetworkNode): boolean =>
  !node.display && (node.layer ? isBlock(node.layer) && node.layer.output !== node.name : !node.inner)

/** True for a call of a block of the text, whose lines the reader wrote. */
const isBlock = (call: LayerCall): boolean => findOperation(call.operation) === undefined

/** The nodes whose values a person would list: equations, and the outputs of layers and blocks. */
export const namedOutputs = (counts: NetworkCounts): readonly NodeCount[] => counts.nodes.filter(({ node }) =>
  isEquation(node) || (node.layer?.output === node.name && (!node.layer.parent || isBlock(node.layer.parent))))

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
  const only = row.operation === 'equation' && children.length === 1 ? children[0] : undefined
  // c = relu(conv(x)) is one row
  return { name: row.name, operation: only?.operation ?? row.operation, call: row.call ?? only?.call, output, children: only?.children ?? children, ...total }
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
