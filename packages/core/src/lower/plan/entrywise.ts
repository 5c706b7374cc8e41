/** Maps, masks, exponentials, maxima and matrix functions, each planned on tensors as they lie. */
import type { NodeOf } from '../program.ts'
import type { Planning } from './context.ts'
import { align, axisLabel, type Held, type Label, renamed, sizeOf, spreadOver } from './held.ts'
import { constant, emit, map, type Planner, reduce, reshape, shapeOf, volume } from './planner.ts'
import { trailing } from './product.ts'
import type { Primitive } from './primitive.ts'
import { positionsOf } from './read.ts'

/** The largest argument stays as it lies, the others are turned towards it. */
export function planMap(x: Planning, n: NodeOf<'map'>, k: number): Held {
  const { p, held, wish } = x
  const fused = added(x, n)
  if (fused) return fused
  const args = n.args.map(a => renamed(held[a.node]!, l => axisLabel(a.along[Number(l.slice(1))]!)))
  const size = (h: Held): number => volume(shapeOf(p, h.id))
  const wished = wish[k]?.map(axisLabel)
  const rank = (h: Held): number => size(h) + (wished && h.labels.every((l, j) => l === wished[j]) ? 0.5 : 0)
  const lead = args.reduce((a, b) => (rank(b) > rank(a) ? b : a))
  const missing = [...new Set(args.flatMap(h => h.labels))].filter(l => !lead.labels.includes(l))
  const order = [...lead.labels, ...missing]
  const ids = args.map(h => trailing(p, h, order))
  // entries of products are finite, or nothing is; zero times them is zero, and faster than a choice
  if (n.fn === 'gate' && PRODUCTS.has(sourceOf(p, ids[1]!).op)) return { id: map(p, 'mul', map(p, 'step', ids[0]!), ids[1]!), labels: order }
  return { id: map(p, n.fn, ...ids), labels: order }
}

const PRODUCTS: ReadonlySet<Primitive['op']> = new Set(['gemm', 'matmul', 'conv', 'conv-transpose'])

/** The operation whose entries these are, in whatever order. */
function sourceOf(p: Planner, id: number): Primitive {
  const node = p.nodes[id]!
  return node.op === 'reshape' || node.op === 'transpose' ? sourceOf(p, node.args[0]!) : node
}

/** A convolution with one number for each filter added. */
function withBias(p: Planner, h: Held, conv: number, other: Held): Held | undefined {
  const node = p.nodes[conv]!
  const [label] = other.labels
  const at = label === undefined ? -1 : h.labels.indexOf(label)
  const shape = shapeOf(p, h.id)
  if (node.args.length > 2 || other.labels.length !== 1 || at < 0 || shape[at] !== node.shape[1] || volume(shape.slice(0, at)) !== node.shape[0]) return undefined
  return { id: reshape(p, emit(p, { ...node, args: [...node.args, other.id] }), shape), labels: h.labels }
}

/** C + alpha A B as one operation, where the product is read by nothing else. */
function added({ p, held, program, uses }: Planning, n: NodeOf<'map'>): Held | undefined {
  if (n.fn !== 'add' && n.fn !== 'sub') return undefined
  for (const one of n.fn === 'sub' ? [1] : [0, 1]) {
    const [product, addend] = [n.args[one]!, n.args[1 - one]!]
    if (uses[product.node] !== 1 || program.nodes[product.node]!.kind !== 'contract' || product.node === addend.node) continue
    const h = renamed(held[product.node]!, l => axisLabel(product.along[Number(l.slice(1))]!))
    const inner = p.nodes[h.id]!.op === 'reshape' ? p.nodes[h.id]!.args[0]! : h.id
    const node = p.nodes[inner]!
    const other = renamed(held[addend.node]!, l => axisLabel(addend.along[Number(l.slice(1))]!))
    const biased = node.op === 'conv' && n.fn === 'add' ? withBias(p, h, inner, other) : undefined
    if (biased) return biased
    if (node.op !== 'gemm' || node.args.length > 2 || other.labels.some(l => !h.labels.includes(l))) continue
    const c = trailing(p, other, h.labels)
    const shape = shapeOf(p, c)
    const n1 = volume(shape)
    const full = shapeOf(p, h.id)
    const tail = full.slice(full.length - shape.length)
    if (shape.some((s, j) => s !== tail[j])) continue
    const matrix = n1 === volume(full) ? node.shape : n1 === node.shape[1] ? [n1] : undefined
    if (!matrix) continue
    const made = emit(p, { ...node, args: [...node.args, reshape(p, c, matrix)], alpha: n.fn === 'sub' ? -node.alpha : node.alpha })
    return { id: reshape(p, made, full), labels: h.labels }
  }
  return undefined
}

export function planMask({ p }: Planning, n: NodeOf<'mask'>): Held {
  const data = positionsOf(n.shape).map(x => {
    const value = x.reduce((s, v, k) => s + v * n.coefficients[k]!, n.constant)
    return (n.relation === 'eq' ? value === 0 : value <= 0) ? 1 : 0
  })
  return { id: constant(p, n.shape, data), labels: n.shape.map((_, k) => axisLabel(k)) }
}

/** Masked entries are taken for very negative ones, the others as they are. */
function masked(p: Planner, h: Held, mask: Held | undefined): Held {
  if (!mask) return h
  const hidden = emit(p, { op: 'less', shape: shapeOf(p, mask.id), type: 'bool', args: [mask.id, constant(p, [], [0.5])] })
  const at = trailing(p, { id: hidden, labels: mask.labels }, h.labels)
  return { id: emit(p, { op: 'where', shape: shapeOf(p, h.id), type: 'float', args: [at, constant(p, [], [-1e30]), h.id] }), labels: h.labels }
}

/** softmax, log-softmax, log-sum-exp along some axes, which are brought to the end as one. */
export function planExponentials({ p, held }: Planning, n: NodeOf<'softmax' | 'log-softmax' | 'logsumexp'>): Held {
  const given = held[n.arg]!
  const own = n.mask && renamed(held[n.mask.node]!, l => axisLabel(n.mask!.along[Number(l.slice(1))]!))
  const all = [...given.labels, ...(own?.labels.filter(l => !given.labels.includes(l)) ?? [])]
  const full = all.length === given.labels.length ? given : { id: spreadOver(p, given, all, l => sizeOf(p, given.labels.includes(l) ? given : own!, l)), labels: all }
  const h = masked(p, full, own)
  const along = n.axes.map(axisLabel).filter(l => h.labels.includes(l))
  if (n.kind === 'logsumexp') {
    const to = (l: Label): Label => axisLabel(Number(l.slice(1)) - n.axes.filter(a => a < Number(l.slice(1))).length)
    return { id: reduce(p, h.id, 'logsumexp', along.map(l => h.labels.indexOf(l))), labels: h.labels.filter(l => !along.includes(l)).map(to) }
  }
  const op = n.kind
  const run = (id: number, axis: number): number => emit(p, { op, shape: shapeOf(p, id), type: 'float', args: [id], axis })
  if (along.length === 1) return { id: run(h.id, h.labels.indexOf(along[0]!)), labels: h.labels }
  const order = [...h.labels.filter(l => !along.includes(l)), ...along]
  const a = align(p, h, order)
  const shape = shapeOf(p, a.id)
  const flat = reshape(p, a.id, [...shape.slice(0, order.length - along.length), volume(shape.slice(order.length - along.length))])
  return { id: reshape(p, run(flat, shapeOf(p, flat).length - 1), shape), labels: order }
}

