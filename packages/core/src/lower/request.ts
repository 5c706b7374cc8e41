/** From a network and a request to a tensor program: values of nodes, gradients of the loss, a training step. */
import { adjointEntry, type Gradients, gradients, overAllSamples, withAdjointTensors } from '../calculus/index.ts'
import { ancestors } from '../calculus/graph.ts'
import { sizesAt, sizeNumber } from '../evaluate/point.ts'
import type { Expr, Index } from '../expression/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { sizeSymbols } from '../shape/index.ts'
import { afresh } from './afresh.ts'
import { newBuilder, type Labelled, nodeOf } from './builder.ts'
import { cancels } from './cancels.ts'
import { lowerExpression } from './expression.ts'
import type { Lowering } from './lowering.ts'
import { noLoss, noNumber, noSuchNode, symbolicDepth } from './messages.ts'
import type { Output, Program } from './program.ts'
import { tidied } from './tidy.ts'

export interface Sizes {
  /** The number of samples in a batch. */
  readonly samples: number
  /** Numbers for dims, in place of the defaults of the text. */
  readonly dims?: Readonly<Record<string, number>>
  /** Names of one-hot inputs and targets that are fed as class numbers, without the axis of the classes. */
  readonly classes?: readonly string[]
}

/** A lowering of one network at given sizes, and what it has as outputs so far. */
export interface Work { readonly network: Network; readonly l: Lowering; readonly outputs: Output[]; readonly names: Record<number, string> }

/** Nothing lowered yet. Throws a ChainError when a size has no number. */
export function begin(network: Network, sizes: Sizes): Work {
  if (network.depth) throw symbolicDepth()
  const numbers = new Map<string, number>()
  for (const [name, n] of network.dims) if (n !== undefined) numbers.set(name, n)
  for (const [name, n] of Object.entries(sizes.dims ?? {})) numbers.set(name, n)
  for (const name of sizeSymbols(network.samples)) numbers.set(name, sizes.samples)
  const open = [...new Set(network.nodes.flatMap(n => n.tensor.axes.flatMap(a => [...sizeSymbols(a)])))].filter(n => !numbers.has(n))
  if (open.length > 0) throw noNumber(open)
  const b = newBuilder(sizesAt(numbers))
  const l: Lowering = { b, numberOf: s => sizeNumber(s, numbers), tensors: new Map(), memo: new Map(), lower: e => lowerExpression(l, e) }
  for (const n of network.nodes) if (!n.definition) l.tensors.set(n.tensor.key, { indices: n.indices, value: leaf(l, n, sizes.classes ?? []) })
  return { network, l, outputs: [], names: {} }
}

function leaf(l: Lowering, n: NetworkNode, classes: readonly string[]): Labelled {
  const shape = n.indices.map(l.b.sizeOf)
  return { node: nodeOf(l.b, { kind: classes.includes(n.name) ? 'one-hot' : 'input', name: n.name, sample: n.tensor.sample, shape }), axes: n.indices }
}

/** The node of this name. Throws a ChainError when there is none. */
export function nodeNamed(network: Network, name: string): NetworkNode {
  const found = network.byName.get(name)
  if (!found) throw noSuchNode(name, network.nodes.filter(n => !n.inner).map(n => n.name))
  return found
}

/** Lowers the definitions that a node needs, in order. */
export function lowerNode({ l, names }: Work, nodes: readonly NetworkNode[], of: NetworkNode): Labelled {
  const needed = ancestors(nodes, of)
  for (const n of nodes) {
    if (!n.definition || !needed.has(n.tensor.key) || l.tensors.has(n.tensor.key)) continue
    const value = l.lower(n.definition)
    l.b.kept.add(value.node)
    names[value.node] ??= n.name
    l.tensors.set(n.tensor.key, { indices: n.indices, value })
  }
  return l.tensors.get(of.tensor.key)!.value
}

/** Adds a result: the value over the given indices, in that order. */
export function addOutput(w: Work, name: string, value: Labelled, order: readonly Index[]): void {
  w.outputs.push({ name, node: value.node, shape: order.map(w.l.b.sizeOf), axes: order.map(i => value.axes.indexOf(i)) })
}

export const finish = (w: Work): Program => tidied({ nodes: w.l.b.nodes, outputs: w.outputs, names: w.names })

/** The values of some nodes, by default of the last one that the text names. */
export function forwardProgram(network: Network, sizes: Sizes, names: readonly string[] = [lastNode(network).name]): Program {
  return afresh(network, own => {
    const w = begin(own, sizes)
    for (const name of names) {
      const node = nodeNamed(own, name)
      addOutput(w, name, lowerNode(w, own.nodes, node), node.indices)
    }
    return finish(w)
  })
}

const lastNode = (network: Network): NetworkNode => [...network.nodes].reverse().find(n => n.definition && !n.inner)!

export const lossOf = (network: Network): NetworkNode => {
  if (network.loss === undefined) throw noLoss()
  return nodeNamed(network, network.loss)
}

export const parametersOf = (network: Network): NetworkNode[] => network.nodes.filter(n => n.kind === 'param')

/** The derivatives of a node by some leaves as values over the indices of each (the node's sample first, when it has one), from the blocks that a derivation prints. */
export function lowerGradients(w: Work, of: NetworkNode, by: readonly NetworkNode[]): ReadonlyMap<string, { readonly value: Labelled; readonly indices: readonly Index[] }> {
  const { network, l } = w
  const g: Gradients = gradients(network, of, by, cancels)
  const nodes = g.overData ? [...network.nodes.filter(n => n !== of), g.overData.perSample, of] : network.nodes
  lowerNode(w, nodes, of)
  if (g.overData) lowerNode(w, nodes, g.overData.perSample)
  const found = new Map<string, { value: Labelled; indices: readonly Index[] }>()
  const read = (e: Expr): Labelled => l.lower(withAdjointTensors(e, g))
  for (const node of nodes) if (node.definition && needs(g, node)) lowerNode(w, nodes, node)
  for (const block of g.blocks) {
    if (block.left.kind !== 'derivative') continue
    const at = block.left.by
    const own = adjointEntry(at, g)
    const value = read(block.result)
    l.tensors.set(own.tensor.key, { indices: own.indices, value })
    w.names[value.node] ??= gradientName(block.by.name)
    if (!by.includes(block.by)) { l.b.kept.add(value.node); continue }
    const total = g.overData ? overAllSamples(g, at.indices, block.by) : undefined
    found.set(block.by.name, { value: total ? read(total.expr) : l.tensors.get(own.tensor.key)!.value, indices: total ? at.indices : own.indices })
  }
  return found
}

/** Values on the way are read by the adjoints. */
const needs = (g: Gradients, node: NetworkNode): boolean => g.context.graph.byKey.has(node.tensor.key)

/** The loss, named as in the text, and the gradient of it by each parameter (or the given leaves), named `gradient of W`. */
export function gradientProgram(network: Network, sizes: Sizes, by: readonly string[] = parametersOf(network).map(p => p.name)): Program {
  return afresh(network, own => {
    const w = begin(own, sizes)
    const loss = lossOf(own)
    const all = lowerGradients(w, loss, by.map(name => nodeNamed(own, name)))
    addOutput(w, loss.name, w.l.tensors.get(loss.tensor.key)!.value, loss.indices)
    for (const [name, { value, indices }] of all) addOutput(w, gradientName(name), value, indices)
    return finish(w)
  })
}

export const gradientName = (name: string): string => `gradient of ${name}`
