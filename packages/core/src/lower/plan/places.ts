/** What a place along an axis is: a whole axis, digits of a mixed radix, a slice, or something to be gathered. */
import type { Place } from '../program.ts'

export type Reading =
  /** One fixed position. */
  | { readonly kind: 'fixed'; readonly at: number }
  /** The loop runs over the whole axis. */
  | { readonly kind: 'whole'; readonly loop: number }
  /** The axis is the loops row by row, the slowest first. */
  | { readonly kind: 'digits'; readonly loops: readonly number[] }
  /** start + step * loop */
  | { readonly kind: 'slice'; readonly loop: number; readonly start: number; readonly step: number }
  | { readonly kind: 'gather' }

export function rangeOf(p: Place, loops: readonly number[]): readonly [number, number] {
  let [low, high] = [p.constant, p.constant]
  for (const [l, c] of p.terms) { if (c > 0) high += c * (loops[l]! - 1); else low += c * (loops[l]! - 1) }
  return [low, high]
}

/** Loops of size 1 stand still. */
const movingTerms = (p: Place, loops: readonly number[]): (readonly [number, number])[] => p.terms.filter(([l]) => loops[l]! > 1)

export function readingOf(p: Place, size: number, loops: readonly number[]): Reading {
  if (p.terms.length === 0) return { kind: 'fixed', at: p.constant }
  if (p.terms.length === 1) {
    const [[loop, step]] = p.terms as [readonly [number, number]]
    if (step === 1 && p.constant === 0 && loops[loop] === size) return { kind: 'whole', loop }
    return step > 0 ? { kind: 'slice', loop, start: p.constant, step } : { kind: 'gather' }
  }
  const digits = digitsOf(p, size, loops)
  return digits ? { kind: 'digits', loops: digits } : { kind: 'gather' }
}

/** The loops, slowest first, when the place counts them row by row over the whole axis. */
export function digitsOf(p: Place, size: number, loops: readonly number[]): readonly number[] | undefined {
  if (p.constant !== 0) return undefined
  const still = p.terms.filter(([l]) => loops[l] === 1).map(([l]) => l)
  const order = [...movingTerms(p, loops)].sort((a, b) => b[1] - a[1])
  let step = 1
  for (let k = order.length - 1; k >= 0; k--) {
    const [l, c] = order[k]!
    if (c !== step) return undefined
    step *= loops[l]!
  }
  return step === size ? [...still, ...order.map(([l]) => l)] : undefined
}
