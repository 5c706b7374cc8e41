/**
 * The derivatives of the primitive functions, written by hand in the arithmetic of a field.
 * They are a second source beside `ScalarFunction.partial`, so that one can check the other.
 */
import type { ScalarFunction } from '../expression/index.ts'
import { ONE, type Rational, rational, signR } from '../shape/index.ts'
import type { Field } from './field.ts'

const own = (name: string, real: (...x: number[]) => number, exact?: (...x: Rational[]) => Rational | undefined): ScalarFunction =>
  ({ name, arity: real.length, abstract: false, partials: [], real, ...(exact && { exact }) })

const EXP = own('exp', x => Math.exp(x))
const SIGN = own('sign', x => Math.sign(x), x => rational(signR(x)))
/** sin, for functions that the evaluator makes itself. */
export const SIN = own('sin', x => Math.sin(x))
/** cos, for functions that the evaluator makes itself. */
export const COS = own('cos', x => Math.cos(x))
/** log, for the tangent of a power. */
export const LOG = own('log', x => Math.log(x))

/** Arithmetic that tangents are written in. */
interface Calculator<T> {
  readonly field: Field<T>
  readonly number: (n: number | bigint, d?: number) => T
  readonly call: (fn: ScalarFunction, x: T) => T
  /** base^(n/d) */
  readonly pow: (base: T, n: number, d?: number) => T
  /** 1 - x^2 */
  readonly coSquare: (x: T) => T
}

/** d f / d x_k of every argument, from the arguments and the value. */
type Tangent = <T>(c: Calculator<T>, args: readonly T[], value: T) => readonly T[]

const flat: Tangent = (c, args) => args.map(() => c.field.zero)
const extreme = (sign: number): Tangent => (c, args) => {
  let best = 0
  args.forEach((x, k) => { if (sign * c.field.compare(x, args[best]!) > 0) best = k })
  return args.map((_, k) => (k === best ? c.field.one : c.field.zero))
}

const TANGENTS: Readonly<Record<string, Tangent>> = {
  exp: (_, __, v) => [v],
  log: (c, [x]) => [c.pow(x!, -1)],
  sqrt: (c, _, v) => [c.field.mul(c.number(1, 2), c.pow(v, -1))],
  sin: (c, [x]) => [c.call(COS, x!)],
  cos: (c, [x]) => [c.field.mul(c.number(-1), c.call(SIN, x!))],
  tan: (c, _, v) => [c.field.add(c.field.one, c.pow(v, 2))],
  tanh: (c, _, v) => [c.coSquare(v)],
  sinh: (c, [x]) => [c.field.mul(c.number(1, 2), c.field.add(c.call(EXP, x!), c.call(EXP, c.field.mul(c.number(-1), x!))))],
  cosh: (c, [x]) => [c.field.mul(c.number(1, 2), c.field.add(c.call(EXP, x!), c.field.mul(c.number(-1), c.call(EXP, c.field.mul(c.number(-1), x!)))))],
  atan: (c, [x]) => [c.pow(c.field.add(c.field.one, c.pow(x!, 2)), -1)],
  arctan: (c, [x]) => [c.pow(c.field.add(c.field.one, c.pow(x!, 2)), -1)],
  asin: (c, [x]) => [c.pow(c.coSquare(x!), -1, 2)],
  acos: (c, [x]) => [c.field.mul(c.number(-1), c.pow(c.coSquare(x!), -1, 2))],
  erf: (c, [x]) => [c.field.mul(c.field.fromNumber(2 / Math.sqrt(Math.PI)), c.call(EXP, c.field.mul(c.number(-1), c.pow(x!, 2))))],
  abs: (c, [x]) => [c.call(SIGN, x!)],
  sign: flat,
  step: flat,
  heaviside: flat,
  floor: flat,
  ceil: flat,
  round: flat,
  max: extreme(1),
  min: extreme(-1),
  square: (c, [x]) => [c.field.mul(c.number(2), x!)],
}

/** d f / d x_k of a primitive function for every k, by its name; undefined for a function that is no primitive. */
export function tangentsOf<T>(field: Field<T>, fn: ScalarFunction, args: readonly T[], value: T): readonly T[] | undefined {
  const rule = Object.hasOwn(TANGENTS, fn.name) ? TANGENTS[fn.name] : undefined
  return rule?.(calculator(field), args, value)
}

function calculator<T>(field: Field<T>): Calculator<T> {
  const number = (n: number | bigint, d = 1): T => field.fromRational(rational(n, d))
  const pow = (base: T, n: number, d = 1): T => field.power(base, number(n, d))
  return {
    field, number, pow,
    call: (fn, x) => field.apply(fn, [x])!,
    coSquare: x => field.add(field.fromRational(ONE), field.mul(number(-1), pow(x, 2))),
  }
}
