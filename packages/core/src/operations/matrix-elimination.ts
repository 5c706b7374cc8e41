/** Gaussian elimination over any numbers that can be divided: floats, exact rationals, duals. */
import type { Arithmetic } from '../expression/index.ts'
import { rational } from '../shape/index.ts'

/** det A and A^-1 of an n x n matrix given row by row; no inverse when det A = 0. Chooses the pivot of greatest magnitude. */
export function eliminate<T>(on: Arithmetic<T>, n: number, entries: readonly T[]): { readonly determinant: T; readonly inverse: readonly T[] | undefined } {
  const minusOne = on.fromRational(rational(-1))
  const rows = Array.from({ length: n }, (_, i) => [
    ...entries.slice(i * n, i * n + n), ...Array.from({ length: n }, (_, j) => (i === j ? on.one : on.zero)),
  ])
  let determinant = on.one
  for (let k = 0; k < n; k++) {
    const best = pivotRow(on, rows, k)
    if (best === undefined) return { determinant: on.zero, inverse: undefined }
    if (best !== k) {
      [rows[k], rows[best]] = [rows[best]!, rows[k]!]
      determinant = on.mul(determinant, minusOne)
    }
    const pivot = rows[k]![k]!
    determinant = on.mul(determinant, pivot)
    const reciprocal = on.power(pivot, minusOne)
    rows[k] = rows[k]!.map(x => on.mul(x, reciprocal))
    for (let i = 0; i < n; i++) {
      if (i === k) continue
      const factor = on.mul(minusOne, rows[i]![k]!)
      rows[i] = rows[i]!.map((x, j) => on.add(x, on.mul(factor, rows[k]![j]!)))
    }
  }
  return { determinant, inverse: rows.flatMap(row => row.slice(n)) }
}

function pivotRow<T>(on: Arithmetic<T>, rows: readonly (readonly T[])[], k: number): number | undefined {
  let best: number | undefined
  let greatest = 0
  for (let i = k; i < rows.length; i++) {
    const magnitude = Math.abs(on.toNumber(rows[i]![k]!))
    if (magnitude > greatest) [best, greatest] = [i, magnitude]
  }
  return best
}
