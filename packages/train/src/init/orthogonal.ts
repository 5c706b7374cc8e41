import { volume } from '../dense.ts'
import type { Random } from '../random/index.ts'

/**
 * A matrix [first axis, all others] whose rows are at right angles with length `gain`, or its columns where they are fewer: normal
 * vectors, each freed of the ones before it, twice for precision (W. Hoffmann, 1989).
 */
export function orthogonal(shape: readonly number[], gain: number, random: Random): Float64Array {
  const n = volume(shape)
  const rows = shape[0] ?? 1
  const columns = n / Math.max(1, rows)
  const [count, length] = rows <= columns ? [rows, columns] : [columns, rows]
  const vectors: Float64Array[] = []
  for (let k = 0; k < count; k++) {
    let v = Float64Array.from({ length }, () => random.normal())
    for (let again = 0; again < 2; again++) {
      for (const u of vectors) { const c = dot(u, v); v = v.map((x, j) => x - c * u[j]!) }
    }
    const size = Math.sqrt(dot(v, v))
    vectors.push(v.map(x => x / size))
  }
  const out = new Float64Array(n)
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[r * columns + c] = gain * (rows <= columns ? vectors[r]![c]! : vectors[c]![r]!)
  return out
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((s, x, k) => s + x * b[k]!, 0)
