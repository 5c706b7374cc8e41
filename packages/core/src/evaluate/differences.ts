/** Difference quotients: central ones extrapolated to step 0, one-sided ones to recognise kinks. */
import type { Random } from './generator.ts'

/** Quotients at one step: central, forward, backward; steps halve from row to row. */
export interface Row { readonly h: number; readonly central: number; readonly forward: number; readonly backward: number }

const rowsMax = 14
/** Rows that one extrapolation uses: more bring no accuracy and let a distant kink in. */
const depth = 6

/** Quotients along entry k at steps from step * max(1, |x_k|) down to step / 2^13; rows with values that are not finite are left out. */
export function rowsAt(f: (x: Float64Array) => number, x: Float64Array, k: number, step: number): Row[] {
  const at = (value: number): number => { const y = Float64Array.from(x); y[k] = value; return f(y) }
  const x0 = x[k]!
  const f0 = f(Float64Array.from(x))
  const rows: Row[] = []
  const exponent = Math.min(40, Math.round(Math.log2(Math.max(1, Math.abs(x0)))))
  let h = step * 2 ** exponent
  for (let j = 0; j < rowsMax + exponent; j++, h /= 2) {
    const [up, down] = [x0 + h, x0 - h]
    const [fUp, fDown] = [at(up), at(down)]
    if (!Number.isFinite(fUp) || !Number.isFinite(fDown) || !Number.isFinite(f0)) { rows.length = 0; continue }
    // the steps as they were really taken
    rows.push({ h, central: (fUp - fDown) / (up - down), forward: (fUp - f0) / (up - x0), backward: (f0 - fDown) / (x0 - down) })
  }
  return rows
}

/**
 * Richardson's extrapolation of the central quotients (errors in h^2, h^4, ...), begun at every row; the entry of the
 * tables with the least estimated error wins, round-off included (C. Ridders, 1982).
 */
export function extrapolate(rows: readonly Row[], noise: number): { readonly value: number; readonly uncertainty: number } {
  let best = { value: NaN, uncertainty: Infinity }
  for (let start = 0; start + 2 < rows.length; start++) {
    let before: number[] = []
    for (let i = 0; i < depth && start + i < rows.length; i++) {
      const row = rows[start + i]!
      const now = [row.central]
      const floor = 2 * noise / row.h
      for (let j = 1; j <= i; j++) {
        const factor = 4 ** j
        now.push(now[j - 1]! + (now[j - 1]! - before[j - 1]!) / (factor - 1))
        const spread = Math.max(Math.abs(now[j]! - now[j - 1]!), Math.abs(now[j]! - before[j - 1]!))
        if (i >= 2 && spread + floor < best.uncertainty) best = { value: now[j]!, uncertainty: spread + floor }
      }
      before = now
    }
  }
  return best
}

/** True when the forward and backward slopes stay apart as the step goes to 0. */
export function jumpAt(rows: readonly Row[], noise: number): boolean {
  const last = rows.slice(-5)
  if (last.length < 3) return false
  const jumps = last.slice(1).map((row, j) => {
    const previous = last[j]!
    // a smooth function has forward - backward = f'' h + O(h^3), which this combination removes
    const jump = 2 * (row.forward - row.backward) - (previous.forward - previous.backward)
    const size = Math.max(Math.abs(row.forward), Math.abs(row.backward))
    return { jump, clear: Math.abs(jump) > 1e-4 * size && Math.abs(jump) > 40 * noise / row.h }
  })
  return jumps.every(j => j.clear && Math.sign(j.jump) === Math.sign(jumps[0]!.jump))
}

/**
 * The rounding error of f near x: fourth differences along a random direction (R. Hamming; ECnoise), at least one ulp.
 * Both sides of x are tried and the lesser counts, so that a kink at x is not taken for noise.
 */
export function roundOff(f: (x: Float64Array) => number, x: Float64Array, random: Random): number {
  const direction = Float64Array.from(x, v => (random() - 0.5) * Math.max(1, Math.abs(v)))
  const side = (sign: number): number => {
    let differences = Array.from({ length: 8 }, (_, k) => f(x.map((v, i) => v + sign * (k + 1) * 2 ** -40 * direction[i]!)))
    for (let order = 0; order < 4; order++) differences = differences.slice(1).map((v, k) => v - differences[k]!)
    return differences.reduce((m, d) => Math.max(m, Math.abs(d)), 0) / Math.sqrt(70)
  }
  return 2 * Math.max(Math.min(side(1), side(-1)), 2 ** -52 * Math.abs(f(Float64Array.from(x))))
}
