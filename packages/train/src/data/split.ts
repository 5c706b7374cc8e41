/** Training, validation and test parts by seed. */
import { permutation, stream } from '../random/index.ts'
import { subset } from './combine.ts'
import { type Dataset, range } from './dataset.ts'
import { badShare, nothingLeft } from './messages.ts'

/** Sizes of parts: a whole number of samples, or a share below 1. */
export interface SplitOptions { readonly validation?: number; readonly test?: number; readonly seed?: number }

export interface Split { readonly train: Dataset; readonly validation?: Dataset; readonly test?: Dataset }

/** Disjoint parts, drawn by the seed; the same seed gives the same parts. Throws a ChainError when nothing is left to train on. */
export function split(d: Dataset, { validation = 0, test = 0, seed = 1 }: SplitOptions): Split {
  const [v, t] = [sizeOf(d, 'validation', validation), sizeOf(d, 'test', test)]
  if (v + t >= d.count) throw nothingLeft(d.name, d.count, v, t)
  const order = v + t === 0 ? range(0, d.count) : permutation(d.count, stream(seed, 'split'))
  const part = (from: number, to: number, name: string): Dataset => subset(d, order.slice(from, to).sort(), `${d.name} (${name})`)
  return {
    train: part(v + t, d.count, 'train'),
    ...(v > 0 ? { validation: part(t, v + t, 'validation') } : {}),
    ...(t > 0 ? { test: part(0, t, 'test') } : {}),
  }
}

function sizeOf(d: Dataset, part: string, given: number): number {
  if (!(given >= 0) || (given >= 1 && !Number.isInteger(given))) throw badShare(part, given)
  return given < 1 ? Math.round(given * d.count) : given
}
