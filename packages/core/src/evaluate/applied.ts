/** Values of functions: natively in the field, through the definition, or, for abstract ones, as a random smooth function. */
import { ChainError } from '../errors.ts'
import { type Apply, entry, type Expr, freshIndex, type Index, type ScalarFunction, type Sym } from '../expression/index.ts'
import { sizeSymbol } from '../shape/index.ts'
import type { AbstractValue, Place } from './abstract.ts'
import { addresses, type Dense, rowMajor, type SizeOf, spread, type View, viewOf, volume } from './dense.ts'
import { dualsOver } from './duals.ts'
import type { Field, Store } from './field.ts'
import { makePoint, type Point } from './point.ts'

type Evaluate = <T>(expr: Expr, point: Point<T>, field: Field<T>, order: readonly Index[]) => Dense<T>

const isRandom = (f: ScalarFunction | AbstractValue): f is AbstractValue => 'kind' in f

/** fn of every cell. Throws ChainError for a function that has no value in this field. */
export function pointwise<T>(fn: ScalarFunction, args: readonly Store<T>[], cells: number, point: Point<T>, field: Field<T>, evaluate: Evaluate): Store<T> {
  if (!fn.abstract) return concrete(fn, args, cells, point, field, evaluate)
  const meaning = point.functions(baseName(fn))
  if (!isRandom(meaning)) return differentiated(meaning, fn.partials, args, cells, point, field, evaluate)
  const out = field.alloc(cells)
  const partials = fn.partials.map(k => [k])
  for (let c = 0; c < cells; c++) out[c] = meaning.value(field, args.map((a, k) => ({ place: [k], x: a[c]! })), partials)
  return out
}

/** The name without primes: g, g' and g'' mean the same function. */
const baseName = (fn: ScalarFunction): string => fn.name.replace(/['′″]+$/, '')

function concrete<T>(fn: ScalarFunction, args: readonly Store<T>[], cells: number, point: Point<T>, field: Field<T>, evaluate: Evaluate): Store<T> {
  const out = field.alloc(cells)
  if (cells === 0) return out
  const one = args.length === 1 ? args[0]! : undefined
  for (let c = 0; c < cells; c++) {
    const value = field.apply(fn, one ? [one[c]!] : args.map(a => a[c]!))
    if (value === undefined) return defined(fn, args, cells, point, field, evaluate)
    out[c] = value
  }
  return out
}

interface Definition { readonly args: readonly Sym[]; readonly body: Expr; readonly index: Index }
const definitions = new WeakMap<ScalarFunction, Definition>()

/** fn through its definition, evaluated over an axis that runs over the cells. */
function defined<T>(fn: ScalarFunction, args: readonly Store<T>[], cells: number, point: Point<T>, field: Field<T>, evaluate: Evaluate): Store<T> {
  const d = definitionOf(fn, args.length)
  if (!d || (d.body.kind === 'apply' && d.body.fn.name === fn.name)) throw new ChainError({ problem: `The function ${fn.name} has no value in ${field.name}.`, expected: 'A function needs a value, a known tangent or a definition.' })
  const inner = makePoint<T>({ sizes: new Map([['cells', cells]]), functions: point.functions })
  d.args.forEach((a, k) => inner.values.set(a.tensor.key, { shape: [cells], data: args[k]! }))
  return evaluate(d.body, inner, field, [d.index]).data
}

function definitionOf(fn: ScalarFunction, arity: number): Definition | undefined {
  const known = definitions.get(fn)
  if (known || !fn.definition) return known
  const size = sizeSymbol('cells')
  const index = freshIndex('cell', size)
  const args = Array.from({ length: arity }, (_, k) => entry({ key: `argument:${k}`, name: `argument ${k + 1}`, axes: [size], sample: false, rank: 0 }, [index]))
  const made = { args, body: fn.definition(args), index }
  definitions.set(fn, made)
  return made
}

/** A partial derivative of a known function by (nested) dual numbers. */
function differentiated<T>(fn: ScalarFunction, partials: readonly number[], args: readonly Store<T>[], cells: number, point: Point<T>, field: Field<T>, evaluate: Evaluate): Store<T> {
  const [by, ...rest] = partials
  if (by === undefined) return concrete(fn, args, cells, point, field, evaluate)
  const over = dualsOver(field)
  const seeded = args.map((a, k) => {
    const data = over.alloc(cells)
    for (let c = 0; c < cells; c++) data[c] = { v: a[c]!, t: k === by ? field.one : field.zero }
    return data
  })
  const inner = makePoint<{ v: T; t: T }>({ functions: point.functions })
  const value = differentiated(fn, rest, seeded, cells, inner, over, evaluate)
  const out = field.alloc(cells)
  for (let c = 0; c < cells; c++) out[c] = value[c]!.t
  return out
}

/**
 * A function of whole tensors: a known one (the inverse of a matrix) at the entry `at`,
 * or an abstract functional, differentiated at the entries `at`.
 */
export function functional<T>(e: Apply, part: (e: Expr) => View<T>, point: Point<T>, field: Field<T>, sizeOf: SizeOf): View<T> {
  const outer = e.free
  const sizes = outer.map(sizeOf)
  const inputs = e.args.map((a, k) => {
    const shape = e.over[k]!.map(sizeOf)
    return { shape, length: volume(shape), data: spread(part(a), [...outer, ...e.over[k]!], [...sizes, ...shape], field) }
  })
  const at = e.at.map(group => group.map(i => addresses(outer.map(o => Number(o === i)), sizes, i.literal ?? 0)))
  const value = e.fn.whole ? wholeAt(e, field, at, sizeOf) : abstractAt(e, point, field, at, inputs.map(i => positions(i.shape)))
  const out = field.alloc(volume(sizes))
  for (let c = 0; c < out.length; c++) {
    out[c] = value(c, inputs.map(({ shape, length, data }) => ({ sizes: shape, entries: Array.from({ length }, (_, k) => data[c * length + k]!) })))
  }
  return viewOf(outer, sizes, out)
}

type CellValue<T> = (cell: number, args: readonly { readonly sizes: readonly number[]; readonly entries: readonly T[] }[]) => T
type Positions = readonly (readonly Int32Array[])[]

function wholeAt<T>(e: Apply, field: Field<T>, at: Positions, sizeOf: SizeOf): CellValue<T> {
  const group = at[0] ?? []
  // the result of a matrix function has the shape of its first argument, or is a number
  const strides = rowMajor(group.map((_, k) => { const i = e.at[0]![k]!; return i.literal === undefined ? sizeOf(i) : sizeOf(e.over[0]![k]!) }))
  return (cell, args) => {
    const value = e.fn.whole!.value(field, args)
    if (!value) throw new ChainError({ problem: `${e.fn.name} has no value at this point.` })
    return value[group.reduce((s, positions, k) => s + positions[cell]! * strides[k]!, 0)]!
  }
}

function abstractAt<T>(e: Apply, point: Point<T>, field: Field<T>, at: Positions, places: readonly (readonly number[][])[]): CellValue<T> {
  const meaning = e.fn.abstract ? point.functions(baseName(e.fn)) : undefined
  if (!meaning || !isRandom(meaning)) throw new ChainError({ problem: `${e.fn.name} of whole tensors has no value here.`, expected: 'A function of whole tensors is abstract or a known matrix function.' })
  return (cell, args) => {
    const inputs = args.flatMap((a, k) => a.entries.map((x, j) => ({ place: [k, ...places[k]![j]!], x })))
    const partials: Place[] = e.fn.partials.map((k, p) => [k, ...(at[p] ?? []).map(x => x[cell]!)])
    return meaning.value(field, inputs, partials)
  }
}

/** All positions of a shape, row-major. */
export function positions(shape: readonly number[]): number[][] {
  let all: number[][] = [[]]
  for (const n of shape) all = all.flatMap(p => Array.from({ length: n }, (_, k) => [...p, k]))
  return all
}
