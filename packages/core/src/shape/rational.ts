/**
 * Exact rational numbers n/d with d > 0 and gcd(n, d) = 1.
 * A decimal on a page is exact: 0.3 is 3/10.
 */
export interface Rational { readonly n: bigint; readonly d: bigint }

const gcd = (a: bigint, b: bigint): bigint => {
  let x = a < 0n ? -a : a
  let y = b < 0n ? -b : b
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** n/d in lowest terms. Throws RangeError when d = 0. */
export function rational(n: bigint | number, d: bigint | number = 1n): Rational {
  const numerator = BigInt(n)
  const denominator = BigInt(d)
  if (denominator === 0n) throw new RangeError('division by zero')
  if (denominator === 1n) return { n: numerator, d: 1n }
  const g = gcd(numerator, denominator) * (denominator < 0n ? -1n : 1n)
  return { n: numerator / g, d: denominator / g }
}

export const ZERO = rational(0)
export const ONE = rational(1)
export const MINUS_ONE = rational(-1)

/** a + b */
export const addR = (a: Rational, b: Rational): Rational =>
  a.d === 1n && b.d === 1n ? { n: a.n + b.n, d: 1n } : rational(a.n * b.d + b.n * a.d, a.d * b.d)
/** -a */
export const negR = (a: Rational): Rational => ({ n: -a.n, d: a.d })
/** a - b */
export const subR = (a: Rational, b: Rational): Rational => addR(a, negR(b))
/** a b */
export const mulR = (a: Rational, b: Rational): Rational =>
  a.d === 1n && b.d === 1n ? { n: a.n * b.n, d: 1n } : rational(a.n * b.n, a.d * b.d)
/** a / b. Throws RangeError when b = 0. */
export const divR = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n)

/** a^k for an integer k. Throws RangeError for 0 to a negative power, and when the result would pass 2^20 bits. */
export function powR(a: Rational, k: number): Rational {
  const bits = Math.max(a.n.toString(16).length, a.d.toString(16).length) * 4 * Math.abs(k)
  if (bits > 1 << 20 && !(a.d === 1n && (a.n === 1n || a.n === -1n || a.n === 0n))) throw new RangeError('number too large')
  return k >= 0 ? { n: a.n ** BigInt(k), d: a.d ** BigInt(k) } : rational(a.d ** BigInt(-k), a.n ** BigInt(-k))
}

export const eqR = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d
export const signR = (a: Rational): number => (a.n > 0n ? 1 : a.n < 0n ? -1 : 0)
export const compareR = (a: Rational, b: Rational): number => signR(subR(a, b))
export const isInteger = (a: Rational): boolean => a.d === 1n

/** The nearest double of a. */
export function toNumber(a: Rational): number {
  const direct = Number(a.n) / Number(a.d)
  if (Number.isFinite(direct)) return direct
  const shift = Math.max(0, Math.max(a.n.toString(2).length, a.d.toString(2).length) - 1000)
  return Number(a.n >> BigInt(shift)) / Number(a.d >> BigInt(shift))
}

/** The exact value of a decimal text such as `0.3`, `-1e-3`, `25_000`; undefined when it is none. */
export function parseRational(text: string): Rational | undefined {
  const match = /^([+-]?)(\d[\d_]*)?(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text.trim())
  if (!match || (match[2] === undefined && !match[3])) return undefined
  const whole = (match[2] ?? '').replaceAll('_', '')
  const fraction = match[3] ?? ''
  const digits = BigInt(`${whole}${fraction}`) * (match[1] === '-' ? -1n : 1n)
  const exponent = Number(match[4] ?? 0) - fraction.length
  return exponent >= 0 ? rational(digits * 10n ** BigInt(exponent)) : rational(digits, 10n ** BigInt(-exponent))
}

/** The exact value of a finite double (its shortest decimal, as a person reads it). */
export function fromNumber(x: number): Rational {
  const exact = parseRational(String(x))
  if (!exact) throw new RangeError(`not a finite number: ${x}`)
  return exact
}

/** `3`, `-1/4`; with `decimal`, a terminating fraction is written `-0.25`. */
export function textR(a: Rational, decimal = false): string {
  if (a.d === 1n) return a.n.toString()
  if (decimal) {
    let d = a.d
    let places = 0
    while (d % 10n === 0n) { d /= 10n; places++ }
    let twos = 0
    while (d % 2n === 0n) { d /= 2n; twos++ }
    let fives = 0
    while (d % 5n === 0n) { d /= 5n; fives++ }
    places += Math.max(twos, fives)
    if (d === 1n && places <= 60) {
      const scaled = (a.n < 0n ? -a.n : a.n) * 10n ** BigInt(places) / a.d
      const digits = scaled.toString().padStart(places + 1, '0')
      return `${a.n < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
    }
  }
  return `${a.n}/${a.d}`
}
