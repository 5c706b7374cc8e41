/** Plans under construction: equal operations are made once, and those that change nothing are not made at all. */
import type { MapFunction } from '../program.ts'
import { type NumberType, type Primitive, volume, type Windows } from './primitive.ts'

export interface Planner { readonly nodes: Primitive[]; readonly known: Map<string, number> }

export const newPlanner = (): Planner => ({ nodes: [], known: new Map() })

/** The number of the operation with this content. */
export function emit(p: Planner, made: Primitive): number {
  const key = JSON.stringify(made, (_, v: unknown) => (typeof v === 'number' && (!Number.isFinite(v) || Object.is(v, -0)) ? `${Object.is(v, -0) ? '-0' : v}` : v))
  const known = p.known.get(key)
  if (known !== undefined) return known
  p.nodes.push(made)
  p.known.set(key, p.nodes.length - 1)
  return p.nodes.length - 1
}

export const shapeOf = (p: Planner, id: number): readonly number[] => p.nodes[id]!.shape
const typeOf = (p: Planner, id: number): NumberType => p.nodes[id]!.type
const isIdentity = (perm: readonly number[]): boolean => perm.every((x, k) => x === k)
const equal = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((x, k) => x === b[k])

/** Dense numbers. */
export const constant = (p: Planner, shape: readonly number[], data: readonly number[], type: NumberType = 'float'): number => emit(p, { op: 'constant', shape, type, args: [], data })
export const scalar = (p: Planner, value: number): number => constant(p, [], [value])

export function reshape(p: Planner, x: number, shape: readonly number[]): number {
  if (equal(shapeOf(p, x), shape)) return x
  const node = p.nodes[x]!
  if (node.op === 'constant') return constant(p, shape, node.data, node.type)
  if (node.op === 'reshape') return reshape(p, node.args[0]!, shape)
  return emit(p, { op: 'reshape', shape, type: typeOf(p, x), args: [x] })
}

/** Axis k of the result is axis perm[k]. One that only moves axes of size 1 is a reshape. */
export function transpose(p: Planner, x: number, perm: readonly number[]): number {
  if (isIdentity(perm)) return x
  const shape = shapeOf(p, x)
  const moved = perm.map(k => shape[k]!)
  const wide = perm.filter(k => shape[k] !== 1)
  if (wide.every((k, j) => j === 0 || wide[j - 1]! < k)) return reshape(p, x, moved)
  const node = p.nodes[x]!
  if (node.op === 'transpose') return transpose(p, node.args[0]!, perm.map(k => node.perm[k]!))
  return emit(p, { op: 'transpose', shape: moved, type: typeOf(p, x), args: [x], perm })
}

export function expand(p: Planner, x: number, shape: readonly number[]): number {
  return equal(shapeOf(p, x), shape) ? x : emit(p, { op: 'expand', shape, type: typeOf(p, x), args: [x] })
}

export function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const n = Math.max(a.length, b.length)
  return Array.from({ length: n }, (_, k) => {
    const [x, y] = [a[k - n + a.length] ?? 1, b[k - n + b.length] ?? 1]
    return x === 1 ? y : x
  })
}

export function map(p: Planner, fn: MapFunction, ...args: readonly number[]): number {
  const shape = args.map(a => shapeOf(p, a)).reduce((s, t) => broadcast(s, t))
  return emit(p, { op: 'map', fn, shape, type: 'float', args })
}

/** Positions starts[k], starts[k] + steps[k], ... before ends[k] of every axis. */
export function slice(p: Planner, x: number, starts: readonly number[], ends: readonly number[], steps: readonly number[] = starts.map(() => 1)): number {
  const shape = starts.map((s, k) => Math.max(0, Math.ceil((ends[k]! - s) / steps[k]!)))
  return equal(shape, shapeOf(p, x)) ? x : emit(p, { op: 'slice', shape, type: typeOf(p, x), args: [x], starts, ends, steps })
}

export function pad(p: Planner, x: number, before: readonly number[], after: readonly number[], value = 0): number {
  if (before.every(n => n === 0) && after.every(n => n === 0)) return x
  return emit(p, { op: 'pad', shape: shapeOf(p, x).map((n, k) => n + before[k]! + after[k]!), type: typeOf(p, x), args: [x], before, after, value })
}

export function concat(p: Planner, parts: readonly number[], axis: number): number {
  if (parts.length === 1) return parts[0]!
  const shape = shapeOf(p, parts[0]!).map((n, k) => (k === axis ? parts.reduce((s, x) => s + shapeOf(p, x)[k]!, 0) : n))
  return emit(p, { op: 'concat', shape, type: typeOf(p, parts[0]!), args: parts, axis })
}

/** Rows along an axis at fixed positions; the axes of `positions` take its place. */
export function gather(p: Planner, x: number, axis: number, positions: readonly number[], shape: readonly number[]): number {
  const own = shapeOf(p, x)
  const at = constant(p, shape, positions, 'int64')
  return emit(p, { op: 'gather', shape: [...own.slice(0, axis), ...shape, ...own.slice(axis + 1)], type: typeOf(p, x), args: [x, at], axis })
}

export function reduce(p: Planner, x: number, fn: 'sum' | 'max' | 'mean' | 'logsumexp' | 'sumsquare', axes: readonly number[]): number {
  if (axes.length === 0 && fn !== 'sumsquare') return x
  const gone = [...axes].sort((a, b) => a - b)
  const shape = shapeOf(p, x)
  const node = p.nodes[x]!
  if (fn === 'sum' && node.op === 'map' && node.fn === 'square') return reduce(p, node.args[0]!, 'sumsquare', gone)
  if (fn !== 'logsumexp' && fn !== 'sumsquare' && gone.every(a => shape[a] === 1)) return reshape(p, x, shape.filter((_, k) => !gone.includes(k)))
  return emit(p, { op: 'reduce', shape: shape.filter((_, k) => !gone.includes(k)), type: 'float', args: [x], fn, axes: gone })
}

/** [..., M, K] [..., K, N] */
export function matmul(p: Planner, a: number, b: number): number {
  const [x, y] = [shapeOf(p, a), shapeOf(p, b)]
  return emit(p, { op: 'matmul', shape: [...broadcast(x.slice(0, -2), y.slice(0, -2)), x.at(-2)!, y.at(-1)!], type: 'float', args: [a, b] })
}

/** alpha A B of matrices, transposed where it says so. */
export function gemm(p: Planner, a: number, b: number, transA: boolean, transB: boolean, alpha: number): number {
  const [x, y] = [shapeOf(p, a), shapeOf(p, b)]
  return emit(p, { op: 'gemm', shape: [transA ? x[1]! : x[0]!, transB ? y[0]! : y[1]!], type: 'float', args: [a, b], transA, transB, alpha })
}

/** Positions that a window takes along an axis of n. */
export const places = (n: number, k: number, w: Windows, axis: number): number =>
  Math.floor((n + w.before[axis]! + w.after[axis]! - w.dilations[axis]! * (k - 1) - 1) / w.strides[axis]!) + 1

export function conv(p: Planner, x: number, w: number, windows: Windows, groups: number): number {
  const [xs, ws] = [shapeOf(p, x), shapeOf(p, w)]
  return emit(p, { op: 'conv', shape: [xs[0]!, ws[0]!, ...xs.slice(2).map((n, k) => places(n, ws[k + 2]!, windows, k))], type: 'float', args: [x, w], windows, groups })
}

export { volume }
