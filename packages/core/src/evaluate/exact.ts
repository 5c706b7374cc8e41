/** Exact arithmetic: rational as long as all operations are, a double from the first one that is not. */
import { addR, compareR, isInteger, mulR, ONE, powR, type Rational, rational, toNumber, ZERO } from '../shape/index.ts'
import { type Field, powerOfDoubles, type Store } from './field.ts'

/** A rational, or a double once exactness is lost. */
export type Exact = Rational | number

/** A rational with more digits than this continues as a double: no expression can make the numbers grow without end. */
const maxDigits = 10_000
const limit = 10n ** BigInt(maxDigits)

export const isExact = (x: Exact): x is Rational => typeof x === 'object'
const double = (x: Exact): number => (isExact(x) ? toNumber(x) : x)
const bounded = (q: Rational): Exact => (q.n < limit && q.n > -limit && q.d < limit ? q : toNumber(q))

/** The integer square root when n is a square. */
function squareRoot(n: bigint): bigint | undefined {
  if (n < 0n) return undefined
  if (n < 2n) return n
  let x = BigInt(Math.floor(Math.sqrt(Number(n < 1n << 1000n ? n : 1n << 1000n))))
  if (n >= 1n << 1000n) x = 1n << BigInt(Math.ceil(n.toString(2).length / 2))
  for (let round = 0; round < 2000; round++) {
    const next = (x + n / x) >> 1n
    if (next === x || (next === x + 1n)) break
    x = next
  }
  for (const r of [x - 1n, x, x + 1n]) if (r * r === n) return r
  return undefined
}

function power(base: Exact, exponent: Exact): Exact {
  if (isExact(base) && isExact(exponent)) {
    const root = exponent.d === 2n ? rootOf(base) : undefined
    const b = root ?? base
    if ((isInteger(exponent) || root) && (b.n !== 0n || exponent.n > 0n) && exponent.n < 4096n && exponent.n > -4096n) {
      const digits = (b.n.toString().length + b.d.toString().length) * Math.abs(Number(exponent.n))
      if (digits <= maxDigits) return powR(b, Number(exponent.n))
    }
  }
  return powerOfDoubles(double(base), double(exponent))
}

function rootOf(q: Rational): Rational | undefined {
  const n = squareRoot(q.n)
  const d = squareRoot(q.d)
  return n !== undefined && d !== undefined ? rational(n, d) : undefined
}

/** Rationals while all is rational and the function has an exact value; else doubles. A product with an exact zero is an exact zero. */
export const exact: Field<Exact> = {
  name: 'exact',
  zero: ZERO,
  one: ONE,
  fromRational: q => q,
  fromNumber: x => x,
  toNumber: double,
  add: (a, b) => (isExact(a) && isExact(b) ? bounded(addR(a, b)) : double(a) + double(b)),
  mul: (a, b) => {
    if (isExact(a) && isExact(b)) return bounded(mulR(a, b))
    return (isExact(a) && a.n === 0n) || (isExact(b) && b.n === 0n) ? ZERO : double(a) * double(b)
  },
  power,
  apply: (fn, args) => {
    const rationals = args.filter(isExact)
    if (rationals.length === args.length && fn.exact) {
      const value = fn.exact(...rationals)
      if (value) return value
    } else if (rationals.length === args.length && fn.definition) return undefined
    return fn.real?.(...args.map(double))
  },
  compare: (a, b) => {
    if (isExact(a) && isExact(b)) return compareR(a, b)
    const [x, y] = [double(a), double(b)]
    return x > y ? 1 : x < y ? -1 : 0
  },
  isZero: x => isExact(x) && x.n === 0n,
  alloc: (n): Store<Exact> => new Array<Exact>(n).fill(ZERO),
}
