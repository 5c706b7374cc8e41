/** Results written at their places: axes put together from loops, padded, spread out, or summed where several loops meet. */
import type { Place } from '../program.ts'
import { align, axisLabel, type Held, type Label, loopLabel, sizeOf, spreadOver } from './held.ts'
import { digitsOf, rangeOf } from './places.ts'
import { gather, map, pad, type Planner, reduce, reshape, shapeOf, slice, volume } from './planner.ts'
import { positionsOf } from './read.ts'

/** The tensor along loops as one along the axes of the node; loops that it lacks it does not depend on. */
export function writeAt(p: Planner, h: Held, out: readonly Place[], shape: readonly number[], loops: readonly number[]): Held {
  const uses = new Map<number, number>()
  out.forEach((place, k) => { if (!h.labels.includes(axisLabel(k))) for (const [l] of place.terms) uses.set(l, (uses.get(l) ?? 0) + 1) })
  const shared = [...uses.values()].some(n => n > 1)
  if (shared) return spread(p, h, out, shape, loops)
  let held = h
  const missing = [...uses.keys()].filter(l => !h.labels.includes(loopLabel(l)))
  // a loop that is only written: the same all along, kept as an axis
  if (missing.length > 0) {
    const order = [...held.labels, ...missing.map(loopLabel)]
    held = { id: spreadOver(p, held, order, l => loops[Number(l.slice(1))]!), labels: order }
  }
  // axes of windows may be there as they are
  out.forEach((place, k) => { if (!held.labels.includes(axisLabel(k))) held = writeAxis(p, held, place, k, shape[k]!, loops) })
  return held
}

function writeAxis(p: Planner, h: Held, place: Place, axis: number, size: number, loops: readonly number[]): Held {
  const label = axisLabel(axis)
  const only = place.terms.length === 1 ? place.terms[0]! : undefined
  if (only && only[1] === 1 && place.constant === 0 && loops[only[0]] === size) return { id: h.id, labels: h.labels.map(l => (l === loopLabel(only[0]) ? label : l)) }
  if (place.terms.length === 0) return writeFixed(p, h, place.constant, label, size)
  const span = rangeOf({ ...place, constant: 0 }, loops)[1] + 1
  const digits = place.terms.every(([, c]) => c > 0) ? digitsOf({ ...place, constant: 0 }, span, loops) : undefined
  if (digits) return shifted(p, merged(p, h, digits, label), label, place.constant, size)
  if (only && only[1] > 0) return shifted(p, dilated(p, h, loopLabel(only[0]), only[1], label), label, place.constant, size)
  if (only) {
    const last = loops[only[0]]! - 1
    return writeAxis(p, flipped(p, h, loopLabel(only[0])), { terms: [[only[0], -only[1]]], constant: place.constant + only[1] * last }, axis, size, loops)
  }
  return summed(p, h, place, label, size, loops)
}

/** The axis in the other direction. */
function flipped(p: Planner, h: Held, label: Label): Held {
  const k = h.labels.indexOf(label)
  const n = shapeOf(p, h.id)[k]!
  return { id: gather(p, h.id, k, Array.from({ length: n }, (_, j) => n - 1 - j), [n]), labels: h.labels }
}

/** Loops side by side as one axis, the slowest first. */
function merged(p: Planner, h: Held, digits: readonly number[], label: Label): Held {
  const parts = digits.map(loopLabel)
  // where the fastest of them lies, so that an innermost axis stays innermost
  const last = h.labels.indexOf(parts.at(-1)!)
  const before = h.labels.slice(0, last).filter(l => !parts.includes(l))
  const lead = before.length
  const order = [...before, ...parts, ...h.labels.slice(last + 1).filter(l => !parts.includes(l))]
  const a = align(p, h, order)
  const shape = shapeOf(p, a.id)
  return {
    id: reshape(p, a.id, [...shape.slice(0, lead), volume(shape.slice(lead, lead + parts.length)), ...shape.slice(lead + parts.length)]),
    labels: [...order.slice(0, lead), label, ...order.slice(lead + parts.length)],
  }
}

/** Zeros between the entries: c (n - 1) + 1 positions. */
function dilated(p: Planner, h: Held, loop: Label, c: number, label: Label): Held {
  const k = h.labels.indexOf(loop)
  const shape = shapeOf(p, h.id)
  const labels = h.labels.map(l => (l === loop ? label : l))
  if (c === 1 || shape[k] === 1) return { id: h.id, labels }
  const n = shape[k]!
  const wide = reshape(p, h.id, [...shape.slice(0, k + 1), 1, ...shape.slice(k + 1)])
  const filled = pad(p, wide, [...shape.map(() => 0), 0], wide === h.id ? [] : [...shape.slice(0, k + 1).map(() => 0), c - 1, ...shape.slice(k + 1).map(() => 0)])
  const flat = reshape(p, filled, [...shape.slice(0, k), n * c, ...shape.slice(k + 1)])
  return { id: slice(p, flat, shape.map(() => 0), shape.map((m, j) => (j === k ? c * (n - 1) + 1 : m))), labels }
}

/** The axis moved by an offset onto one of the given size: zeros around, what falls outside cut off. */
function shifted(p: Planner, h: Held, label: Label, offset: number, size: number): Held {
  const k = h.labels.indexOf(label)
  const n = shapeOf(p, h.id)[k]!
  const from = Math.min(n, Math.max(0, -offset))
  const to = Math.max(from, Math.min(n, size - offset))
  const before = Math.min(size, Math.max(0, offset))
  const at = (x: number, other: readonly number[] | number): number[] => h.labels.map((_, j) => (j === k ? x : typeof other === 'number' ? other : other[j]!))
  const cut = slice(p, h.id, at(from, 0), at(to, shapeOf(p, h.id)))
  return { id: pad(p, cut, at(before, 0), at(size - before - (to - from), 0)), labels: h.labels }
}

function writeFixed(p: Planner, h: Held, at: number, label: Label, size: number): Held {
  const shape = shapeOf(p, h.id)
  return shifted(p, { id: reshape(p, h.id, [...shape, 1]), labels: [...h.labels, label] }, label, at, size)
}

/** Several loops meet at a position: every one of the fewer loops writes a shifted copy, and the copies are added. */
function summed(p: Planner, h: Held, place: Place, label: Label, size: number, loops: readonly number[]): Held {
  const [long, ...short] = [...place.terms].sort((a, b) => Math.sign(b[1]) - Math.sign(a[1]) || loops[b[0]]! - loops[a[0]]!)
  const sizes = short.map(([l]) => loops[l]!)
  const parts = positionsOf(sizes).map(x => {
    const offset = short.reduce((s, [, c], j) => s + c * x[j]!, place.constant)
    const one = picked(p, h, new Map(short.map(([l], j) => [loopLabel(l), x[j]!])))
    return writeAxis(p, one, { terms: [long!], constant: offset }, Number(label.slice(1)), size, loops)
  })
  const order = parts[0]!.labels
  return { id: parts.map(q => align(p, q, order).id).reduce((a, b) => map(p, 'add', a, b)), labels: order }
}

/** The tensor at fixed positions of some labels, which are gone. */
function picked(p: Planner, h: Held, at: ReadonlyMap<Label, number>): Held {
  const shape = shapeOf(p, h.id)
  const cut = slice(p, h.id, h.labels.map(l => at.get(l) ?? 0), h.labels.map((l, k) => (at.has(l) ? at.get(l)! + 1 : shape[k]!)))
  return { id: reshape(p, cut, shape.filter((_, k) => !at.has(h.labels[k]!))), labels: h.labels.filter(l => !at.has(l)) }
}

/** The general case: for every position of the result a list of the positions that write there; they are gathered and added. */
function spread(p: Planner, h: Held, out: readonly Place[], shape: readonly number[], loops: readonly number[]): Held {
  const written = [...new Set(out.flatMap(place => place.terms.map(([l]) => l)))]
  const labels = written.map(loopLabel)
  const rest = h.labels.filter(l => !labels.includes(l))
  const cells = spreadOver(p, h, [...labels, ...rest], l => (labels.includes(l) ? loops[Number(l.slice(1))]! : sizeOf(p, h, l)))
  const inner = rest.map(l => sizeOf(p, h, l))
  const sources: number[][] = Array.from({ length: volume(shape) }, () => [])
  positionsOf(written.map(l => loops[l]!)).forEach((x, from) => {
    const at = out.map(place => place.terms.reduce((s, [l, c]) => s + c * x[written.indexOf(l)]!, place.constant))
    if (at.every((a, k) => a >= 0 && a < shape[k]!)) sources[at.reduce((s, a, k) => s * shape[k]! + a, 0)]!.push(from)
  })
  const n = volume(written.map(l => loops[l]!))
  const most = Math.max(1, ...sources.map(s => s.length))
  const flat = pad(p, reshape(p, cells, [n, ...inner]), [0, ...inner.map(() => 0)], [1, ...inner.map(() => 0)])
  const table = sources.flatMap(s => Array.from({ length: most }, (_, k) => s[k] ?? n))
  const sum = reduce(p, gather(p, flat, 0, table, [sources.length, most]), 'sum', [1])
  return { id: reshape(p, sum, [...shape, ...inner]), labels: [...shape.map((_, k) => axisLabel(k)), ...rest] }
}

