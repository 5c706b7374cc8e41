/** Operands read at their places: a tensor along loops, by slices and reshapes where they suffice, else by a table of positions. */
import type { Place } from '../program.ts'
import { axisLabel, type Held, type Label, loopLabel } from './held.ts'
import { rangeOf, readingOf } from './places.ts'
import { gather, pad, type Planner, reshape, shapeOf, slice, transpose, volume } from './planner.ts'

export interface ReadOptions {
  /** What stands outside the tensor. */
  readonly outside?: number
  /** Loops that come first among those that are gathered together. */
  readonly first?: ReadonlySet<number>
}

/** The node, whose axis k is labelled `a{k}`, at the places; axes in `kept` keep their label. */
export function readAt(p: Planner, h: Held, at: readonly Place[], loops: readonly number[], kept: ReadonlySet<number> = new Set(), options: ReadOptions = {}): Held {
  const { outside = 0 } = options
  const axisOf = (l: Label): number => Number(l.slice(1))
  const readings = at.map((place, k) => readingOf(place, sizeOfAxis(p, h, k), loops))
  const seen = new Set<number>()
  const repeated = new Set<number>()
  at.forEach((place, k) => { if (!kept.has(k)) for (const [l] of place.terms) { if (seen.has(l)) repeated.add(l); seen.add(l) } })
  const together = at.flatMap((place, k) => (!kept.has(k) && (readings[k]!.kind === 'gather' || place.terms.some(([l]) => repeated.has(l))) ? [k] : []))
  const held = padded(p, h, at, loops, kept, outside)
  const base = held.shift
  // slices and fixed positions
  let { id } = held
  const starts = h.labels.map(() => 0)
  const ends = [...shapeOf(p, id)]
  const steps = h.labels.map(() => 1)
  h.labels.forEach((l, j) => {
    const k = axisOf(l)
    const r = readings[k]!
    if (kept.has(k) || together.includes(k)) return
    if (r.kind === 'fixed') { starts[j] = r.at + base[j]!; ends[j] = starts[j] + 1 }
    if (r.kind === 'slice') { starts[j] = r.start + base[j]!; steps[j] = r.step; ends[j] = starts[j] + r.step * (loops[r.loop]! - 1) + 1 }
  })
  id = slice(p, id, starts, ends, steps)
  const labels: Label[] = []
  const shape: number[] = []
  h.labels.forEach((l, j) => {
    const k = axisOf(l)
    const r = readings[k]!
    const n = shapeOf(p, id)[j]!
    if (kept.has(k) || together.includes(k)) { labels.push(l); shape.push(n) } else if (r.kind === 'digits') for (const d of r.loops) { labels.push(loopLabel(d)); shape.push(loops[d]!) } else if (r.kind === 'whole' || r.kind === 'slice') { labels.push(loopLabel(r.loop)); shape.push(n) }
  })
  const plain: Held = { id: reshape(p, id, shape), labels }
  if (together.length === 0) return plain
  const shifted = new Map(together.map(k => [k, { ...at[k]!, constant: at[k]!.constant + base[h.labels.indexOf(axisLabel(k))]! }]))
  return gathered(p, plain, together, shifted, loops, options.first ?? new Set())
}

const sizeOfAxis = (p: Planner, h: Held, k: number): number => shapeOf(p, h.id)[h.labels.indexOf(axisLabel(k))]!

/** The tensor with what lies outside laid out around it, and how far each axis moved. */
function padded(p: Planner, h: Held, at: readonly Place[], loops: readonly number[], kept: ReadonlySet<number>, outside: number): { id: number; shift: number[] } {
  const ranges = h.labels.map(l => {
    const k = Number(l.slice(1))
    if (kept.has(k)) return [0, 0] as const
    const [low, high] = rangeOf(at[k]!, loops)
    return [Math.max(0, -low), Math.max(0, high - sizeOfAxis(p, h, k) + 1)] as const
  })
  return { id: pad(p, h.id, ranges.map(r => r[0]), ranges.map(r => r[1]), outside), shift: ranges.map(r => r[0]) }
}

/** Several axes at once: laid side by side, flattened, and read at a table of positions over all their loops. */
function gathered(p: Planner, h: Held, axes: readonly number[], at: ReadonlyMap<number, Place>, loops: readonly number[], first: ReadonlySet<number>): Held {
  const where = axes.map(axisLabel)
  const lead = h.labels.findIndex(l => where.includes(l))
  const inside = h.labels.filter(l => where.includes(l))
  const before = h.labels.slice(0, lead)
  const after = h.labels.slice(lead).filter(l => !where.includes(l))
  const order = [...before, ...inside, ...after]
  const moved = transpose(p, h.id, order.map(l => h.labels.indexOf(l)))
  const shape = shapeOf(p, moved)
  const sizes = inside.map((_, j) => shape[lead + j]!)
  const flat = reshape(p, moved, [...shape.slice(0, lead), volume(sizes), ...shape.slice(lead + sizes.length)])
  const used = [...new Set(inside.flatMap(l => at.get(Number(l.slice(1)))!.terms.map(([loop]) => loop)))]
  const run = [...used.filter(l => first.has(l)), ...used.filter(l => !first.has(l))]
  const strides = sizes.map((_, j) => volume(sizes.slice(j + 1)))
  const position = (point: ReadonlyMap<number, number>): number => inside.reduce((s, l, j) => {
    const place = at.get(Number(l.slice(1)))!
    return s + strides[j]! * place.terms.reduce((q, [loop, c]) => q + c * point.get(loop)!, place.constant)
  }, 0)
  const table = positionsOf(run.map(l => loops[l]!)).map(x => position(new Map(run.map((l, j) => [l, x[j]!]))))
  return { id: gather(p, flat, lead, table, run.map(l => loops[l]!)), labels: [...before, ...run.map(loopLabel), ...after] }
}

/** All positions of a block, row by row. */
export function positionsOf(sizes: readonly number[]): number[][] {
  let all: number[][] = [[]]
  for (const n of sizes) all = all.flatMap(x => Array.from({ length: n }, (_, k) => [...x, k]))
  return all
}

