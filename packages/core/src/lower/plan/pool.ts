/** Maxima over windows as max-pooling, and the gradient that goes back to the first greatest entry of each window. */
import type { Extreme, NodeOf } from '../program.ts'
import type { Planning } from './context.ts'
import { axisLabel, grouped, type Held, type Label, sizeOf, ungrouped } from './held.ts'
import { emit, places, type Planner, shapeOf } from './planner.ts'
import type { Windows } from './primitive.ts'

export interface Pool { readonly value: Held; readonly id: number; readonly kernel: readonly number[]; readonly windows: Windows; readonly rest: readonly number[]; readonly spatial: readonly number[]; readonly places: readonly number[] }

export interface SpatialAxis { readonly axis: number; readonly place: number; readonly window: number; readonly stride: number; readonly dilation: number; readonly before: number }

/** The axis of a window: one outer and one inner loop. */
function spatialAxis(e: Extreme, k: number): SpatialAxis | undefined {
  const { terms, constant } = e.operand.at[k]!
  if (terms.length !== 2) return undefined
  const outer = terms.find(([l]) => l < e.outer)
  const inner = terms.find(([l]) => l >= e.outer)
  if (!outer || !inner || outer[1] <= 0 || inner[1] <= 0) return undefined
  return { axis: k, place: outer[0], window: inner[0], stride: outer[1], dilation: inner[1], before: -constant }
}

export interface PoolWindows { readonly h: Held; readonly spatial: readonly SpatialAxis[]; readonly rest: readonly number[]; readonly kernel: readonly number[]; readonly windows: Windows }

/** The windows of a maximum: along one or two axes in the order of the search, all other axes as they are. */
export function poolWindows(x: Planning, e: Extreme): PoolWindows | undefined {
  const { p, held } = x
  if (e.masks.length > 0) return undefined
  const found = e.operand.at.map((_, k) => spatialAxis(e, k))
  const spatial = found.filter(s => s !== undefined)
  const rest = e.operand.at.flatMap((_, k) => (found[k] ? [] : [k]))
  const inner = e.loops.map((_, l) => l).filter(l => l >= e.outer)
  if (spatial.length === 0 || spatial.length > 2 || spatial.length !== inner.length || spatial.some((s, k) => s.window !== inner[k])) return undefined
  const h = held[e.operand.node]!
  const size = (k: number): number => sizeOf(p, h, axisLabel(k))
  const plain = (k: number): boolean => { const { terms, constant } = e.operand.at[k]!; return terms.length === 1 && constant === 0 && terms[0]![1] === 1 && terms[0]![0] < e.outer && e.loops[terms[0]![0]] === size(k) }
  if (h.labels.length !== e.operand.at.length || !rest.every(plain) || new Set(rest.map(k => e.operand.at[k]!.terms[0]![0])).size + spatial.length !== e.outer) return undefined
  const kernel = spatial.map(s => e.loops[s.window]!)
  const after = spatial.map((s, k) => (e.loops[s.place]! - 1) * s.stride + s.dilation * (kernel[k]! - 1) + 1 - size(s.axis) - s.before)
  if (spatial.some((s, k) => s.before < 0 || s.before >= kernel[k]! || after[k]! >= kernel[k]!)) return undefined
  // what the windows do not reach is cut off by the floor of the pooling
  const windows: Windows = { strides: spatial.map(s => s.stride), dilations: spatial.map(s => s.dilation), before: spatial.map(s => s.before), after: after.map(n => Math.max(0, n)) }
  if (spatial.some((s, k) => places(size(s.axis), kernel[k]!, windows, k) !== e.loops[s.place])) return undefined
  return { h, spatial, rest, kernel, windows }
}

/** The max-pool that a maximum is. */
export function poolOf(x: Planning, e: Extreme): Pool | undefined {
  const { p } = x
  const found = poolWindows(x, e)
  if (!found) return undefined
  const { h, spatial, rest, kernel, windows } = found
  const outerLabels = h.labels.filter(l => rest.includes(Number(l.slice(1))))
  const id = pooled(p, h, outerLabels, spatial.map(s => axisLabel(s.axis)), kernel, windows, spatial.map(s => e.loops[s.place]!))
  const labelOf = (l: Label): Label => axisLabel(e.operand.at[Number(l.slice(1))]!.terms[0]![0])
  const labels = [...outerLabels.map(labelOf), ...spatial.map(s => axisLabel(s.place))]
  const value = ungrouped(p, id, labels, l => e.loops[Number(l.slice(1))]!)
  return { value, id, kernel, windows, rest: outerLabels.map(l => Number(l.slice(1))), spatial: spatial.map(s => s.axis), places: spatial.map(s => s.place) }
}

function pooled(p: Planner, h: Held, outer: readonly Label[], spatial: readonly Label[], kernel: readonly number[], windows: Windows, sizes: readonly number[]): number {
  const input = grouped(p, h, [outer.slice(0, 1), outer.slice(1), ...spatial.map(l => [l])])
  return emit(p, { op: 'maxpool', shape: [...shapeOf(p, input).slice(0, 2), ...sizes], type: 'float', args: [input], kernel, windows })
}

/** sum over the windows of winner * g, written where the winner stands: what is searched, g at the outer loops, and the axis of the result for each axis of what is searched. */
export interface Return { readonly over: Extreme; readonly g: Held; readonly axisFor: ReadonlyMap<number, number> }

export function returnOf(x: Planning, n: NodeOf<'contract'>): Return | undefined {
  const { p, held, program } = x
  const at = n.operands.findIndex(o => program.nodes[o.node]!.kind === 'winner')
  if (n.operands.length !== 2 || at < 0 || n.coefficient !== 1) return undefined
  const hit = n.operands[at]!
  const g = n.operands[1 - at]!
  const { over } = program.nodes[hit.node]! as NodeOf<'winner'>
  const loopOf = hit.at.map(q => (q.terms.length === 1 && q.constant === 0 && q.terms[0]![1] === 1 ? q.terms[0]![0] : -1))
  if (loopOf.includes(-1) || new Set(loopOf).size !== loopOf.length) return undefined
  // the result is written where the maximum read, and g is read at the outer loops
  const axisFor = new Map<number, number>()
  for (const [k, place] of over.operand.at.entries()) {
    const wanted = place.terms.map(([l, c]) => `${loopOf[l]!}*${c}`).sort().join() + place.constant
    const j = n.out.findIndex(q => q.terms.map(([l, c]) => `${l}*${c}`).sort().join() + q.constant === wanted)
    if (j < 0) return undefined
    axisFor.set(k, j)
  }
  if (axisFor.size !== n.out.length || g.at.some(q => q.terms.length !== 1 || q.constant !== 0 || q.terms[0]![1] !== 1 || loopOf.indexOf(q.terms[0]![0]) >= over.outer || loopOf.indexOf(q.terms[0]![0]) < 0)) return undefined
  const operand = held[over.operand.node]!
  const read: Held = { id: held[g.node]!.id, labels: held[g.node]!.labels.map(l => axisLabel(loopOf.indexOf(g.at[Number(l.slice(1))]!.terms[0]![0]))) }
  if (read.labels.length !== over.outer || n.out.some((_, j) => n.shape[j] !== sizeOf(p, operand, axisLabel([...axisFor].find(([, v]) => v === j)![0])))) return undefined
  return { over, g: read, axisFor }
}

/** The same by max-unpooling, for windows that do not overlap. */
export function unpool(x: Planning, n: NodeOf<'contract'>): Held | undefined {
  const { p } = x
  const back = returnOf(x, n)
  const pool = back && poolOf(x, back.over)
  if (!back || !pool || pool.windows.strides.some((s, k) => s < pool.kernel[k]!) || pool.windows.dilations.some(d => d !== 1)) return undefined
  const { over, g: read, axisFor } = back
  const outer = pool.rest.map(k => axisLabel(over.operand.at[k]!.terms[0]![0]))
  const values = grouped(p, read, [outer.slice(0, 1), outer.slice(1), ...pool.places.map(l => [axisLabel(l)])])
  const positions = emit(p, { op: 'maxpool-positions', shape: shapeOf(p, pool.id), type: 'int64', args: [pool.id] })
  const argument = p.nodes[pool.id]!.args[0]!
  const spread = emit(p, { op: 'maxunpool', shape: shapeOf(p, argument), type: 'float', args: [values, positions], kernel: pool.kernel, strides: pool.windows.strides })
  const from = [...pool.rest, ...pool.spatial]
  return ungrouped(p, spread, from.map(k => axisLabel(axisFor.get(k)!)), l => n.shape[Number(l.slice(1))]!)
}
