/** A seeded generator of random numbers: splitmix32, good enough for test points and reproducible everywhere. */

/** The next number in [0, 1). */
export type Random = () => number

/** splitmix32 (a 32-bit counter with the finaliser of MurmurHash3), by G. Steele, D. Lea and C. Flood (2014). */
export function splitmix32(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state ^ (state >>> 16)
    z = Math.imul(z, 0x85ebca6b)
    z ^= z >>> 13
    z = Math.imul(z, 0xc2b2ae35)
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32
  }
}

/** A whole number in [0, n). */
export const below = (n: number, random: Random): number => Math.floor(random() * n)

/** The items in a random order. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const out = [...items]
  for (let k = out.length - 1; k > 0; k--) { const j = below(k + 1, random); [out[k], out[j]] = [out[j]!, out[k]!] }
  return out
}
