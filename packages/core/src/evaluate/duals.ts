/** Dual numbers v + t eps with eps^2 = 0: forward-mode differentiation. Over duals again, they give second derivatives. */
import { rational } from '../shape/index.ts'
import { type Field, floats, type Store } from './field.ts'
import { LOG, tangentsOf } from './tangents.ts'

/** v + t eps */
export interface Dual<T> { readonly v: T; readonly t: T }

const made = new WeakMap<object, unknown>()

/** The dual numbers over a field. One object per field. Its functions are the primitives with hand-written tangents. */
export function dualsOver<T>(base: Field<T>): Field<Dual<T>> {
  const known = made.get(base) as Field<Dual<T>> | undefined
  if (known) return known
  const lift = (v: T): Dual<T> => ({ v, t: base.zero })
  const zero = lift(base.zero)
  const times = (a: T, b: T): T => (base.isZero(a) || base.isZero(b) ? base.zero : base.mul(a, b))
  const plus = (a: T, b: T): T => (base.isZero(a) ? b : base.isZero(b) ? a : base.add(a, b))
  const minusOne = base.fromRational(rational(-1))
  const field: Field<Dual<T>> = {
    name: `duals over ${base.name}`,
    zero,
    one: lift(base.one),
    fromRational: q => lift(base.fromRational(q)),
    fromNumber: x => lift(base.fromNumber(x)),
    toNumber: x => base.toNumber(x.v),
    add: (a, b) => ({ v: base.add(a.v, b.v), t: plus(a.t, b.t) }),
    mul: (a, b) => ({ v: base.mul(a.v, b.v), t: plus(times(a.t, b.v), times(a.v, b.t)) }),
    power: (b, e) => {
      const v = base.power(b.v, e.v)
      const byBase = base.isZero(b.t) || base.isZero(e.v) ? base.zero
        : base.mul(base.mul(e.v, base.power(b.v, base.add(e.v, minusOne))), b.t)
      const byExponent = base.isZero(e.t) ? base.zero : base.mul(base.mul(v, base.apply(LOG, [b.v])!), e.t)
      return { v, t: plus(byBase, byExponent) }
    },
    apply: (fn, args) => {
      const values = args.map(a => a.v)
      const v = base.apply(fn, values)
      if (v === undefined) return undefined
      const slopes = tangentsOf(base, fn, values, v)
      return slopes && { v, t: args.reduce((sum, a, k) => plus(sum, times(slopes[k]!, a.t)), base.zero) }
    },
    compare: (a, b) => base.compare(a.v, b.v),
    isZero: x => base.isZero(x.v) && base.isZero(x.t),
    alloc: (n): Store<Dual<T>> => new Array<Dual<T>>(n).fill(zero),
  }
  made.set(base, field)
  return field
}

/** Dual numbers of doubles. */
export const duals: Field<Dual<number>> = dualsOver(floats)
/** Duals over duals: value, two tangents and the mixed second derivative. */
export const hyperduals: Field<Dual<Dual<number>>> = dualsOver(duals)
