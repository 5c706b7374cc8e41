/** A point: numbers for everything that an expression leaves open. */
import type { Derivative, Index, ScalarFunction } from '../expression/index.ts'
import { ChainError } from '../errors.ts'
import { evaluateS, isInteger, printSize, type Rational, type Size } from '../shape/index.ts'
import { type AbstractValue, randomFunction } from './abstract.ts'
import type { Dense, SizeOf, View } from './dense.ts'
import type { Field } from './field.ts'

/** A hook for unresolved derivatives: their entries over the indices `order`, row-major, in any field. */
export type DerivativeHook = <T>(d: Derivative, order: readonly Index[], point: Point<T>, field: Field<T>) => Dense<T>

/** Values of sizes, tensors and abstract functions. A point belongs to one field; its values must not change once used. */
export interface Point<T> {
  /** Size symbols. */
  readonly sizes: ReadonlyMap<string, number>
  /** Tensors by key; the shape is that of the axes, the sample axis first. */
  readonly values: Map<string, Dense<T>>
  /** What an abstract function stands for: another function, or a random smooth one. */
  readonly functions: (name: string) => ScalarFunction | AbstractValue
  /** Values of expressions that were met, by id: each is computed once. */
  readonly memo: Map<number, View<T>>
  /** Values kept by others, such as derivatives of expressions. */
  readonly cache: Map<string, unknown>
  /** Jacobians of tensors by tensors: they outlive the expressions of a question. */
  readonly jacobians: Map<string, unknown>
  readonly derivative?: DerivativeHook | undefined
}

/** What a point is made of. */
export interface PointParts<T> {
  readonly sizes?: ReadonlyMap<string, number> | undefined
  readonly values?: ReadonlyMap<string, Dense<T>> | undefined
  readonly functions?: ((name: string) => ScalarFunction | AbstractValue) | undefined
  readonly derivative?: DerivativeHook | undefined
}

/** A point with nothing computed yet. Abstract functions are random and smooth, chosen by name, unless given. */
export const makePoint = <T>(parts: PointParts<T> = {}): Point<T> => ({
  sizes: parts.sizes ?? new Map(),
  values: new Map(parts.values),
  functions: parts.functions ?? randomFunctions(1),
  memo: new Map(),
  cache: new Map(),
  jacobians: new Map(),
  derivative: parts.derivative,
})

/** The same numbers for another question: nothing computed for expressions yet, Jacobians of tensors kept. */
export const freshPoint = <T>(p: Point<T>): Point<T> => ({ ...p, memo: new Map(), cache: new Map() })

/** Random smooth functions, the same for the same seed and name; `bound` gives some names a function of their own. */
export const randomFunctions = (seed: number, bound: ReadonlyMap<string, ScalarFunction> = new Map()) =>
  (name: string): ScalarFunction | AbstractValue => bound.get(name) ?? randomFunction(seed, name)

/** The number of a size at a point. Throws ChainError when a symbol has no number. */
export function sizeNumber(s: Size, sizes: ReadonlyMap<string, number>): Rational {
  const value = evaluateS(s, name => sizes.get(name))
  if (!value) throw new ChainError({ problem: `The size ${printSize(s)} has no number at this point.`, expected: 'Every size symbol needs a number.' })
  return value
}

/** Sizes of indices at a point: whole numbers, 0 or more. */
export function sizesAt(sizes: ReadonlyMap<string, number>): SizeOf {
  const known = new Map<Size, number>()
  return i => {
    if (i.literal !== undefined) return 1
    let n = known.get(i.size)
    if (n === undefined) known.set(i.size, n = wholeSize(i.size, sizes))
    return n
  }
}

/** The size of an axis at a point. Throws ChainError when it is no whole number or negative. */
export function wholeSize(s: Size, sizes: ReadonlyMap<string, number>): number {
  const value = sizeNumber(s, sizes)
  if (!isInteger(value) || value.n < 0n) throw new ChainError({ problem: `The size ${printSize(s)} is ${value.n}/${value.d} at this point.`, expected: 'A size is a whole number, 0 or more.' })
  return Number(value.n)
}
