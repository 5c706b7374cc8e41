/** The spectral norm of a matrix, from above. */
import { norm } from '@chainrule/train'

/** Squarings of A = W^T W. */
const TIMES = 16

/**
 * A number s with |W| <= s <= |W| n^(2^-17): A^(2^k) has the largest eigenvalue |W|^(2^(k+1)), and the Frobenius norm of a symmetric
 * matrix is at least that and at most sqrt(n) times it. `data` holds the rows of W.
 */
export function spectralBound(data: ArrayLike<number>, rows: number, columns: number): number {
  let a = gram(data, rows, columns)
  // the norm of A^(2^k), as a logarithm: squaring doubles it, scaling keeps the numbers in range
  let log = 0
  for (let k = 0; k < TIMES; k++) {
    const n = norm(a)
    if (n === 0) return 0
    log = 2 * (log + Math.log(n))
    a = gram(a.map(x => x / n), columns, columns)
  }
  return Math.exp((log + Math.log(norm(a))) / 2 ** (TIMES + 1))
}

/** W^T W */
function gram(data: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const out = new Float64Array(columns * columns)
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < columns; i++) {
      const x = data[r * columns + i]!
      if (x !== 0) for (let j = 0; j < columns; j++) out[i * columns + j]! += x * data[r * columns + j]!
    }
  }
  return out
}
