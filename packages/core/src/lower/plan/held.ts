/** Planned tensors whose axes have labels, in whatever order they lie. */
import { expand, type Planner, reshape, shapeOf, transpose, volume } from './planner.ts'

/** A label: `l3` for loop 3, `a2` for axis 2 of a node. */
export type Label = string
export interface Held { readonly id: number; readonly labels: readonly Label[] }

export const loopLabel = (loop: number): Label => `l${loop}`
export const axisLabel = (axis: number): Label => `a${axis}`

export const sizeOf = (p: Planner, h: Held, label: Label): number => shapeOf(p, h.id)[h.labels.indexOf(label)]!

/** The tensor with its axes in this order; labels that it lacks get an axis of size 1. */
export function align(p: Planner, h: Held, order: readonly Label[]): Held {
  const have = order.filter(l => h.labels.includes(l))
  const id = transpose(p, h.id, have.map(l => h.labels.indexOf(l)))
  const shape = shapeOf(p, id)
  return { id: reshape(p, id, order.map(l => { const k = have.indexOf(l); return k < 0 ? 1 : shape[k]! })), labels: order }
}

/** One axis for each group of labels, which all must be there. */
export function grouped(p: Planner, h: Held, groups: readonly (readonly Label[])[]): number {
  const a = align(p, h, groups.flat())
  return reshape(p, a.id, groups.map(g => volume(g.map(l => sizeOf(p, h, l)))))
}

/** The axes of a dense tensor taken apart into groups of labels of the given sizes. */
export function ungrouped(p: Planner, id: number, labels: readonly Label[], size: (l: Label) => number): Held {
  return { id: reshape(p, id, labels.map(size)), labels }
}

/** Would bringing the axes into this order move data? */
export function moves(p: Planner, h: Held, order: readonly Label[]): boolean {
  const wide = h.labels.filter(l => sizeOf(p, h, l) > 1)
  const wanted = order.filter(l => h.labels.includes(l) && sizeOf(p, h, l) > 1)
  return wide.some((l, k) => l !== wanted[k])
}

export const renamed = (h: Held, name: (l: Label) => Label): Held => ({ id: h.id, labels: h.labels.map(name) })

/** Entries in a cube of these labels, the same along labels that the tensor lacks. */
export function spreadOver(p: Planner, h: Held, order: readonly Label[], size: (l: Label) => number): number {
  return expand(p, align(p, h, order).id, order.map(size))
}
