/** Values and derivatives of a list of nodes, each defined over earlier ones. Derivatives are by dual numbers, forward. */
import { ChainError } from '../errors.ts'
import { type Derivative, entry, type Expr, freshIndex, type Index, type Sym, type Tensor } from '../expression/index.ts'
import { type Dense, spread, viewOf, volume } from './dense.ts'
import { EVERYTHING, independentParts, tensorsOf } from './depends.ts'
import { type Dual, vectorDualsOver } from './duals.ts'
import { evaluate, pick } from './evaluate.ts'
import type { Field, Store } from './field.ts'
import { type DerivativeHook, makePoint, type Point, sizesAt } from './point.ts'

/** A node: a tensor, the indices of its left side, and its definition over earlier nodes; leaves have none. */
export interface NodeLike {
  readonly tensor: Tensor
  readonly indices: readonly Index[]
  readonly definition?: Expr
}

/** Computes the values of all nodes with a definition, in order, and keeps them in the point. A node that has a value keeps it. */
export function evaluateNodes<T>(nodes: readonly NodeLike[], point: Point<T>, field: Field<T>): Point<T> {
  for (const n of nodes) {
    if (!n.definition || point.values.has(n.tensor.key)) continue
    point.values.set(n.tensor.key, evaluate(n.definition, point, field, n.indices))
  }
  return point
}

/** The nodes that change when the tensors `keys` change, in order, without those themselves. */
function downstream(nodes: readonly NodeLike[], keys: ReadonlySet<string>): readonly (NodeLike & { readonly definition: Expr })[] {
  const moving = new Set(keys)
  return nodes.filter((n): n is NodeLike & { readonly definition: Expr } => {
    if (!n.definition || keys.has(n.tensor.key)) return false
    const reads = tensorsOf(n.definition)
    if (!reads.has(EVERYTHING) && ![...reads].some(k => moving.has(k))) return false
    moving.add(n.tensor.key)
    return true
  })
}

/** Tangents of `of` over its free indices, from the tangents of some tensors: `width` of them at once, none where a tensor stays. */
type Push<T> = (directions: ReadonlyMap<string, Store<Store<T>>>) => Store<Store<T>>

function forward<T>(moving: readonly (NodeLike & { readonly definition: Expr })[], of: Expr, keys: ReadonlySet<string>, width: number, point: Point<T>, field: Field<T>): Push<T> {
  const over = vectorDualsOver(field, width)
  type D = Dual<T, Store<T>>
  const none = over.zero.t
  const lift = (d: Dense<T>, t?: Store<Store<T>>): Dense<D> => {
    const data = over.alloc(d.data.length)
    for (let k = 0; k < data.length; k++) data[k] = { v: d.data[k]!, t: t?.[k] ?? none }
    return { shape: d.shape, data }
  }
  const computed = new Set(moving.map(n => n.tensor.key))
  const lifted = new Map<string, Dense<D>>()
  for (const [key, value] of point.values) if (!computed.has(key) && !keys.has(key)) lifted.set(key, lift(value))
  const fixed = independentParts([...moving.map(n => n.definition), of], new Set([...keys, ...computed]))
  const kept: Point<D>['memo'] = new Map()
  return directions => {
    const values = new Map(lifted)
    for (const key of keys) values.set(key, lift(valueOf(point, key), directions.get(key)))
    const inner = makePoint<D>({ sizes: point.sizes, functions: point.functions, derivative: point.derivative, values })
    for (const [id, view] of kept) inner.memo.set(id, view)
    evaluateNodes(moving, inner, over)
    const result = evaluate(of, inner, over, of.free)
    if (kept.size === 0) for (const id of fixed) { const view = inner.memo.get(id); if (view) kept.set(id, view) }
    return Array.from({ length: result.data.length }, (_, k) => result.data[k]!.t)
  }
}

function valueOf<T>(point: Point<T>, key: string): Dense<T> {
  const value = point.values.get(key)
  if (!value) throw new ChainError({ problem: `The tensor ${key} has no value at this point.` })
  return value
}

/** Directional derivative: the change of `of` over the indices `order` when the tensors move in the given directions, through all nodes between. */
export function jvp<T>(nodes: readonly NodeLike[], directions: ReadonlyMap<string, Dense<T>>, of: Expr, point: Point<T>, field: Field<T>, order: readonly Index[]): Dense<T> {
  const keys = new Set(directions.keys())
  const push = forward(downstream(nodes, keys), of, keys, 1, point, field)
  const alone = (x: T) => { const t = field.alloc(1); t[0] = x; return t }
  const columns = push(new Map([...directions].map(([k, d]) => [k, Array.from({ length: d.data.length }, (_, j) => alone(d.data[j]!))])))
  const tangents = field.alloc(columns.length)
  for (let k = 0; k < columns.length; k++) tangents[k] = columns[k]![0] ?? field.zero
  const sizeOf = sizesAt(point.sizes)
  const shape = order.map(sizeOf)
  return { shape, data: spread(viewOf(of.free, of.free.map(sizeOf), tangents), order, shape, field) }
}

/** Tangents that are carried at once. */
const batch = 64

/** All derivatives of `of` (over its free indices) by all entries of a tensor, kept in the point: shape [free of `of`, axes of `by`]. */
function derivatives<T>(nodes: readonly NodeLike[], of: Expr, by: Tensor, direct: boolean, point: Point<T>, field: Field<T>, kept = false): Dense<T> {
  const key = `${direct ? 'local' : 'total'}:${of.id}:${by.key}`
  const cache = kept ? point.jacobians : point.cache
  const known = cache.get(key) as Dense<T> | undefined
  if (known) return known
  const keys = new Set([by.key])
  const value = valueOf(point, by.key)
  const seeds = value.data.length
  const width = Math.min(batch, seeds)
  const push = forward(direct ? [] : downstream(nodes, keys), of, keys, width, point, field)
  const rows = volume(of.free.map(sizesAt(point.sizes)))
  const data = field.alloc(volume([rows, seeds]))
  for (let from = 0; from < seeds; from += width) {
    const unit: Store<T>[] = new Array<Store<T>>(seeds)
    for (let k = from; k < Math.min(seeds, from + width); k++) { unit[k] = field.alloc(width); unit[k]![k - from] = field.one }
    const columns = push(new Map([[by.key, unit]]))
    for (let r = 0; r < rows; r++) for (let k = 0; k < columns[r]!.length && from + k < seeds; k++) data[r * seeds + from + k] = columns[r]![k]!
  }
  const made: Dense<T> = { shape: [...of.free.map(sizesAt(point.sizes)), ...value.shape], data }
  cache.set(key, made)
  return made
}

/** Entries over `order` of a derivative whose numerator runs over `numerator` and whose denominator is the entry `by`. */
function entries<T>(all: Dense<T>, numerator: readonly Index[], by: Sym, point: Point<T>, field: Field<T>, order: readonly Index[]): Dense<T> {
  const sizeOf = sizesAt(point.sizes)
  const view = pick(viewOf([...numerator, ...by.indices], all.shape, all.data), { sizeOf }, by.tensor.name)
  const shape = order.map(sizeOf)
  return { shape, data: spread(view, order, shape, field) }
}

/** d of / d by through all nodes between, over the indices `order`. `of` is any expression of node entries. */
export function totalDerivative<T>(nodes: readonly NodeLike[], of: Expr, by: Sym, point: Point<T>, field: Field<T>, order: readonly Index[]): Dense<T> {
  if (of.kind !== 'symbol' || of.tensor.size) return entries(derivatives(nodes, of, by.tensor, false, point, field), of.free, by, point, field, order)
  const all = generalEntry(of.tensor)
  // over the axes of the tensor, whatever letters or positions are asked for
  const jacobian = derivatives(nodes, all, by.tensor, false, point, field, true)
  const places = all.free.map(i => of.indices[all.indices.indexOf(i)]!)
  return entries(jacobian, places, by, point, field, order)
}

/** d of / d by where only the definition of the node `of` is differentiated and all other nodes are held fixed. */
export function localDerivative<T>(nodes: readonly NodeLike[], of: Expr, by: Sym, point: Point<T>, field: Field<T>, order: readonly Index[]): Dense<T> {
  const node = of.kind === 'symbol' && of.tensor.key !== by.tensor.key ? nodes.find(n => n.tensor.key === of.tensor.key) : undefined
  if (!node?.definition || of.kind !== 'symbol') return entries(derivatives(nodes, of, by.tensor, true, point, field), of.free, by, point, field, order)
  const free = node.definition.free
  const all = derivatives(nodes, node.definition, by.tensor, true, point, field, true)
  const numerator = free.map(i => of.indices[node.indices.indexOf(i)]!)
  return entries(all, numerator, by, point, field, order)
}

const general = new WeakMap<Tensor, Sym>()

/** The entry of a tensor at indices of its own. */
function generalEntry(t: Tensor): Sym {
  let made = general.get(t)
  if (!made) general.set(t, made = freshEntry(t))
  return made
}
const freshEntry = (t: Tensor): Sym => entry(t, t.axes.map((a, k) => freshIndex(`${t.name} axis ${k + 1}`, a, t.sample && k === 0)))

/** The total derivative of all entries of one tensor by all entries of another: shape [axes of `of`, axes of `by`]. */
export function jacobian<T>(nodes: readonly NodeLike[], of: Tensor, by: Tensor, point: Point<T>, field: Field<T>): Dense<T> {
  const [numerator, denominator] = [generalEntry(of), freshEntry(by)]
  return totalDerivative(nodes, numerator, denominator, point, field, [...numerator.indices, ...denominator.indices])
}

/** Resolves derivatives by dual numbers: total ones through the network, `direct` ones by the node's own definition. Nested ones give second derivatives. */
export const derivativeHook = (nodes: readonly NodeLike[]): DerivativeHook => <T>(d: Derivative, order: readonly Index[], point: Point<T>, field: Field<T>) =>
  (d.direct ? localDerivative : totalDerivative)(nodes, d.of, d.by, point, field, order)
