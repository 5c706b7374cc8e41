/** Small whole numbers, so that equal results are equal exactly. */
import { stream } from '@chainrule/train'

/** `n` numbers from -3 to 3 without 0. */
export function drawWhole(n: number, seed: number, purpose: string): Float64Array {
  const random = stream(seed, 'conv-dense', purpose)
  return Float64Array.from({ length: n }, () => { const x = random.below(6); return x < 3 ? x - 3 : x - 2 })
}

/** Are they the same numbers? 0 and -0 are. */
export const equal = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => a.length === b.length && Array.from(a).every((x, k) => x === b[k])
