/** Random numbers whose state is four whole numbers, so that a run can be stopped and goes on with the same numbers. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import { badState } from './messages.ts'
import { hash128 } from './hash.ts'

/** The whole state of a generator: four whole numbers of 32 bits. */
export type GeneratorState = readonly number[]

/** A generator: xoroshiro128+ (D. Blackman and S. Vigna, 2018), from the library pure-rand. */
export interface Random {
  /** The next number in [0, 1), a multiple of 2^-53. */
  readonly uniform: () => number
  /** The next whole number in [0, n), without bias, for 1 <= n <= 2^32. */
  readonly below: (n: number) => number
  /** The next number from the normal distribution of mean 0 and variance 1. */
  readonly normal: () => number
  readonly state: () => GeneratorState
}

/** The generator that goes on from a state. Throws a ChainError for what is no state. */
export function resume(state: GeneratorState): Random {
  if (state.length !== 4 || !state.every(x => Number.isInteger(x) && Math.abs(x) <= 2 ** 32) || state.every(x => x === 0)) throw badState(state)
  const g = xoroshiro128plusFromState(state.map(x => x | 0))
  const uniform = (): number => uniformFloat64(g)
  return {
    uniform,
    below: n => {
      // numbers past the last whole multiple of n are drawn again
      const limit = 2 ** 32 - (2 ** 32 % n)
      for (;;) { const x = g.next() >>> 0; if (x < limit) return x % n }
    },
    // Box and Muller (1958); one of the pair is enough and keeps the state to four numbers
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    state: () => g.getState(),
  }
}

/**
 * The generator of a purpose: `stream(1, 'order', epoch)`. Streams of different seeds or purposes are independent, so a change
 * in how one is used leaves the others as they are.
 */
export const stream = (seed: number, ...purpose: readonly (string | number)[]): Random => resume(hash128([seed, ...purpose].join('/')))
