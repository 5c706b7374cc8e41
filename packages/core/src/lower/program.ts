/**
 * A tensor program: nodes with shapes that are numbers, each computed from earlier ones. It is pure data.
 * What is linear is a contraction over loops whose operands are read, and whose result is written, at affine places,
 * so that products, windows, reshapes, slices, pads and diagonals are one kind of node. How each is computed is planned later.
 */
import type { Kernel } from '../expression/index.ts'

/** A place along an axis: sum of coefficient * loop + constant, counted from 0. Loops are given by number, in rising order. */
export interface Place { readonly terms: readonly (readonly [loop: number, coefficient: number])[]; readonly constant: number }

/** A node read at places, one for each of its axes. Outside its axes it is 0 (in a maximum: left out). */
export interface Operand { readonly node: number; readonly at: readonly Place[] }

/** Functions of entries. `gate(x, y)` is y where x > 0, else 0. */
export type MapFunction = Exclude<Kernel, 'inverse' | 'det'> | 'add' | 'sub' | 'mul' | 'div' | 'neg' | 'pow' | 'reciprocal' | 'square' | 'gate'

/** An argument of a map: axis k of the node runs along axis `along[k]` of the result; it is the same along the others. */
export interface Argument { readonly node: number; readonly along: readonly number[] }

/** A maximum over the loops from number `outer` on, of an operand, where every mask is not 0. */
export interface Extreme { readonly loops: readonly number[]; readonly outer: number; readonly operand: Operand; readonly masks: readonly Operand[] }

export type Node = { readonly shape: readonly number[] } & (
  /** With `sample`, the first axis runs over the data. */
  | { readonly kind: 'input'; readonly name: string; readonly sample: boolean }
  /** The class numbers of a tensor of one-hot rows: an input without the last axis, taken as rows. */
  | { readonly kind: 'one-hot'; readonly name: string; readonly sample: boolean }
  | { readonly kind: 'number'; readonly value: number }
  /** 1 where sum of coefficient * position + constant = 0 (or <= 0), else 0. */
  | { readonly kind: 'mask'; readonly relation: 'eq' | 'le'; readonly coefficients: readonly number[]; readonly constant: number }
  | { readonly kind: 'map'; readonly fn: MapFunction; readonly args: readonly Argument[] }
  /** result[out] += coefficient * product of the operands, over all loops; what falls outside is dropped. One or two operands. */
  | { readonly kind: 'contract'; readonly loops: readonly number[]; readonly operands: readonly Operand[]; readonly out: readonly Place[]; readonly coefficient: number }
  | { readonly kind: 'max'; readonly over: Extreme }
  /** 1 at the loops of the first greatest entry, else 0: the axes are all loops. */
  | { readonly kind: 'winner'; readonly over: Extreme }
  /** Along the axes, those from `axes` on; entries whose mask is 0 are left out (0 for softmax). */
  | { readonly kind: 'softmax' | 'log-softmax' | 'logsumexp'; readonly arg: number; readonly axes: readonly number[]; readonly mask?: Argument }
  /** Of the last two axes. */
  | { readonly kind: 'inverse' | 'det'; readonly arg: number }
)
export type NodeKind = Node['kind']
export type NodeOf<K extends NodeKind> = Node extends infer N ? (N extends { kind: infer J } ? (K extends J ? N : never) : never) : never

/** A result: axis k is axis `axes[k]` of the node, or the same all along where that is -1. */
export interface Output { readonly name: string; readonly node: number; readonly shape: readonly number[]; readonly axes: readonly number[] }

export interface Program {
  readonly nodes: readonly Node[]
  readonly outputs: readonly Output[]
  /** What some nodes are called, by number: names of the network's nodes, `gradient of h`. */
  readonly names?: Readonly<Record<number, string>>
}

/** What a program reads; `classes` is set for class numbers, whose shape has no axis for the classes. */
export interface ProgramInput { readonly name: string; readonly shape: readonly number[]; readonly classes?: number }

export const inputsOf = (p: Program): ProgramInput[] =>
  p.nodes.flatMap(n => (n.kind === 'input' ? [{ name: n.name, shape: n.shape }]
    : n.kind === 'one-hot' ? [{ name: n.name, shape: n.shape.slice(0, -1), classes: n.shape.at(-1)! }] : []))

/** The nodes that a node reads. */
export function readsOf(n: Node): readonly number[] {
  switch (n.kind) {
    case 'input': case 'one-hot': case 'number': case 'mask': return []
    case 'map': return n.args.map(a => a.node)
    case 'contract': return n.operands.map(o => o.node)
    case 'max': case 'winner': return [n.over.operand, ...n.over.masks].map(o => o.node)
    case 'softmax': case 'log-softmax': case 'logsumexp': return n.mask ? [n.arg, n.mask.node] : [n.arg]
    case 'inverse': case 'det': return [n.arg]
  }
}

/** The node with the nodes that it reads renumbered. */
export function renumbered(n: Node, to: (node: number) => number): Node {
  const operand = (o: Operand): Operand => ({ ...o, node: to(o.node) })
  switch (n.kind) {
    case 'input': case 'one-hot': case 'number': case 'mask': return n
    case 'map': return { ...n, args: n.args.map(a => ({ ...a, node: to(a.node) })) }
    case 'contract': return { ...n, operands: n.operands.map(operand) }
    case 'max': case 'winner': return { ...n, over: { ...n.over, operand: operand(n.over.operand), masks: n.over.masks.map(operand) } }
    case 'softmax': case 'log-softmax': case 'logsumexp': return { ...n, arg: to(n.arg), ...(n.mask && { mask: { ...n.mask, node: to(n.mask.node) } }) }
    case 'inverse': case 'det': return { ...n, arg: to(n.arg) }
  }
}

/** Only what the outputs need, in order. */
export function withoutDead(p: Program): Program {
  const alive = new Set<number>()
  const stack = p.outputs.map(o => o.node)
  while (stack.length > 0) {
    const n = stack.pop()!
    if (alive.has(n)) continue
    alive.add(n)
    stack.push(...readsOf(p.nodes[n]!))
  }
  const order = [...alive].sort((a, b) => a - b)
  const place = new Map(order.map((n, k) => [n, k]))
  return {
    nodes: order.map(n => renumbered(p.nodes[n]!, m => place.get(m)!)),
    outputs: p.outputs.map(o => ({ ...o, node: place.get(o.node)! })),
    ...(p.names && { names: renamed(p.names, n => place.get(n)) }),
  }
}

/** Names under new numbers; those of nodes that are gone go too. */
export const renamed = (names: Readonly<Record<number, string>>, to: (n: number) => number | undefined): Record<number, string> =>
  Object.fromEntries(Object.entries(names).flatMap(([n, name]) => { const k = to(Number(n)); return k === undefined ? [] : [[k, name]] }))

/** How often every node is read. */
export function useCounts(program: Program): number[] {
  const counts = program.nodes.map(() => 0)
  for (const n of program.nodes) for (const r of readsOf(n)) counts[r]!++
  for (const o of program.outputs) counts[o.node]!++
  return counts
}
