/** The right sides of notation lines: counts, sizes, derivatives, functions, expressions of the network. */
import { contract, derivative, entry, freshIndex, sizeValue, substitute } from '../../expression/index.ts'
import { countNetwork, layerTree, type CountedLayer } from '../../network/counts/index.ts'
import { countPaths } from '../../calculus/paths.ts'
import { graphBetween } from '../../calculus/graph.ts'
import type { Network, NetworkNode } from '../../network/types.ts'
import { findOperation } from '../../operations/index.ts'
import { addS, size, type Size } from '../../shape/index.ts'
import { noteKept } from '../kept.ts'
import type { Captures } from '../scene.ts'
import type { Env } from '../meaning/env.ts'
import { type Content, type Meaning, scalar, tensor } from '../meaning/meaning.ts'
import { type Gathered, slotIndex } from '../meaning/slots.ts'
import { at } from '../meaning/meaning.ts'
import { ReadingProblem } from '../meaning/run.ts'
import { splitTop } from './notation.ts'

/** What a right side is. Names may hold the label letters of the left side: `z^[l]`. */
export type Quantity =
  | { readonly kind: 'count'; readonly what: string; readonly args: readonly string[] }
  | { readonly kind: 'derivative'; readonly of: string; readonly by: string }
  | { readonly kind: 'function'; readonly name: string }
  /** A node by its name, so that it can be differentiated by. */
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'expression'; readonly text: string }

const COUNTS = ['weights', 'parameters', 'biases', 'kernels', 'macs', 'width', 'height', 'channels', 'size', 'shape', 'factors'] as const

/** Reads a right side; what a name stands for is looked up later, in a network. */
export function quantityOf(text: string, network: Pick<Network, 'functions' | 'byName'>): Quantity {
  const { functions } = network
  if (network.byName.has(text) || /^\w+\^(\([A-Za-z]\)|\[[A-Za-z]\])$/.test(text)) return functions.includes(text) ? { kind: 'function', name: text } : { kind: 'node', name: text }
  const count = /^(\w+)\((.*)\)$/s.exec(text)
  if (count && (COUNTS as readonly string[]).includes(count[1]!)) return { kind: 'count', what: count[1]!, args: splitTop(count[2]!) }
  const partial = /^[d∂]\s*(\S+?)\s*\/\s*[d∂]\s*(\S+)$/.exec(text)
  if (partial) return { kind: 'derivative', of: partial[1]!, by: partial[2]! }
  if (functions.includes(text) || (findOperation(text) && /^\w+$/.test(text))) return { kind: 'function', name: text }
  return { kind: 'expression', text }
}

const counted = new WeakMap<Network, Map<string, Content | string>>()

/** The value of a count or size; a problem in words where it has none. Counted once for each network. */
export function countOf(what: string, args: readonly string[], network: Network): Content | string {
  const memo = counted.get(network) ?? new Map<string, Content | string>()
  counted.set(network, memo)
  const key = `${what}(${args.join(',')})`
  let value = memo.get(key)
  if (value === undefined) {
    noteKept()
    memo.set(key, value = newCount(what, args, network))
  }
  return value
}

function newCount(what: string, args: readonly string[], network: Network): Content | string {
  const batch = args.find(a => /^batch\s*=/.test(a))?.split('=')[1]?.trim()
  const [name, axis] = args.filter(a => !/^batch\s*=/.test(a))
  if (name === undefined) return 'it names nothing'
  switch (what) {
    case 'weights': case 'parameters': case 'biases': case 'kernels': case 'macs': {
      const total = totalOf(name, network)
      if (typeof total === 'string') return total
      return scalar(sizeValue(what === 'biases' ? total.biases : what === 'kernels' ? total.weights : what === 'macs' ? total.macs : addS(total.weights, total.biases)))
    }
    case 'factors': return factorsBetween(name, axis ?? '', network)
    default: {
      const axes = axesOfNode(name, network)
      if (!axes) return `there is no ${name}`
      return sizeOfNode(what, axes, axis, batch)
    }
  }
}

function sizeOfNode(what: string, axes: readonly Size[], axis: string | undefined, batch: string | undefined): Content | string {
  const value = (s: Size | undefined): Content | string => (s ? scalar(sizeValue(s)) : 'it has no such axis')
  switch (what) {
    case 'width': return value(axes.at(-1))
    case 'height': return value(axes.at(-2))
    case 'channels': return value(axes.length > 2 ? axes[0] : undefined)
    case 'size': {
      if (axis !== undefined) return value(axes[Number(axis) - 1])
      const spatial = axes.length > 2 ? axes.slice(1) : axes
      return spatial.length === 1 ? value(spatial[0]) : tuple(spatial)
    }
    default: return tuple(batch === undefined ? axes : [size(Number(batch)), ...axes])
  }
}

const tuple = (sizes: readonly Size[]): Content => ({ kind: 'tuple', items: sizes.map(s => scalar(sizeValue(s))) })

function axesOfNode(name: string, network: Network): readonly Size[] | undefined {
  const node = network.byName.get(name)
  return node?.tensor.axes.slice(node.tensor.sample ? 1 : 0)
}

interface Total { readonly weights: Size; readonly biases: Size; readonly macs: Size }

function totalOf(name: string, network: Network): Total | string {
  const counts = countNetwork(network)
  const rows = layerTree(network, counts)
  if (name === 'net' && !network.byName.has('net')) return rows.reduce<Total>((a, b) => ({ weights: addS(a.weights, b.weights), biases: addS(a.biases, b.biases), macs: addS(a.macs, b.macs) }), { weights: size(0), biases: size(0), macs: size(0) })
  const find = (list: readonly CountedLayer[]): CountedLayer | undefined => {
    for (const r of list) {
      const found = r.name === name ? r : find(r.children)
      if (found) return found
    }
    return undefined
  }
  const row = find(rows)
  if (row) return row
  const param = [...counts.parameters.values()].find(p => p.node.name === name)
  if (!param) return `there is no layer ${name}`
  return { weights: param.role === 'weight' ? param.count : size(0), biases: param.role === 'bias' ? param.count : size(0), macs: size(0) }
}

/** The number of factors of the derivative along a path from one node to another: its edges. */
function factorsBetween(from: string, to: string, network: Network): Content | string {
  const [a, b] = [network.byName.get(from), network.byName.get(to)]
  if (!a || !b) return `there is no ${a ? to : from}`
  const graph = graphBetween(network.nodes, b, b.indices, [a])
  if (countPaths(graph, a) !== 1n) return 'there is not exactly one path'
  return scalar(sizeValue(size(graph.nodes.length)))
}

/** ∂ of / ∂ by as the page means it, in the layout of the scene. */
export function derivativeContent(of: NetworkNode, by: NetworkNode, env: Env): Meaning {
  const numerator = of.indices.map((i, k) => (of.tensor.sample && k === 0 ? env.sample : freshIndex('', i.size)))
  const denominator = by.indices.map((i, k) => (by.tensor.sample && k === 0 ? env.sample : freshIndex('', i.size)))
  const [a, b] = [numerator.filter(i => i !== env.sample), denominator.filter(i => i !== env.sample)]
  const expr = derivative(entry(of.tensor, numerator), entry(by.tensor, denominator))
  if (a.length === 0) return tensor(expr, b, b.length === 1 && env.scene.layout === 'jacobian')
  if (b.length === 0) return tensor(expr, a)
  return env.scene.layout === 'gradient' && a.length === 1 && b.length === 1 ? tensor(expr, [...b, ...a]) : { ...tensor(expr, [...a, ...b]), split: a.length }
}

/** A node as it stands, at the current sample. */
export function nodeContent(node: NetworkNode, env: Env): Meaning {
  const axes = node.indices.slice(node.tensor.sample ? 1 : 0).map(i => freshIndex('', i.size))
  return tensor(entry(node.tensor, node.tensor.sample ? [env.sample, ...axes] : axes), axes)
}

/** A definition over letters, at what the page wrote in their places. */
export function expressionContent(node: NetworkNode, letters: readonly string[], captures: Captures, env: Env): Meaning {
  const own = node.tensor.sample ? 1 : 0
  const axes = node.indices.slice(own).map(i => freshIndex('', i.size))
  const map = new Map(node.indices.map((i, k) => [i, own && k === 0 ? env.sample : axes[k - own]!]))
  const whole = tensor(substitute(node.definition!, map), axes)
  if (letters.length === 0) return whole
  const gathered: Gathered = { bound: [], factors: [] }
  const indices = letters.map((l, k) => {
    const tree = captures.trees.get(l)
    if (!tree) throw new ReadingProblem('form', `${l} stands for nothing here.`, { start: 0, end: 0 })
    return slotIndex(tree, axes[k]!.size, gathered, env)
  })
  return scalar(contract(gathered.bound, [...gathered.factors, at(whole, indices)]))
}

