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
  if (windows.length === 2) {
    const [w] = windows as [typeof windows[0]]
    const axis = h.labels.indexOf(axisLabel(w.axis))
    const [places, taps] = [s.n.loops[w.place]!, s.n.loops[w.entry]!]
    const table = positionsOf([taps, places]).map(([u, i]) => u! * w.dilation + i! * w.stride)
    h = { id: gather(p, h.id, axis, table, [taps, places]), labels: [...h.labels.slice(0, axis), loopLabel(w.entry), loopLabel(w.place), ...h.labels.slice(axis + 1)] }
  }
  return contracted(p, [h, s.read(s.f.places!, false)], request(s))
}

/** One product for each entry of the kernel. */
export function byTaps(s: Scene): Held | undefined {
  const { p } = s.x
  const sizes = s.f.windows.map(w => s.n.loops[w.entry]!)
  const map = padded(s)
  const g = s.read(s.f.places!, false)
  const parts = positionsOf(sizes).map(x => contracted(p, [x.reduce((h, e, axis) => atEntry(p, h, s, axis, e), map), g], request(s)))
  const order = parts[0]!.labels
  const shape = shapeOf(p, parts[0]!.id)
  const all = concat(p, parts.map(q => reshape(p, align(p, q, order).id, [...shape, 1])), shape.length)
  return { id: reshape(p, all, [...shape, ...sizes]), labels: [...order, ...s.f.windows.map(w => loopLabel(w.entry))] }
}
