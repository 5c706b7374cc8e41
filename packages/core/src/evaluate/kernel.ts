/** The product of two strided blocks of doubles, in panels that stay in the cache. */
import type { Store } from './field.ts'

const depth = 64
const width = 256

/** Addresses of a batch of matrix products: out[batch, row, column] = sum over inner of a * b. */
export interface Plan {
  readonly batchA: Int32Array
  readonly batchB: Int32Array
  readonly rows: Int32Array
  readonly columns: Int32Array
  readonly innerA: Int32Array
  readonly innerB: Int32Array
}

/** out[batch, row, column] = sum over inner of a * b; `out` holds zeros. */
export function multiplyFloats(a: Store<number>, b: Store<number>, out: Float64Array, p: Plan): void {
  if (p.columns.length === 1) { dots(a, b, out, p); return }
  const [m, n, inner] = [p.rows.length, p.columns.length, p.innerA.length]
  const panel = new Float64Array(Math.min(depth, inner) * Math.min(width, n))
  for (let s = 0; s < p.batchA.length; s++) for (let c0 = 0; c0 < n; c0 += width) {
    const w = Math.min(width, n - c0)
    for (let k0 = 0; k0 < inner; k0 += depth) {
      const d = Math.min(depth, inner - k0)
      for (let k = 0; k < d; k++) {
        const from = p.batchB[s]! + p.innerB[k0 + k]!
        for (let c = 0; c < w; c++) panel[k * w + c] = b[from + p.columns[c0 + c]!]!
      }
      for (let r = 0; r < m; r++) addRow(a, p.batchA[s]! + p.rows[r]!, p.innerA, k0, d, panel, w, out, (s * m + r) * n + c0)
    }
  }
}

/** out[to..to+w) += sum of a_k panel[k], four k at a time. */
function addRow(a: Store<number>, from: number, inner: Int32Array, k0: number, d: number, panel: Float64Array, w: number, out: Float64Array, to: number): void {
  let k = 0
  for (; k + 3 < d; k += 4) {
    const a0 = a[from + inner[k0 + k]!]!
    const a1 = a[from + inner[k0 + k + 1]!]!
    const a2 = a[from + inner[k0 + k + 2]!]!
    const a3 = a[from + inner[k0 + k + 3]!]!
    const [p0, p1, p2, p3] = [k * w, (k + 1) * w, (k + 2) * w, (k + 3) * w]
    for (let c = 0; c < w; c++) out[to + c]! += a0 * panel[p0 + c]! + a1 * panel[p1 + c]! + a2 * panel[p2 + c]! + a3 * panel[p3 + c]!
  }
  for (; k < d; k++) {
    const x = a[from + inner[k0 + k]!]!
    for (let c = 0; c < w; c++) out[to + c]! += x * panel[k * w + c]!
  }
}

function dots(a: Store<number>, b: Store<number>, out: Float64Array, p: Plan): void {
  let at = 0
  for (let s = 0; s < p.batchA.length; s++) for (let r = 0; r < p.rows.length; r++, at++) {
    const [fromA, fromB] = [p.batchA[s]! + p.rows[r]!, p.batchB[s]! + p.columns[0]!]
    let sum = 0
    for (let k = 0; k < p.innerA.length; k++) sum += a[fromA + p.innerA[k]!]! * b[fromB + p.innerB[k]!]!
    out[at] = sum
  }
}
