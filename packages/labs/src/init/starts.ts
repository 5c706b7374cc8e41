/** The starts that are compared, and what holds of their numbers. */
import type { Parameter } from '@chainrule/train'
import { volume } from '@chainrule/train'
import { drawn, type Numbers } from '../shared/parameters.ts'
import { short } from '../shared/text.ts'
import type { InitSettings } from './card.ts'
import type { Claim, Claims } from './consequences.ts'

export interface Start {
  readonly name: 'zero' | 'equal' | 'random'
  /** What it is, in words. */
  readonly words: string
  readonly parameters: Numbers
}

/** All parameters 0; all weights the same; all weights random. Biases are 0 and scales 1 in each. */
export const startsOf = (parameters: readonly Parameter[], s: InitSettings): readonly Start[] => [
  { name: 'zero', words: 'every weight 0', parameters: drawn(parameters, s.seed, 'zeros') },
  { name: 'equal', words: `every weight ${short(s.value)}`, parameters: drawn(parameters, s.seed, `constant(value=${s.value})`) },
  { name: 'random', words: `weights by ${s.random}`, parameters: drawn(parameters, s.seed, s.random) },
]

/** What holds of these numbers: zeros, and axes along which all entries are the same. */
export const claimsOf = (parameters: readonly Parameter[], numbers: Numbers): Claims =>
  new Map(parameters.map(({ name, shape }): [string, Claim] => [name, {
    zero: numbers[name]!.every(x => x === 0),
    same: shape.map((_, axis) => spread(numbers[name]!, shape, axis) === 0),
  }]))

/** The largest difference between entries that differ in their place along one axis only. */
export function spread(data: Float64Array, shape: readonly number[], axis: number): number {
  const step = volume(shape.slice(axis + 1))
  const along = shape[axis]!
  let most = 0
  for (let at = 0; at < data.length; at++) {
    const place = Math.floor(at / step) % along
    if (place > 0) most = Math.max(most, Math.abs(data[at]! - data[at - place * step]!))
  }
  return most
}
