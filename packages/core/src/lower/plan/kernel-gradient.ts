/** The gradient by a kernel: a product of the places' gradient with the patches of the map, whole or one entry of the kernel at a time. */
import type { Scene } from './scene.ts'
import { align, axisLabel, type Held, type Label, loopLabel } from './held.ts'
import { concat, gather, pad, type Planner, reshape, shapeOf, slice } from './planner.ts'
import { contracted } from './product.ts'
import { positionsOf } from './read.ts'

const labels = (loops: readonly number[]): Label[] => loops.map(loopLabel)

/** The map with zeros around, [channels, rows, columns, samples], so that runs are long. */
function padded(s: Scene): Held {
  const { p } = s.x
  const h = s.read(s.f.map!, true)
  const spatial = s.f.windows.map(w => axisLabel(w.axis))
  const batch = h.labels.filter(l => labels(s.f.batch).includes(l))
  const a = align(p, h, [...labels(s.f.groups), ...labels(s.f.channels), ...spatial, ...batch])
  const around = a.labels.map(l => {
    const w = s.f.windows.find(v => axisLabel(v.axis) === l)
    if (!w) return [0, 0] as const
    const reach = (s.n.loops[w.place]! - 1) * w.stride + w.dilation * (s.n.loops[w.entry]! - 1) + 1
    return [w.before, reach - w.size - w.before] as const
  })
  const shape = shapeOf(p, a.id)
  const cut = slice(p, a.id, around.map(m => Math.max(0, -m[0])), shape.map((n, k) => n - Math.max(0, -around[k]![1])))
  return { id: pad(p, cut, around.map(m => Math.max(0, m[0])), around.map(m => Math.max(0, m[1]))), labels: a.labels }
}

/** The axis read at one entry of the kernel: places along it. */
function atEntry(p: Planner, h: Held, s: Scene, axis: number, entry: number): Held {
  const w = s.f.windows[axis]!
  const k = h.labels.indexOf(axisLabel(w.axis))
  const shape = shapeOf(p, h.id)
  const start = entry * w.dilation
  const id = slice(p, h.id, shape.map((_, j) => (j === k ? start : 0)), shape.map((n, j) => (j === k ? start + (s.n.loops[w.place]! - 1) * w.stride + 1 : n)), shape.map((_, j) => (j === k ? w.stride : 1)))
  return { id, labels: h.labels.map((l, j) => (j === k ? loopLabel(w.place) : l)) }
}

/** The axis read at all entries of the kernel: entries, then places along it. */
function atAllEntries(p: Planner, h: Held, s: Scene, axis: number): Held {
  const w = s.f.windows[axis]!
  const k = h.labels.indexOf(axisLabel(w.axis))
  const shape = [s.n.loops[w.entry]!, s.n.loops[w.place]!]
  const table = positionsOf(shape).map(([u, i]) => u! * w.dilation + i! * w.stride)
  return { id: gather(p, h.id, k, table, shape), labels: [...h.labels.slice(0, k), loopLabel(w.entry), loopLabel(w.place), ...h.labels.slice(k + 1)] }
}

const request = (s: Scene): Parameters<typeof contracted>[2] => ({
  keep: new Set(s.n.out.flatMap(q => q.terms.map(([l]) => loopLabel(l)))), coefficient: 1, sample: undefined, wish: undefined,
})

/** One product with all patches: those along the last axis side by side, then those along the first by rows, which are long. */
export function byPatches(s: Scene): Held | undefined {
  const { p } = s.x
  const { windows } = s.f
  const last = windows.length - 1
  let h = padded(s)
  const entries = s.n.loops[windows[last]!.entry]!
  const k = h.labels.indexOf(axisLabel(windows[0]!.axis))
  const columns = Array.from({ length: entries }, (_, e) => {
    const one = atEntry(p, h, s, last, e)
    const shape = shapeOf(p, one.id)
    return { id: reshape(p, one.id, [...shape.slice(0, k), 1, ...shape.slice(k)]), labels: one.labels }
  })
  h = { id: concat(p, columns.map(c => c.id), k), labels: [...columns[0]!.labels.slice(0, k), loopLabel(windows[last]!.entry), ...columns[0]!.labels.slice(k)] }
  if (windows.length === 2) h = atAllEntries(p, h, s, 0)
  return contracted(p, [h, s.read(s.f.places!, false)], request(s))
}

/** One product for each entry of the kernel. */
export function byTaps(s: Scene): Held | undefined {
  const { p } = s.x
  const sizes = s.f.windows.map(w => s.n.loops[w.entry]!)
  const map = padded(s)
  const g = s.read(s.f.places!, false)
  const parts = positionsOf(sizes).map(x => contracted(p, [x.reduce((h, e, axis) => atEntry(p, h, s, axis, e), map), g], request(s)))
  return sideBySide(p, parts, s.f.windows.map(w => loopLabel(w.entry)), sizes)
}

/** Results for the entries of a kernel as one tensor, the entries' axes last. */
function sideBySide(p: Planner, parts: readonly Held[], entries: readonly Label[], sizes: readonly number[]): Held {
  const order = parts[0]!.labels
  const shape = shapeOf(p, parts[0]!.id)
  const all = concat(p, parts.map(q => reshape(p, align(p, q, order).id, [...shape, 1])), shape.length)
  return { id: reshape(p, all, [...shape, ...sizes]), labels: [...order, ...entries] }
}

/**
 * One product for each column of the kernel. All its rows are taken at once, by a gather of long runs; along the last axis
 * not the map is moved, which has them all, but the places' gradient, by zeros before and after it.
 */
export function byColumns(s: Scene): Held | undefined {
  const { p } = s.x
  const { windows } = s.f
  const last = windows.at(-1)!
  if (windows.length > 2 || last.stride > 1) return undefined
  const map = windows.length === 2 ? atAllEntries(p, padded(s), s, 0) : padded(s)
  const g = s.read(s.f.places!, false)
  const [k, entries] = [g.labels.indexOf(loopLabel(last.place)), s.n.loops[last.entry]!]
  const zeros = (n: number): number[] => g.labels.map((_, j) => (j === k ? n : 0))
  const labels = g.labels.map((l, j) => (j === k ? axisLabel(last.axis) : l))
  const parts = Array.from({ length: entries }, (_, e) => {
    const id = pad(p, g.id, zeros(e * last.dilation), zeros((entries - 1 - e) * last.dilation))
    return contracted(p, [map, { id, labels }], request(s))
  })
  return sideBySide(p, parts, [loopLabel(last.entry)], [entries])
}
