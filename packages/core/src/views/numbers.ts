/** Numbers in results: exact ones as terminating decimals or fractions, others to a stated number of digits. */
import { type Dense, type Exact, isExact } from '../evaluate/index.ts'
import { fromNumber, type Rational, textR, toNumber } from '../shape/index.ts'
import type { Formula } from '../print/index.ts'

/** Longer exact numbers are shown as decimals; JSON keeps them whole. */
const LONGEST = 24

/** `0.62`, `1/3`, or ten significant digits of a double. */
export function numberText(x: Exact): string {
  if (isExact(x)) {
    const text = textR(x, true)
    return text.length > LONGEST ? numberText(toNumber(x)) : text
  }
  if (!Number.isFinite(x)) return String(x)
  if (x !== 0 && (Math.abs(x) < 1e-4 || Math.abs(x) >= 1e10)) return x.toExponential(6).replace(/\.?0+e/, 'e')
  return String(Number(x.toPrecision(10)))
}

export const asNumber = (x: Exact): number => (isExact(x) ? toNumber(x) : x)

/** A number as a formula. */
export const numberFormula = (x: Exact): Formula => {
  const value: Rational = isExact(x) ? x : fromNumber(Number(numberText(x)))
  return { kind: 'number', value, decimal: true }
}

/** A dense tensor as nested arrays. */
export function nested<T, U>(d: Dense<T>, each: (x: T) => U): unknown {
  const walk = (axis: number, start: number, step: number): unknown => {
    if (axis === d.shape.length) return each(d.data[start]!)
    const n = d.shape[axis]!
    const inner = step / Math.max(n, 1)
    return Array.from({ length: n }, (_, k) => walk(axis + 1, start + k * inner, inner))
  }
  return walk(0, 0, d.data.length)
}

/** A dense tensor as short text: `0.62`, `[1, 2]`, or its shape and range when long. */
export function denseText(d: Dense<Exact>, most = 8): string {
  if (d.data.length > most) {
    const all = Array.from({ length: d.data.length }, (_, k) => asNumber(d.data[k]!))
    const norm = Math.sqrt(all.reduce((s, x) => s + x * x, 0))
    return `${d.shape.join('×')}, ‖·‖ ${Number(norm.toPrecision(4))}`
  }
  const show = (v: unknown): string => (Array.isArray(v) ? `[${v.map(show).join(', ')}]` : String(v))
  return show(nested(d, numberText))
}
