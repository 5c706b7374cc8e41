/** Programs under construction: equal nodes are made once; while building, axes carry the indices of the expression. */
import type { SizeOf } from '../evaluate/dense.ts'
import type { Index } from '../expression/index.ts'
import { MAPS } from './maps.ts'
import type { Argument, MapFunction, Node, NodeKind, NodeOf } from './program.ts'

/** A node, and the index that runs along each of its axes; all different. */
export interface Labelled { readonly node: number; readonly axes: readonly Index[] }

export interface Builder {
  readonly nodes: Node[]
  /** Nodes by content. */
  readonly known: Map<string, number>
  readonly sizeOf: SizeOf
  /** Nodes that are computed in any case: the values of the network's nodes, and adjoints that others read. */
  readonly kept: Set<number>
}

export const newBuilder = (sizeOf: SizeOf): Builder => ({ nodes: [], known: new Map(), kept: new Set(), sizeOf })

const keyOf = (node: Node): string => JSON.stringify(node, (_, v: unknown) => (typeof v === 'number' && !Number.isFinite(v) ? String(v) : v))

/** The number of the node with this content. */
export function nodeOf(b: Builder, node: Node): number {
  const key = keyOf(node)
  const known = b.known.get(key)
  if (known !== undefined) return known
  b.nodes.push(node)
  b.known.set(key, b.nodes.length - 1)
  return b.nodes.length - 1
}

/** The node of a value when it is of this kind. */
export function asKind<K extends NodeKind>(b: Builder, v: { readonly node: number }, kind: K): NodeOf<K> | undefined {
  const node = b.nodes[v.node]!
  return node.kind === kind ? node as NodeOf<K> : undefined
}

export const numberNode = (b: Builder, value: number): Labelled => ({ node: nodeOf(b, { kind: 'number', value, shape: [] }), axes: [] })

/** The number that a value is, when it is one. */
export const numberIn = (b: Builder, v: Labelled): number | undefined => asKind(b, v, 'number')?.value

/** The arguments of a map with their indices, when the value is that map. */
export function argumentsOf(b: Builder, v: Labelled, fn: MapFunction): readonly Labelled[] | undefined {
  const node = asKind(b, v, 'map')
  return node?.fn === fn ? node.args.map(a => labelled(a, v.axes)) : undefined
}

export const labelled = (a: Argument, axes: readonly Index[]): Labelled => ({ node: a.node, axes: a.along.map(k => axes[k]!) })

/** The same value along the same indices, up to the order of the axes. */
export const sameValue = (a: Labelled, b: Labelled): boolean => a.node === b.node && a.axes.every((i, k) => i === b.axes[k])

/** fn of every entry, as it is: the result has the axes of the argument with most, then those of the others. */
export function rawMap(b: Builder, fn: MapFunction, args: readonly Labelled[]): Labelled {
  const { node, axes } = mapNode(b, fn, args)
  return { node: nodeOf(b, node), axes }
}

function mapNode(b: Builder, fn: MapFunction, args: readonly Labelled[]): { readonly node: Node; readonly axes: readonly Index[] } {
  const widest = args.reduce((w, a) => (a.axes.length > w.axes.length ? a : w))
  const axes = [...new Set([...widest.axes, ...args.flatMap(a => a.axes)])]
  return { axes, node: { kind: 'map', fn, shape: axes.map(b.sizeOf), args: args.map(a => ({ node: a.node, along: a.axes.map(i => axes.indexOf(i)) })) } }
}

/** fn of every entry when there is such a node already. */
export function rawKnown(b: Builder, fn: MapFunction, ...args: readonly Labelled[]): Labelled | undefined {
  const { node, axes } = mapNode(b, fn, args)
  const known = b.known.get(keyOf(node))
  return known === undefined ? undefined : { node: known, axes }
}

/** fn of numbers, folded. */
export function foldedNumbers(b: Builder, fn: MapFunction, args: readonly Labelled[]): Labelled | undefined {
  const numbers = args.map(a => numberIn(b, a))
  if (numbers.some(x => x === undefined)) return undefined
  return numberNode(b, MAPS[fn].value(...numbers as number[]))
}
