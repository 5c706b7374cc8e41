/** Doubles that carry a bound of their rounding error, to first order: tells a difference from rounding. */
import type { ScalarFunction } from '../expression/index.ts'
import { toNumber } from '../shape/index.ts'
import { type Field, floats, powerOfDoubles, type Store } from './field.ts'
import { tangentsOf } from './tangents.ts'

/** A double and a bound of its distance from the exact value. */
export interface Rounded { readonly v: number; readonly e: number }

/** Unit round-off of doubles; a library function is taken to be right to two of them. */
const u = 2 ** -53
const make = (v: number, e: number): Rounded => ({ v, e: e + u * Math.abs(v) })
const zero: Rounded = { v: 0, e: 0 }

/** True when a + b is a double (D. Knuth's two-sum has no remainder). */
function exactSum(a: number, b: number): boolean {
  const s = a + b
  const part = s - a
  return (a - (s - part)) + (b - part) === 0
}

function apply(fn: ScalarFunction, args: readonly Rounded[]): Rounded | undefined {
  const values = args.map(a => a.v)
  const v = floats.apply(fn, values)
  if (v === undefined) return undefined
  const slopes = tangentsOf(floats, fn, values, v)
  return slopes && make(v, args.reduce((e, a, k) => e + (a.e === 0 ? 0 : Math.abs(slopes[k]!) * a.e), u * Math.abs(v)))
}

/** Doubles with a running error bound. Composite functions are taken by their definition. */
export const rounded: Field<Rounded> = {
  name: 'rounded',
  zero,
  one: { v: 1, e: 0 },
  fromRational: q => { const v = toNumber(q); return { v, e: q.d === 1n && q.n < 2n ** 53n && q.n > -(2n ** 53n) ? 0 : u * Math.abs(v) } },
  fromNumber: v => ({ v, e: 0 }),
  toNumber: x => x.v,
  add: (a, b) => (exactSum(a.v, b.v) ? { v: a.v + b.v, e: a.e + b.e } : make(a.v + b.v, a.e + b.e)),
  mul: (a, b) => {
    const v = a.v * b.v
    const e = Math.abs(a.v) * b.e + Math.abs(b.v) * a.e + a.e * b.e
    return Number.isInteger(a.v) && Number.isInteger(b.v) && Number.isSafeInteger(v) ? { v, e } : make(v, e)
  },
  power: (b, x) => {
    const v = powerOfDoubles(b.v, x.v)
    const byBase = b.e === 0 ? 0 : Math.abs(x.v * powerOfDoubles(b.v, x.v - 1)) * b.e
    const byExponent = x.e === 0 ? 0 : Math.abs(v * Math.log(Math.abs(b.v))) * x.e
    return make(v, byBase + byExponent + u * Math.abs(v))
  },
  apply,
  compare: (a, b) => floats.compare(a.v, b.v),
  isZero: x => x.v === 0 && x.e === 0,
  alloc: (n): Store<Rounded> => new Array<Rounded>(n).fill(zero),
}
