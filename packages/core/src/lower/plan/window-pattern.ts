/** Contractions of three tensors, one of which is read or written in windows of the other two: convolutions and their gradients. */
import type { NodeOf, Place } from '../program.ts'
import { digitsOf } from './places.ts'

/** An axis of windows: position = stride * place - before + dilation * entry. The kernel's loop is `entry`. */
export interface WindowAxis { readonly axis: number; readonly place: number; readonly entry: number; readonly stride: number; readonly dilation: number; readonly before: number; readonly size: number }

export interface WindowPattern {
  /** What is computed: the map of places, the kernel, or the map that the windows are of. */
  readonly result: 'places' | 'kernel' | 'map'
  /** Operand numbers; the one that is the result is undefined. */
  readonly map: number | undefined
  readonly kernel: number | undefined
  readonly places: number | undefined
  readonly windows: readonly WindowAxis[]
  /** Loops of map and places, of map and kernel, of kernel and places, of all three. */
  readonly batch: readonly number[]
  readonly channels: readonly number[]
  readonly filters: readonly number[]
  readonly groups: readonly number[]
}

interface Side { readonly loops: ReadonlySet<number>; readonly windowed: readonly number[]; readonly at: readonly Place[]; readonly shape: readonly number[] }

/** The loops of the plain axes of a tensor, and its axes that are windows of two loops; undefined where an axis is something else. */
function sideOf(at: readonly Place[], shape: readonly number[], loops: readonly number[]): Side | undefined {
  const plain: number[] = []
  const windowed: number[] = []
  for (const [k, place] of at.entries()) {
    const only = place.terms.length === 1 ? place.terms[0]! : undefined
    if (only && only[1] === 1 && place.constant === 0 && loops[only[0]] === shape[k]) { plain.push(only[0]); continue }
    const digits = digitsOf(place, shape[k]!, loops)
    if (digits) plain.push(...digits)
    else if (place.terms.length === 2 && place.terms.every(([, c]) => c > 0)) windowed.push(k)
    else return undefined
  }
  if (new Set(plain).size !== plain.length) return undefined
  return { loops: new Set(plain), windowed, at, shape }
}

/** The pattern of a contraction, when it is one. */
export function windowPattern(n: NodeOf<'contract'>, shapes: readonly (readonly number[])[]): WindowPattern | undefined {
  if (n.operands.length !== 2) return undefined
  const found = [...n.operands.map((o, k) => sideOf(o.at, shapes[k]!, n.loops)), sideOf(n.out, n.shape, n.loops)]
  if (found.includes(undefined)) return undefined
  const sides = found as Side[]
  const maps = sides.flatMap((s, k) => (s.windowed.length > 0 ? [k] : []))
  if (maps.length !== 1 || sides[maps[0]!]!.windowed.length > 2) return undefined
  const m = maps[0]!
  const [p, q] = [0, 1, 2].filter(k => k !== m) as [number, number]
  return asPattern(n, sides, m, p, q) ?? asPattern(n, sides, m, q, p)
}

/** The pattern with `kernel` in the role of the kernel: its loops are the shorter ones of the windows. */
function asPattern(n: NodeOf<'contract'>, sides: readonly Side[], map: number, places: number, kernel: number): WindowPattern | undefined {
  const [x, y, w] = [sides[map]!, sides[places]!, sides[kernel]!]
  const windows: WindowAxis[] = []
  for (const axis of x.windowed) {
    const { terms, constant } = x.at[axis]!
    const place = terms.find(([l]) => y.loops.has(l) && !w.loops.has(l))
    const entry = terms.find(([l]) => w.loops.has(l) && !y.loops.has(l))
    if (!place || !entry) return undefined
    windows.push({ axis, place: place[0], entry: entry[0], stride: place[1], dilation: entry[1], before: -constant, size: x.shape[axis]! })
  }
  const volume = (of: (a: WindowAxis) => number): number => windows.reduce((v, a) => v * n.loops[of(a)]!, 1)
  if (volume(a => a.entry) > volume(a => a.place)) return undefined
  const inWindow = new Set(windows.flatMap(a => [a.place, a.entry]))
  const roles = { batch: [] as number[], channels: [] as number[], filters: [] as number[], groups: [] as number[] }
  for (const [l] of n.loops.entries()) {
    if (inWindow.has(l)) continue
    const [a, b, c] = [x.loops.has(l), y.loops.has(l), w.loops.has(l)]
    if (a && b && c) roles.groups.push(l)
    else if (a && b) roles.batch.push(l)
    else if (a && c) roles.channels.push(l)
    else if (b && c) roles.filters.push(l)
    else return undefined
  }
  const operand = (k: number): number | undefined => (k < 2 ? k : undefined)
  return { result: map === 2 ? 'map' : kernel === 2 ? 'kernel' : 'places', map: operand(map), kernel: operand(kernel), places: operand(places), windows, ...roles }
}
