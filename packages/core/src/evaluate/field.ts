/** A field is the arithmetic that an expression is evaluated in: doubles, exact rationals, dual numbers. */
import type { ScalarFunction } from '../expression/index.ts'
import { type Rational, toNumber } from '../shape/index.ts'

/** A flat block of numbers; a `Float64Array` for doubles. */
export interface Store<T> { [at: number]: T; readonly length: number }

/** The operations that evaluation needs. All are pure. */
export interface Field<T> {
  readonly name: string
  readonly zero: T
  readonly one: T
  readonly fromRational: (q: Rational) => T
  readonly fromNumber: (x: number) => T
  /** The value as a double; a dual number forgets its tangent. */
  readonly toNumber: (x: T) => number
  readonly add: (a: T, b: T) => T
  readonly mul: (a: T, b: T) => T
  readonly power: (base: T, exponent: T) => T
  /** fn(args) for a function that is not abstract; undefined when only the definition of fn can be evaluated here. */
  readonly apply: (fn: ScalarFunction, args: readonly T[]) => T | undefined
  /** Sign of a - b, by value. */
  readonly compare: (a: T, b: T) => number
  /** True for an exact zero: a factor that makes any product zero. */
  readonly isZero: (x: T) => boolean
  /** n zeros. */
  readonly alloc: (n: number) => Store<T>
}

/** base^exponent of doubles; the powers 2, -1 and 1/2 are correctly rounded. */
export function powerOfDoubles(base: number, exponent: number): number {
  switch (exponent) {
    case 2: return base * base
    case -1: return 1 / base
    case 0.5: return Math.sqrt(base)
    case -0.5: return 1 / Math.sqrt(base)
    default: return base ** exponent
  }
}

/** Double precision. */
export const floats: Field<number> = {
  name: 'floats',
  zero: 0,
  one: 1,
  fromRational: toNumber,
  fromNumber: x => x,
  toNumber: x => x,
  add: (a, b) => a + b,
  mul: (a, b) => a * b,
  power: powerOfDoubles,
  apply: (fn, args) => fn.real?.(...args),
  compare: (a, b) => (a > b ? 1 : a < b ? -1 : 0),
  isZero: x => x === 0,
  alloc: n => new Float64Array(n),
}
