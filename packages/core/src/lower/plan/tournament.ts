/**
 * Maxima over windows that do not overlap, pair by pair: each entry of the window is a strided slice, so that the samples may
 * stay the innermost axis. The gradient goes down the same tree; the first of equal entries wins.
 */
import type { Extreme, NodeOf } from '../program.ts'
import type { Planning } from './context.ts'
import { align, axisLabel, type Held, type Label, renamed } from './held.ts'
import { concat, constant, emit, map, pad, type Planner, reshape, shapeOf, slice } from './planner.ts'
import { poolWindows, type PoolWindows, returnOf } from './pool.ts'
import { positionsOf } from './read.ts'

/** A match of the tournament, or an entry of the window. */
type Match = { readonly id: number } | { readonly id: number; readonly left: Match; readonly right: Match }

/** The windows, when they are side by side and their axes are not the innermost ones, where max-pooling would serve. */
function sideBySide(x: Planning, e: Extreme): PoolWindows | undefined {
  const found = poolWindows(x, e)
  if (!found) return undefined
  const { h, spatial, kernel, windows } = found
  const innermost = h.labels.slice(-spatial.length).every(l => spatial.some(s => axisLabel(s.axis) === l))
  const apart = windows.strides.every((s, k) => s === kernel[k]) && windows.dilations.every(d => d === 1) && [...windows.before, ...windows.after].every(n => n === 0)
  return !innermost && apart ? found : undefined
}

/** The entries of the window in the order of the search, and their tree. */
function play(p: Planner, w: PoolWindows, places: readonly number[]): Match {
  const shape = shapeOf(p, w.h.id)
  const at = w.spatial.map(s => w.h.labels.indexOf(axisLabel(s.axis)))
  const entries = positionsOf(w.kernel).map((u): Match => {
    const of = (j: number, here: (k: number) => number, other: number): number => { const k = at.indexOf(j); return k < 0 ? other : here(k) }
    return {
      id: slice(p, w.h.id, shape.map((_, j) => of(j, k => u[k]!, 0)), shape.map((n, j) => of(j, k => u[k]! + (places[k]! - 1) * w.kernel[k]! + 1, n)), shape.map((_, j) => of(j, k => w.kernel[k]!, 1))),
    }
  })
  const round = (list: readonly Match[]): Match => {
    if (list.length === 1) return list[0]!
    const half = Math.ceil(list.length / 2)
    const [left, right] = [round(list.slice(0, half)), round(list.slice(half))]
    return { id: map(p, 'max', left.id, right.id), left, right }
  }
  return round(entries)
}

const placesOf = (w: PoolWindows, e: Extreme): number[] => w.spatial.map(s => e.loops[s.place]!)
const outerLabel = (w: PoolWindows, e: Extreme) => (l: Label): Label => {
  const axis = Number(l.slice(1))
  const s = w.spatial.find(v => v.axis === axis)
  return axisLabel(s ? s.place : e.operand.at[axis]!.terms[0]![0])
}

/** The maximum, as the tensor lies. */
export function tournament(x: Planning, e: Extreme): Held | undefined {
  const w = sideBySide(x, e)
  return w && { id: play(x.p, w, placesOf(w, e)).id, labels: w.h.labels.map(outerLabel(w, e)) }
}

/** The gradient by what is searched. */
export function tournamentReturn(x: Planning, n: NodeOf<'contract'>): Held | undefined {
  const { p } = x
  const back = returnOf(x, n)
  const w = back && sideBySide(x, back.over)
  if (!back || !w) return undefined
  const places = placesOf(w, back.over)
  const order = w.h.labels.map(outerLabel(w, back.over))
  const leaves = share(p, play(p, w, places), align(p, back.g, order).id)
  const whole = w.spatial.reduceRight((parts: readonly number[], s, k) => interleaved(p, parts, w.h.labels.indexOf(axisLabel(s.axis)), w.kernel[k]!), leaves)
  const [id] = whole
  const shape = shapeOf(p, w.h.id)
  const short = shape.map((size, j) => size - shapeOf(p, id!)[j]!)
  return renamed({ id: pad(p, id!, short.map(() => 0), short), labels: w.h.labels }, l => axisLabel(back.axisFor.get(Number(l.slice(1)))!))
}

/** What every entry of the window gets of g, in order. */
function share(p: Planner, m: Match, g: number): number[] {
  if (!('left' in m)) return [g]
  const second = emit(p, { op: 'less', shape: shapeOf(p, m.id), type: 'bool', args: [m.left.id, m.right.id] })
  const right = emit(p, { op: 'where', shape: shapeOf(p, m.id), type: 'float', args: [second, g, constant(p, [], [0])] })
  return [...share(p, m.left, map(p, 'sub', g, right)), ...share(p, m.right, right)]
}

/** Runs of `n` tensors woven into one along an axis. */
function interleaved(p: Planner, parts: readonly number[], axis: number, n: number): number[] {
  const made: number[] = []
  for (let k = 0; k < parts.length; k += n) {
    const shape = shapeOf(p, parts[k]!)
    const apart = parts.slice(k, k + n).map(q => reshape(p, q, [...shape.slice(0, axis + 1), 1, ...shape.slice(axis + 1)]))
    made.push(reshape(p, concat(p, apart, axis + 1), shape.map((v, j) => (j === axis ? v * n : v))))
  }
  return made
}
