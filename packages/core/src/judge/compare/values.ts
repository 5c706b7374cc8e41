/**
 * Whether two expressions have the same value at points. Rationals decide where both sides are rational; else doubles
 * with running error bounds do: a gap far above the bounds of both sides is a difference, one within them is none.
 */
import type { Expr, Index, Tensor } from '../../expression/index.ts'
import { ChainError } from '../../errors.ts'
import { type Dense, evaluate, exact, type Exact, floats, isExact } from '../../evaluate/index.ts'
import { inside } from '../../evaluate/depends.ts'
import { rounded } from '../../evaluate/rounding.ts'
import type { Network } from '../../network/types.ts'
import { type ClaimPoint, ensureTensors } from '../points.ts'
import { rational } from './rational.ts'

/** What one point says. `undefined`: no finite value on one side or on both. */
export type AtPoint =
  | { readonly kind: 'equal'; readonly exact: boolean; readonly error: number; /** Both sides are zero everywhere: this says little. */ readonly zero: boolean }
  | { readonly kind: 'differs'; readonly entry: number; readonly left: number; readonly right: number; readonly exact: boolean }
  | { readonly kind: 'unclear' }
  | { readonly kind: 'undefined'; readonly left: boolean; readonly right: boolean }

/** Factor by which a gap must pass the error bounds to be a difference, and within which it is none. */
const SURE = 64
const SAME = 8
/** Bounds wider than this, relative to the values, say nothing. */
const BLUR = 1e-6

/** Tensors of the judge's own that an expression reads, such as differentials. */
export function ownTensors(e: Expr, known: (key: string) => boolean): Tensor[] {
  const found = new Map<string, Tensor>()
  for (const x of inside(e)) if (x.kind === 'symbol' && x.tensor.key.startsWith('page:') && !known(x.tensor.key)) found.set(x.tensor.key, x.tensor)
  return [...found.values()]
}

/** Compares two expressions over the indices `order` at one point. */
export function compareAt(left: Expr, right: Expr, order: readonly Index[], p: ClaimPoint, seed: number, care: 'bounds' | 'doubles' = 'bounds', network?: Network): AtPoint {
  const own = [...ownTensors(left, k => p.floats.values.has(k)), ...ownTensors(right, k => p.floats.values.has(k))]
  if (own.length > 0) ensureTensors(p, own, seed)
  const [a, b] = [valueAt(left, order, p), valueAt(right, order, p)]
  if (!a || !b) return { kind: 'undefined', left: a !== undefined, right: b !== undefined }
  const [leftFinite, rightFinite] = [isFinite(a), isFinite(b)]
  if (!leftFinite || !rightFinite) return { kind: 'undefined', left: leftFinite, right: rightFinite }
  const zero = isZero(a) && isZero(b)
  const exactly = rational(left, network) && rational(right, network) ? inExact(left, right, order, p) : undefined
  if (exactly) return exactly.kind === 'equal' ? { ...exactly, zero } : exactly
  if (care === 'doubles' && close(a, b)) return { kind: 'equal', exact: false, error: NEAR, zero }
  return withBounds(left, right, order, p, widest(a, b))
}

/** The value of a side; undefined where it asks for an entry that is not there at these sizes, or for a maximum of nothing. */
function valueAt(e: Expr, order: readonly Index[], p: ClaimPoint): Dense<number> | undefined {
  try {
    return evaluate(e, p.floats, floats, order)
  } catch (error) {
    if (error instanceof ChainError) return undefined
    throw error
  }
}

/** Relative gap of doubles that are taken to be equal where other points were held against error bounds. */
const NEAR = 1e-12

function close(a: Dense<number>, b: Dense<number>): boolean {
  let [gap, scale] = [0, 0]
  for (let k = 0; k < a.data.length; k++) {
    gap = Math.max(gap, Math.abs(a.data[k]! - b.data[k]!))
    scale = Math.max(scale, Math.abs(a.data[k]!), Math.abs(b.data[k]!))
  }
  return gap <= NEAR * scale
}

const isZero = (d: Dense<number>): boolean => { for (let k = 0; k < d.data.length; k++) if (d.data[k] !== 0) return false; return true }

const isFinite = (d: Dense<number>): boolean => { for (let k = 0; k < d.data.length; k++) if (!Number.isFinite(d.data[k])) return false; return true }

function widest(a: Dense<number>, b: Dense<number>): number {
  let [at, gap] = [0, -1]
  for (let k = 0; k < a.data.length; k++) { const g = Math.abs(a.data[k]! - b.data[k]!); if (g > gap) [at, gap] = [k, g] }
  return at
}

/** Both sides, which have values, where they are furthest apart. */
export function widestAt(left: Expr, right: Expr, order: readonly Index[], p: ClaimPoint): { readonly left: number; readonly right: number } {
  const [a, b] = [evaluate(left, p.floats, floats, order), evaluate(right, p.floats, floats, order)]
  const k = widest(a, b)
  return { left: a.data[k]!, right: b.data[k]! }
}

/** The answer where every entry of both sides is rational. */
function inExact(left: Expr, right: Expr, order: readonly Index[], p: ClaimPoint): AtPoint | undefined {
  let a: Dense<Exact>
  let b: Dense<Exact>
  try {
    a = evaluate(left, p.exact(), exact, order)
    if (a.data.length > 0 && !isExact(a.data[0]!)) return undefined
    b = evaluate(right, p.exact(), exact, order)
  } catch (error) {
    if (error instanceof RangeError || error instanceof ChainError) return undefined
    throw error
  }
  let mixed = false
  for (let k = 0; k < a.data.length; k++) {
    const [x, y] = [a.data[k]!, b.data[k]!]
    if (!isExact(x) || !isExact(y)) { mixed = true; continue }
    if (x.n !== y.n || x.d !== y.d) return { kind: 'differs', entry: k, left: exact.toNumber(x), right: exact.toNumber(y), exact: true }
  }
  return mixed ? undefined : { kind: 'equal', exact: true, error: 0, zero: false }
}

function withBounds(left: Expr, right: Expr, order: readonly Index[], p: ClaimPoint, first: number): AtPoint {
  const a = evaluate(left, p.rounded(), rounded, order)
  const b = evaluate(right, p.rounded(), rounded, order)
  let [worst, most, wide, error] = [-1, SURE, false, 0]
  for (let j = 0; j < a.data.length; j++) {
    const k = j === 0 ? first : j <= first ? j - 1 : j
    const [x, y] = [a.data[k]!, b.data[k]!]
    const gap = Math.abs(x.v - y.v)
    const bound = x.e + y.e
    const size = Math.max(Math.abs(x.v), Math.abs(y.v))
    if (gap > most * bound) [worst, most] = [k, gap / Math.max(bound, Number.MIN_VALUE)]
    if (gap > SAME * bound || bound > BLUR * Math.max(size, 1e-3)) wide = true
    error = Math.max(error, bound / Math.max(size, 1))
  }
  if (worst >= 0) return { kind: 'differs', entry: worst, left: a.data[worst]!.v, right: b.data[worst]!.v, exact: false }
  return wide ? { kind: 'unclear' } : { kind: 'equal', exact: false, error, zero: a.data.length > 0 && Array.from({ length: a.data.length }, (_, k) => k).every(k => a.data[k]!.v === 0 && b.data[k]!.v === 0) }
}

/** A quick look in doubles, for the search of slips: what it calls near is compared again with care. */
export function nearAt(left: Dense<number>, right: Dense<number>): boolean {
  if (left.data.length !== right.data.length) return false
  let [gap, scale] = [0, 0]
  for (let k = 0; k < left.data.length; k++) {
    const [x, y] = [left.data[k]!, right.data[k]!]
    if (!Number.isFinite(x) || !Number.isFinite(y)) return false
    gap = Math.max(gap, Math.abs(x - y))
    scale = Math.max(scale, Math.abs(x), Math.abs(y))
  }
  return gap <= 1e-9 * scale
}
