/** Whether two expressions have the same value at random points. */
import type { Expr, Index } from '../expression/index.ts'
import { textR } from '../shape/index.ts'
import type { Dense } from './dense.ts'
import { EVERYTHING, tensorsOf } from './depends.ts'
import { evaluate } from './evaluate.ts'
import { type Exact, exact, isExact } from './exact.ts'
import { floats } from './field.ts'
import type { Point } from './point.ts'
import { type Rounded, rounded } from './rounding.ts'

/** A point in doubles and, on demand, in exact numbers and in doubles with error bounds; without those, doubles alone decide. */
export interface Trial { readonly floats: Point<number>; readonly exact?: () => Point<Exact>; readonly rounded?: () => Point<Rounded> }

/** Where two values differ: the point, the entry (positions from 0, as in `order`) and both values, exact ones as fractions. */
export interface Counterexample { readonly point: number; readonly entry: readonly number[]; readonly before: string; readonly after: string }

export interface Sameness {
  /** equal-exact: the same rationals at every point; agrees: within rounding; undecided: no finite value, or rounding hides the answer. */
  readonly verdict: 'equal-exact' | 'agrees' | 'differs' | 'undecided'
  /** Points at which both sides were finite. */
  readonly points: number
  /** Greatest |a - b| / max(1, greatest magnitude) where they agree; |a - b| / greatest magnitude at the counterexample. */
  readonly maxError: number
  readonly counterexample?: Counterexample
}

/**
 * Both sides are computed in doubles (unit round-off 1.1e-16) from some hundred operations, so equal expressions mostly
 * agree to 1e-13 of the greatest entry. Below 1e-11 is agreement without more ado. What is above, and what cancels,
 * is settled by running error bounds: a gap of more than `slack` times the bounds of both sides is a difference.
 */
export const agreement = 1e-11
const slack = 4
/** Bounds wider than this, compared with 1 or the greatest entry, settle nothing. */
const blur = 1e-5

/**
 * Compares two expressions over the same free indices at every point. Exact numbers decide where all entries stay rational;
 * a single differing entry at a single point refutes. A value that is not finite is never agreement.
 */
export function sameValue(before: Expr, after: Expr, trials: readonly Trial[], order: readonly Index[]): Sameness {
  if (before === after) return { verdict: 'equal-exact', points: trials.length, maxError: 0 }
  let [points, maxError, allExact, unclear] = [0, 0, true, false]
  for (const [k, trial] of trials.entries()) {
    const a = evaluate(before, trial.floats, floats, order)
    const b = evaluate(after, trial.floats, floats, order)
    const scale = Math.max(greatest(a), greatest(b))
    if (!Number.isFinite(scale)) { allExact = false; continue }
    points++
    const gap = widestGap(a, b)
    const error = gap === 0 ? 0 : gap / scale
    const near = error <= agreement
    const c = !near || allExact ? exactly(before, after, trial, order, k) : 'mixed'
    if (c === 'equal') continue
    if (c === 'mixed') allExact = false
    const settled = c === 'mixed' ? near ? 'equal' : withBounds(before, after, trial, order, k) : c
    if (typeof settled === 'object') return { verdict: 'differs', points, maxError: Math.max(maxError, error), counterexample: settled }
    if (settled === 'equal') maxError = Math.max(maxError, gap / Math.max(1, scale))
    else unclear = true
  }
  if (points === 0 || unclear) return { verdict: 'undecided', points, maxError }
  return { verdict: allExact ? 'equal-exact' : 'agrees', points, maxError }
}

/** `equal` when every gap is within the error bounds, the entry with the clearest difference, or `unclear` when the bounds are too wide. */
function withBounds(before: Expr, after: Expr, trial: Trial, order: readonly Index[], point: number): 'equal' | 'unclear' | Counterexample {
  const at = trial.rounded?.()
  if (!at) return withoutBounds(evaluate(before, trial.floats, floats, order), evaluate(after, trial.floats, floats, order), point)
  const a = evaluate(before, at, rounded, order)
  const b = evaluate(after, at, rounded, order)
  let [worst, most, wide] = [-1, slack, false]
  for (let k = 0; k < a.data.length; k++) {
    const [x, y] = [a.data[k]!, b.data[k]!]
    const bound = x.e + y.e
    const ratio = x.v === y.v ? 0 : Math.abs(x.v - y.v) / bound
    if (ratio > most) [worst, most] = [k, ratio]
    if (!(bound <= blur * Math.max(1, Math.abs(x.v), Math.abs(y.v)))) wide = true
  }
  if (worst >= 0) return { point, entry: position(worst, a.shape), before: String(a.data[worst]!.v), after: String(b.data[worst]!.v) }
  return wide ? 'unclear' : 'equal'
}

/** Doubles alone: a gap above 1e-6 of the greatest entry is a difference, below 1e-9 of it, or below 1e-12, is rounding. */
function withoutBounds(a: Dense<number>, b: Dense<number>, point: number): 'equal' | 'unclear' | Counterexample {
  const scale = Math.max(greatest(a), greatest(b))
  const gaps = Array.from({ length: a.data.length }, (_, k) => Math.abs(a.data[k]! - b.data[k]!))
  const worst = gaps.reduce((w, g, k) => (g > gaps[w]! ? k : w), 0)
  if (gaps[worst]! <= Math.max(1e-9 * scale, 1e-12)) return 'equal'
  if (gaps[worst]! <= 1e-6 * scale) return 'unclear'
  return { point, entry: position(worst, a.shape), before: String(a.data[worst]!), after: String(b.data[worst]!) }
}

function greatest(d: Dense<number>): number {
  let g = 0
  for (let k = 0; k < d.data.length; k++) { const x = Math.abs(d.data[k]!); if (!(x <= g)) g = x; if (Number.isNaN(x)) return NaN }
  return g
}

function widestGap(a: Dense<number>, b: Dense<number>): number {
  let gap = 0
  for (let k = 0; k < a.data.length; k++) gap = Math.max(gap, Math.abs(a.data[k]! - b.data[k]!))
  return gap
}

/** `equal`, the first differing entry, or `mixed` when an entry is no rational. */
function exactly(before: Expr, after: Expr, trial: Trial, order: readonly Index[], point: number): 'equal' | 'mixed' | Counterexample {
  const at = trial.exact?.()
  if (!at) return 'mixed'
  // the side without derivatives is the cheaper one, and one inexact entry settles that the comparison is not exact
  const [first, second] = tensorsOf(before).has(EVERYTHING) ? [after, before] : [before, after]
  const cheap = evaluate(first, at, exact, order)
  if (cheap.data.length > 0 && !isExact(cheap.data[0]!)) return 'mixed'
  const costly = evaluate(second, at, exact, order)
  const [a, b] = first === before ? [cheap, costly] : [costly, cheap]
  let mixed = false
  for (let k = 0; k < a.data.length; k++) {
    const [x, y] = [a.data[k]!, b.data[k]!]
    if (!isExact(x) || !isExact(y)) { mixed = true; continue }
    if (x.n !== y.n || x.d !== y.d) return { point, entry: position(k, a.shape), before: textR(x), after: textR(y) }
  }
  return mixed ? 'mixed' : 'equal'
}

function position(k: number, shape: readonly number[]): number[] {
  const at: number[] = []
  let rest = k
  for (let d = shape.length - 1; d >= 0; d--) { at.unshift(rest % shape[d]!); rest = Math.floor(rest / shape[d]!) }
  return at
}
