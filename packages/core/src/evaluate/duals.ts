/** Dual numbers v + t eps with eps^2 = 0: forward-mode differentiation. Over duals again, they give second derivatives. */
import { rational } from '../shape/index.ts'
import { type Field, floats, type Store } from './field.ts'
import { LOG, tangentsOf } from './tangents.ts'

/** v + t eps; t is a number, or several tangents at once. */
export interface Dual<T, V = T> { readonly v: T; readonly t: V }

/** Where tangents live: what can be added, and scaled by values. */
interface Tangents<T, V> {
  readonly zero: V
  readonly isZero: (t: V) => boolean
  readonly add: (a: V, b: V) => V
  readonly scale: (c: T, t: V) => V
}

function dualsWith<T, V>(base: Field<T>, space: Tangents<T, V>, name: string): Field<Dual<T, V>> {
  const lift = (v: T): Dual<T, V> => ({ v, t: space.zero })
  const zero = lift(base.zero)
  const times = (c: T, t: V): V => (space.isZero(t) || base.isZero(c) ? space.zero : space.scale(c, t))
  const plus = (a: V, b: V): V => (space.isZero(a) ? b : space.isZero(b) ? a : space.add(a, b))
  const minusOne = base.fromRational(rational(-1))
  return {
    name,
    zero,
    one: lift(base.one),
    fromRational: q => lift(base.fromRational(q)),
    fromNumber: x => lift(base.fromNumber(x)),
    toNumber: x => base.toNumber(x.v),
    add: (a, b) => ({ v: base.add(a.v, b.v), t: plus(a.t, b.t) }),
    mul: (a, b) => ({ v: base.mul(a.v, b.v), t: plus(times(b.v, a.t), times(a.v, b.t)) }),
    power: (b, e) => {
      const v = base.power(b.v, e.v)
      const byBase = space.isZero(b.t) || base.isZero(e.v) ? space.zero
        : times(base.mul(e.v, base.power(b.v, base.add(e.v, minusOne))), b.t)
      const byExponent = space.isZero(e.t) ? space.zero : times(base.mul(v, base.apply(LOG, [b.v])!), e.t)
      return { v, t: plus(byBase, byExponent) }
    },
    apply: (fn, args) => {
      const values = args.map(a => a.v)
      const v = base.apply(fn, values)
      if (v === undefined) return undefined
      const slopes = tangentsOf(base, fn, values, v)
      return slopes && { v, t: args.reduce((sum, a, k) => plus(sum, times(slopes[k]!, a.t)), space.zero) }
    },
    compare: (a, b) => base.compare(a.v, b.v),
    isZero: x => base.isZero(x.v) && space.isZero(x.t),
    alloc: (n): Store<Dual<T, V>> => new Array<Dual<T, V>>(n).fill(zero),
  }
}

const single = new WeakMap<object, unknown>()

/** The dual numbers over a field, one object per field. Its functions are the primitives with hand-written tangents. */
export function dualsOver<T>(base: Field<T>): Field<Dual<T>> {
  const known = single.get(base) as Field<Dual<T>> | undefined
  if (known) return known
  const made = dualsWith(base, { zero: base.zero, isZero: base.isZero, add: base.add, scale: base.mul }, `duals over ${base.name}`)
  single.set(base, made)
  return made
}

const several = new WeakMap<object, Map<number, unknown>>()

/** Dual numbers with `width` tangents at once; a store of no length is the zero tangent. One object per field and width. */
export function vectorDualsOver<T>(base: Field<T>, width: number): Field<Dual<T, Store<T>>> {
  const widths = several.get(base) ?? new Map<number, unknown>()
  several.set(base, widths)
  const known = widths.get(width) as Field<Dual<T, Store<T>>> | undefined
  if (known) return known
  const made = dualsWith<T, Store<T>>(base, vectors(base, width), `duals over ${base.name}`)
  widths.set(width, made)
  return made
}

function vectors<T>(base: Field<T>, width: number): Tangents<T, Store<T>> {
  const zero = base.alloc(0)
  if (zero instanceof Float64Array) return floatVectors(zero, width) as unknown as Tangents<T, Store<T>>
  return {
    zero,
    isZero: t => t.length === 0,
    add: (a, b) => {
      const out = base.alloc(width)
      for (let k = 0; k < width; k++) out[k] = base.isZero(a[k]!) ? b[k]! : base.isZero(b[k]!) ? a[k]! : base.add(a[k]!, b[k]!)
      return out
    },
    scale: (c, t) => {
      const out = base.alloc(width)
      for (let k = 0; k < width; k++) if (!base.isZero(t[k]!)) out[k] = base.mul(c, t[k]!)
      return out
    },
  }
}

const floatVectors = (zero: Float64Array, width: number): Tangents<number, Float64Array> => ({
  zero,
  isZero: t => t.length === 0,
  add: (a, b) => { const out = new Float64Array(width); for (let k = 0; k < width; k++) out[k] = a[k]! + b[k]!; return out },
  scale: (c, t) => { const out = new Float64Array(width); for (let k = 0; k < width; k++) out[k] = c * t[k]!; return out },
})

/** Dual numbers of doubles. */
export const duals: Field<Dual<number>> = dualsOver(floats)
/** Duals over duals: value, two tangents and the mixed second derivative. */
export const hyperduals: Field<Dual<Dual<number>>> = dualsOver(duals)
