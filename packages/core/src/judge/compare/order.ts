/** Claims with ≤, <, ≥, > and ≠: held against every point; a single point refutes, none proves. */
import type { Expr } from '../../expression/index.ts'
import { evaluate, floats } from '../../evaluate/index.ts'
import type { ClaimPoint } from '../points.ts'
import type { Alignment } from './align.ts'
import type { AtPoint } from './values.ts'

export const ORDERED: ReadonlySet<string> = new Set(['≤', '<', '≥', '>', '≠'])

/** Relations that are held to be equations. */
export const EQUATIONS: ReadonlySet<string> = new Set(['=', '≡', ':=', '←', '≈', ':'])

/** Slack for rounding, relative to the greater side. */
const ROUNDING = 1e-12

/** What one point says of an ordering; `equal` where it holds. Entries where the mask is zero are passed over. */
export function orderAt(a: Alignment, relation: string, p: ClaimPoint, mask?: Expr): AtPoint {
  const [l, r, m] = [a.left, a.right, mask].map(e => (e ? evaluate(e, p.floats, floats, a.order) : undefined))
  let [some, close] = [false, false]
  for (let k = 0; k < l!.data.length; k++) {
    if (m?.data[k] === 0) continue
    const [x, y] = [l!.data[k]!, r!.data[k]!]
    if (!Number.isFinite(x) || !Number.isFinite(y)) return { kind: 'undefined', left: Number.isFinite(x), right: Number.isFinite(y) }
    const slack = ROUNDING * Math.max(Math.abs(x), Math.abs(y))
    if (relation === '≠') { some ||= Math.abs(x - y) > slack; continue }
    const gap = relation === '≤' || relation === '<' ? x - y : y - x
    const strict = relation === '<' || relation === '>'
    if (gap > slack || (strict && gap === 0)) return { kind: 'differs', entry: k, left: x, right: y, exact: false }
    close ||= strict && gap >= -slack
  }
  if (relation === '≠' && !some) return { kind: 'differs', entry: 0, left: l!.data[0] ?? 0, right: r!.data[0] ?? 0, exact: false }
  return close ? { kind: 'unclear' } : { kind: 'equal', exact: false, error: 0, zero: false }
}
