import type { Random } from './generator.ts'

/** The positions 0 .. n-1 in a random order (R. Fisher and F. Yates; every order is equally likely). */
export function permutation(n: number, random: Random): Uint32Array {
  const order = new Uint32Array(n)
  for (let k = 0; k < n; k++) order[k] = k
  return shuffle(order, random)
}

/** The entries in a random order, in place. */
export function shuffle(order: Uint32Array, random: Random): Uint32Array {
  for (let k = order.length - 1; k > 0; k--) {
    const j = random.below(k + 1)
    const kept = order[k]!
    order[k] = order[j]!
    order[j] = kept
  }
  return order
}
