/** Convolutions in a layout: images, kernels and results brought into the form that the runtime's convolution takes. */
import type { Scene } from './scene.ts'
import { align, axisLabel, grouped, type Held, type Label, loopLabel, ungrouped } from './held.ts'
import { constant, conv, emit, expand, gather, pad, type Planner, reshape, shapeOf, slice, volume } from './planner.ts'
import type { Windows } from './primitive.ts'
import { positionsOf } from './read.ts'
import type { WindowAxis, WindowPattern } from './window-pattern.ts'

/** How samples and image axes become the axes of a convolution. */
export interface Layout {
  readonly fits: (f: WindowPattern) => boolean
  /** Labels in groups, one for each axis of the image: batch, channels, then spatial ones. */
  readonly groups: (batch: readonly Label[], channels: readonly Label[], spatial: readonly Label[]) => readonly (readonly Label[])[]
  /** Windows along the spatial axes of the layout, from those of the image and the number of samples; entry sizes too. */
  readonly windows: (w: Windows, samples: number) => Windows
  readonly kernel: (sizes: readonly number[]) => readonly number[]
}

const times = (list: readonly number[], m: number): number[] => list.map((v, k) => (k === list.length - 1 ? v * m : v))

export const LAYOUTS: Readonly<Record<'wide' | 'volume' | 'batched', Layout>> = {
  wide: {
    fits: f => f.groups.length === 0 && f.batch.length > 0 && (f.result === 'map' || f.windows.at(-1)!.stride === 1),
    groups: (batch, channels, spatial) => [[], channels, ...spatial.slice(0, -1).map(l => [l]), [spatial.at(-1)!, ...batch]],
    windows: (w, m) => ({ strides: w.strides, dilations: times(w.dilations, m), before: times(w.before, m), after: times(w.after, m) }),
    kernel: sizes => sizes,
  },
  volume: {
    fits: f => f.groups.length === 0 && f.batch.length > 0 && f.windows.length <= 2,
    groups: (batch, channels, spatial) => [[], channels, ...spatial.map(l => [l]), batch],
    windows: w => ({ strides: [...w.strides, 1], dilations: [...w.dilations, 1], before: [...w.before, 0], after: [...w.after, 0] }),
    kernel: sizes => [...sizes, 1],
  },
  batched: {
    fits: () => true,
    groups: (batch, channels, spatial) => [batch, channels, ...spatial.map(l => [l])],
    windows: w => w,
    kernel: sizes => sizes,
  },
}

const labels = (loops: readonly number[]): Label[] => loops.map(loopLabel)
const batchSize = (s: Scene): number => volume(s.f.batch.map(l => s.n.loops[l]!))
const entries = (s: Scene): number[] => s.f.windows.map(w => s.n.loops[w.entry]!)

/** Loops in the order in which the tensor has them. */
const inOrder = (h: Held, ls: readonly Label[]): Label[] => h.labels.filter(l => ls.includes(l))

/** A map in the layout: labels of its axes group by group, and the tensor. */
export interface Image { readonly id: number; readonly batch: readonly Label[] }

/** Zeros before the first and after the last entry that the windows reach; negative where entries are left out. */
function margins(s: Scene, w: WindowAxis): readonly [number, number] {
  const reach = (s.n.loops[w.place]! - 1) * w.stride + w.dilation * (s.n.loops[w.entry]! - 1) + 1
  return [w.before, reach - w.size - w.before]
}

/** The map with what no window reaches cut off. */
function cut(s: Scene, h: Held): Held {
  const shape = shapeOf(s.x.p, h.id)
  const bounds = h.labels.map((l, k) => {
    const w = s.f.windows.find(a => axisLabel(a.axis) === l)
    const [before, after] = w ? margins(s, w) : [0, 0]
    return [Math.max(0, -before), shape[k]! - Math.max(0, -after)] as const
  })
  return { id: slice(s.x.p, h.id, bounds.map(b => b[0]), bounds.map(b => b[1])), labels: h.labels }
}

export function imageOf(s: Scene, layout: Layout, h: Held): Image {
  const batch = inOrder(h, labels(s.f.batch))
  const groups = layout.groups(batch, [...labels(s.f.groups), ...labels(s.f.channels)], s.f.windows.map(w => axisLabel(w.axis)))
  return { id: grouped(s.x.p, cut(s, h), groups), batch }
}

/** The kernel, [filters, channels, entries]. */
function kernelOf(s: Scene, layout: Layout, h: Held): number {
  const id = grouped(s.x.p, h, [[...labels(s.f.groups), ...labels(s.f.filters)], labels(s.f.channels), ...s.f.windows.map(w => [loopLabel(w.entry)])])
  const shape = shapeOf(s.x.p, id)
  return reshape(s.x.p, id, [...shape.slice(0, 2), ...layout.kernel(shape.slice(2))])
}

const windowsOf = (s: Scene): Windows => {
  const around = s.f.windows.map(w => margins(s, w))
  return { strides: s.f.windows.map(w => w.stride), dilations: s.f.windows.map(w => w.dilation), before: around.map(m => Math.max(0, m[0])), after: around.map(m => Math.max(0, m[1])) }
}

const groupCount = (s: Scene): number => volume(s.f.groups.map(l => s.n.loops[l]!))

/** The map of places. */
export function convolve(s: Scene, layout: Layout, image: Image, kernel: Held): Held {
  const { p } = s.x
  const made = conv(p, image.id, kernelOf(s, layout, kernel), layout.windows(windowsOf(s), batchSize(s)), groupCount(s))
  const out = layout.groups(image.batch, [...labels(s.f.groups), ...labels(s.f.filters)], s.f.windows.map(w => loopLabel(w.place)))
  return ungrouped(p, made, out.flat(), s.size)
}

/** The gradient by the map as a convolution of the places' gradient with the kernel turned around; zeros between places for strides. */
export function flippedKernel(s: Scene, layout: Layout): Held | undefined {
  const { p } = s.x
  if (s.f.groups.length > 0 || s.f.windows.some(w => w.stride > 1 && layout !== LAYOUTS.batched)) return undefined
  const g = s.read(s.f.places!, false)
  const batch = inOrder(g, labels(s.f.batch))
  let places = align(p, g, [...batch, ...labels(s.f.filters), ...s.f.windows.map(w => loopLabel(w.place))])
  if (layout !== LAYOUTS.batched) places = g
  const spread = spaced(p, places, s)
  const image = grouped(p, spread, layout.groups(batch, labels(s.f.filters), s.f.windows.map(w => loopLabel(w.place))))
  const w = align(p, s.read(s.f.kernel!, false), [...labels(s.f.channels), ...labels(s.f.filters), ...s.f.windows.map(a => loopLabel(a.entry))])
  const sizes = entries(s)
  const n = volume(sizes)
  const [channels, filters] = [s.f.channels, s.f.filters].map(ls => volume(ls.map(l => s.n.loops[l]!))) as [number, number]
  const turned = gather(p, reshape(p, w.id, [channels, filters, n]), 2, Array.from({ length: n }, (_, k) => n - 1 - k), [n])
  const before = s.f.windows.map((a, k) => a.dilation * (sizes[k]! - 1) - a.before)
  const after = s.f.windows.map((a, k) => a.size - ((s.n.loops[a.place]! - 1) * a.stride + 1) - before[k]! + a.dilation * (sizes[k]! - 1))
  if ([...before, ...after].some(v => v < 0)) return undefined
  const windows: Windows = { strides: sizes.map(() => 1), dilations: s.f.windows.map(a => a.dilation), before, after }
  const made = conv(p, image, reshape(p, turned, [channels, filters, ...layout.kernel(sizes)]), layout.windows(windows, batchSize(s)), 1)
  return ungrouped(p, made, layout.groups(batch, labels(s.f.channels), s.f.windows.map(a => axisLabel(a.axis))).flat(), s.size)
}

/** Places as far apart as the stride says, zeros between. */
function spaced(p: Planner, h: Held, s: Scene): Held {
  return s.f.windows.reduce((x, w) => {
    if (w.stride === 1) return x
    const k = x.labels.indexOf(loopLabel(w.place))
    const shape = shapeOf(p, x.id)
    const wide = reshape(p, x.id, [...shape.slice(0, k + 1), 1, ...shape.slice(k + 1)])
    const zeros = Array.from({ length: shape.length + 1 }, (_, j) => (j === k + 1 ? w.stride - 1 : 0))
    const filled = reshape(p, pad(p, wide, zeros.map(() => 0), zeros), shape.map((v, j) => (j === k ? v * w.stride : v)))
    return { id: slice(p, filled, shape.map(() => 0), shape.map((v, j) => (j === k ? (v - 1) * w.stride + 1 : v))), labels: x.labels }
  }, h)
}

/** The gradient by the map as a transposed convolution. */
export function transposed(s: Scene, layout: Layout): Held | undefined {
  const { p } = s.x
  const g = s.read(s.f.places!, false)
  const batch = inOrder(g, labels(s.f.batch))
  const image = grouped(p, g, layout.groups(batch, [...labels(s.f.groups), ...labels(s.f.filters)], s.f.windows.map(w => loopLabel(w.place))))
  const around = s.f.windows.map(w => margins(s, w))
  if (around.some(([before]) => before < 0)) return undefined
  // what the windows do not reach at the end: more output than the windows give
  const more = around.map(([, after]) => Math.max(0, -after))
  if (more.some((m, k) => m >= Math.max(s.f.windows[k]!.stride, s.f.windows[k]!.dilation) || (m > 0 && layout !== LAYOUTS.batched))) return undefined
  const w = grouped(p, s.read(s.f.kernel!, false), [[...labels(s.f.groups), ...labels(s.f.filters)], labels(s.f.channels), ...s.f.windows.map(a => [loopLabel(a.entry)])])
  const shape = shapeOf(p, w)
  const windows = layout.windows(windowsOf(s), batchSize(s))
  const out = layout.groups(batch, [...labels(s.f.groups), ...labels(s.f.channels)], s.f.windows.map(a => axisLabel(a.axis)))
  const sizes = out.map(ls => volume(ls.map(s.size)))
  const made = emit(p, {
    op: 'conv-transpose', type: 'float', shape: sizes, args: [image, reshape(p, w, [...shape.slice(0, 2), ...layout.kernel(shape.slice(2))])], windows, groups: groupCount(s),
    more: layout === LAYOUTS.batched ? more : windows.strides.map(() => 0),
  })
  return ungrouped(p, made, out.flat(), s.size)
}

/** What one remainder sees along a window axis: entries of the kernel, the place at which each stands for position 0, and how many positions there are. */
export interface Phase { readonly entries: readonly number[]; readonly shifts: readonly number[]; readonly positions: number }

/** One phase of the gradient by the map: a convolution of the places' gradient with the entries that the phase sees. */
export function convolvePhase(s: Scene, layout: Layout, g: Held, phases: readonly Phase[]): Held | undefined {
  const { p } = s.x
  const batch = inOrder(g, labels(s.f.batch))
  const out = layout.groups(batch, labels(s.f.channels), s.f.windows.map(w => axisLabel(w.axis)))
  const size = (l: Label): number => { const k = s.f.windows.findIndex(w => axisLabel(w.axis) === l); return k < 0 ? s.size(l) : phases[k]!.positions }
  if (phases.some(f => f.entries.length === 0)) return { id: expand(p, constant(p, [], [0]), out.flat().map(size)), labels: out.flat() }
  // entries in rising place, evenly apart
  const orders = phases.map(f => f.shifts.map((_, j) => j).sort((a, b) => f.shifts[a]! - f.shifts[b]!))
  const steps = phases.map((f, k) => (f.entries.length > 1 ? f.shifts[orders[k]![1]!]! - f.shifts[orders[k]![0]!]! : 1))
  const places = s.f.windows.map(w => s.n.loops[w.place]!)
  const before = phases.map((f, k) => -f.shifts[orders[k]![0]!]!)
  const after = phases.map((f, k) => f.positions - 1 + f.shifts[orders[k]!.at(-1)!]! - places[k]! + 1)
  const cutAt = g.labels.map(l => { const k = s.f.windows.findIndex(w => loopLabel(w.place) === l); return k < 0 ? [0, 0] : [Math.max(0, -before[k]!), Math.max(0, -after[k]!)] })
  const shape = shapeOf(p, g.id)
  const cutG: Held = { id: slice(p, g.id, cutAt.map(c => c[0]!), shape.map((n, k) => n - cutAt[k]![1]!)), labels: g.labels }
  if (shapeOf(p, cutG.id).some(n => n <= 0)) return undefined
  const image = grouped(p, cutG, layout.groups(batch, labels(s.f.filters), s.f.windows.map(w => loopLabel(w.place))))
  const sizes = entries(s)
  const [channels, filters] = [s.f.channels, s.f.filters].map(ls => volume(ls.map(l => s.n.loops[l]!))) as [number, number]
  const w = align(p, s.read(s.f.kernel!, false), [...labels(s.f.channels), ...labels(s.f.filters), ...s.f.windows.map(a => loopLabel(a.entry))])
  const chosen = positionsOf(orders.map(o => o.length)).map(x => x.reduce((at, j, k) => at * sizes[k]! + phases[k]!.entries[orders[k]![j]!]!, 0))
  const kernel = gather(p, reshape(p, w.id, [channels, filters, volume(sizes)]), 2, chosen, [chosen.length])
  const windows: Windows = { strides: sizes.map(() => 1), dilations: steps, before: before.map(n => Math.max(0, n)), after: after.map(n => Math.max(0, n)) }
  const made = conv(p, image, reshape(p, kernel, [channels, filters, ...layout.kernel(orders.map(o => o.length))]), layout.windows(windows, batchSize(s)), 1)
  return ungrouped(p, made, out.flat(), size)
}
