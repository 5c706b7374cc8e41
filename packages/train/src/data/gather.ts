import { volume } from '../dense.ts'
import { allocLike, type Batch, mapValues } from './dataset.ts'

/** One batch of `count` samples from parts, the k-th sample of part p going to row rows[p][k]. */
export function gatherBatches(parts: readonly Batch[], rows: readonly (readonly number[])[], count: number): Batch {
  return {
    count, values: mapValues(parts[0]!.values, (first, name) => {
      const width = volume(first.shape.slice(1))
      const data = allocLike(first.data, count * width)
      parts.forEach((part, p) => rows[p]!.forEach((row, k) => data.set(part.values[name]!.data.subarray(k * width, (k + 1) * width), row * width)))
      return { shape: [count, ...first.shape.slice(1)], data }
    }),
  }
}
