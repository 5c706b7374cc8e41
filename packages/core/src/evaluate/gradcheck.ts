/** Checks a gradient against differences of the function: Ridders' method, with an estimate of its own error. */
import { splitmix32 } from './generator.ts'
import { extrapolate, jumpAt, roundOff, type Row, rowsAt } from './differences.ts'

/**
 * pass: agrees within the tolerance. fail: differs by more than the tolerance and the error of the difference quotient.
 * kink: the one-sided slopes differ, or the quotients do not converge. below-noise: the quotient is too coarse to judge, or not finite.
 */
export type GradientVerdict = 'pass' | 'fail' | 'kink' | 'below-noise'

export interface GradientEntry {
  readonly index: number
  readonly given: number
  readonly numeric: number
  /** |given - numeric| / max(|given|, |numeric|), 0 when both are 0. */
  readonly error: number
  /** Estimated error of `numeric`. */
  readonly uncertainty: number
  readonly verdict: GradientVerdict
}

export interface GradientReport {
  /** fail when an entry fails; pass when none does and at least one passes. */
  readonly verdict: 'pass' | 'fail' | 'undecided'
  readonly entries: readonly GradientEntry[]
  /** The failing entry of greatest error, or else the judged one of greatest error. */
  readonly worst: GradientEntry | undefined
}

export interface GradcheckOptions {
  /** Greatest relative error that passes; an error of 1e-6 must fail. */
  readonly tolerance?: number
  /** The entries to check; all by default. */
  readonly entries?: readonly number[]
  /** Greatest step, relative to max(1, |x_k|). */
  readonly step?: number
  readonly seed?: number
}

/** Checks gradient[k] = df/dx_k at x for every entry. `f` must not keep or change its argument. */
export function gradcheck(f: (x: Float64Array) => number, x: Float64Array, gradient: ArrayLike<number>, options: GradcheckOptions = {}): GradientReport {
  const { tolerance = 2e-7, step = 0.125, seed = 1 } = options
  const indices = options.entries ?? Array.from({ length: x.length }, (_, k) => k)
  const noise = roundOff(f, x, splitmix32(seed))
  const scale = Array.from(gradient).reduce((m, g) => (Number.isFinite(g) ? Math.max(m, Math.abs(g)) : m), 0)
  const entries = indices.map(index => judge(index, gradient[index]!, rowsAt(f, x, index, step), noise, scale, tolerance))
  const failing = entries.filter(e => e.verdict === 'fail')
  const judged = failing.length > 0 ? failing : entries.filter(e => e.verdict === 'pass')
  const worst = judged.reduce<GradientEntry | undefined>((w, e) => (!w || e.error > w.error || Number.isNaN(e.error) ? e : w), undefined)
  return { verdict: failing.length > 0 ? 'fail' : judged.length > 0 ? 'pass' : 'undecided', entries, worst }
}

function judge(index: number, given: number, rows: readonly Row[], noise: number, scale: number, tolerance: number): GradientEntry {
  const { value: numeric, uncertainty } = extrapolate(rows, noise)
  const gap = Math.abs(given - numeric)
  const error = gap === 0 ? 0 : gap / Math.max(Math.abs(given), Math.abs(numeric))
  const entry = (verdict: GradientVerdict): GradientEntry => ({ index, given, numeric, error, uncertainty, verdict })
  if (!Number.isFinite(noise) || !Number.isFinite(numeric)) return entry('below-noise')
  if (!Number.isFinite(given)) return entry('fail')
  if (jumpAt(rows, noise)) return entry('kink')
  const size = Math.max(Math.abs(given), Math.abs(numeric), scale)
  // quotients that scatter by more than round-off explains do not converge
  if (uncertainty > 1e-4 * size && uncertainty > 1e3 * noise / rows.at(-1)!.h) return entry('kink')
  if (gap > 4 * uncertainty) return entry(error > tolerance ? 'fail' : 'pass')
  return entry(uncertainty <= tolerance * (gap === 0 ? Math.max(1, size) : size) ? 'pass' : 'below-noise')
}
