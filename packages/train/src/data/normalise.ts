/** Normalisation of inputs: x' = (x - mean) scale, with a mean and scale for each entry, each channel, or all. */
import { type Dense, volume } from '../dense.ts'
import { mapped } from './combine.ts'
import { allocLike, type Dataset, type Field, range } from './dataset.ts'

/**
 * `none`; `scale`: divided by the greatest absolute value; `mean`: the mean image is subtracted; `standard`: each feature to mean 0
 * and variance 1; `channel`: each channel (the first of three axes or more; else there is one) to mean 0 and variance 1.
 */
export type NormaliseKind = 'none' | 'scale' | 'mean' | 'standard' | 'channel'
export const normaliseKinds: readonly NormaliseKind[] = ['none', 'scale', 'mean', 'standard', 'channel']

/** What is done to one field. Mean and scale have one number, one per channel or one per entry. */
export interface Normalisation { readonly field: string; readonly kind: NormaliseKind; readonly mean: Float64Array; readonly scale: Float64Array }

/** Samples read at once. */
const step = 1024

/** The normalisation of every input, from all samples of a data set, which should be the training part alone. */
export async function normalisation(d: Dataset, kind: NormaliseKind): Promise<readonly Normalisation[]> {
  const inputs = d.fields.filter(f => f.role === 'input')
  if (kind === 'none') return []
  const found = new Map(inputs.map(f => [f.name, moments(f)]))
  for (let from = 0; from < d.count; from += step) {
    const batch = await d.read(range(from, Math.min(step, d.count - from)))
    for (const [name, m] of found) m.add(batch.values[name]!.data, batch.count)
  }
  return inputs.map(f => settle(f, kind, found.get(f.name)!))
}

/** The data set with its inputs normalised. */
export function normalised(d: Dataset, list: readonly Normalisation[]): Dataset {
  if (list.length === 0) return d
  const by = new Map(list.map(n => [n.field, n]))
  return mapped(d, batch => ({
    ...batch, values: Object.fromEntries(Object.entries(batch.values).map(([name, v]) => [name, by.has(name) ? apply(v, by.get(name)!) : v])),
  }))
}

/** (x - mean) scale */
function apply({ shape, data }: Dense, { mean, scale }: Normalisation): Dense {
  const width = volume(shape.slice(1))
  const run = width / mean.length
  const out = allocLike(data, data.length)
  for (let k = 0; k < data.length; k += width) for (let c = 0, e = 0; c < mean.length; c++) {
    const [m, s] = [mean[c]!, scale[c]!]
    for (const end = e + run; e < end; e++) out[k + e] = (data[k + e]! - m) * s
  }
  return { shape, data: out }
}

/** Running mean and sum of squared distances from it, entry by entry (B. Welford, 1962), and the greatest absolute value. */
function moments(f: Field) {
  const width = volume(f.shape)
  const mean = new Float64Array(width)
  const squares = new Float64Array(width)
  const seen = { count: 0, greatest: 0 }
  const add = (data: ArrayLike<number>, count: number): void => {
    for (let k = 0; k < count; k++) {
      seen.count++
      for (let e = 0; e < width; e++) {
        const x = data[k * width + e]!
        const d = x - mean[e]!
        mean[e]! += d / seen.count
        squares[e]! += d * (x - mean[e]!)
        if (x > seen.greatest) seen.greatest = x
        else if (-x > seen.greatest) seen.greatest = -x
      }
    }
  }
  return { mean, squares, seen, add }
}

/** What does not vary is left at scale 1. */
const inverse = (deviation: number): number => (deviation > 1e-12 ? 1 / deviation : 1)

function settle(f: Field, kind: NormaliseKind, { mean, squares, seen }: ReturnType<typeof moments>): Normalisation {
  const made = (mean: Float64Array, scale: Float64Array): Normalisation => ({ field: f.name, kind, mean, scale })
  switch (kind) {
    case 'none': return made(Float64Array.of(0), Float64Array.of(1))
    case 'scale': return made(Float64Array.of(0), Float64Array.of(inverse(seen.greatest)))
    case 'mean': return made(mean, new Float64Array(mean.length).fill(1))
    case 'standard': return made(mean, squares.map(s => inverse(Math.sqrt(s / seen.count))))
    case 'channel': {
      // an image of two axes is grey: one channel
      const channels = f.shape.length > 2 ? f.shape[0]! : 1
      const run = mean.length / channels
      const m = Float64Array.from({ length: channels }, (_, c) => mean.subarray(c * run, (c + 1) * run).reduce((a, b) => a + b, 0) / run)
      const v = m.map((x, c) => squares.subarray(c * run, (c + 1) * run).reduce((a, s, e) => a + s / seen.count + (mean[c * run + e]! - x) ** 2, 0) / run)
      return made(m, v.map(x => inverse(Math.sqrt(x))))
    }
  }
}
