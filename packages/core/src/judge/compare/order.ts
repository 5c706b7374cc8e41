/** Claims with ≤, <, ≥, > and ≠: held against every point; a single point refutes, none proves. */
import { evaluate, floats } from '../../evaluate/index.ts'
import type { ClaimPoint } from '../points.ts'
import type { Alignment } from './align.ts'
import type { AtPoint } from './values.ts'

export const ORDERED: ReadonlySet<string> = new Set(['≤', '<', '≥', '>', '≠'])

/** Slack for rounding, relative to the greater side. */
const ROUNDING = 1e-12

/** What one point says of an ordering; `equal` where it holds. */
export function orderAt(a: Alignment, relation: string, p: ClaimPoint): AtPoint {
  const [l, r] = [evaluate(a.left, p.floats, floats, a.order), evaluate(a.right, p.floats, floats, a.order)]
  let some = false
  for (let k = 0; k < l.data.length; k++) {
    const [x, y] = [l.data[k]!, r.data[k]!]
    if (!Number.isFinite(x) || !Number.isFinite(y)) return { kind: 'undefined', left: Number.isFinite(x), right: Number.isFinite(y) }
    const slack = ROUNDING * Math.max(Math.abs(x), Math.abs(y))
    if (relation === '≠') { some ||= Math.abs(x - y) > slack; continue }
    const gap = relation === '≤' || relation === '<' ? x - y : y - x
    if (gap > slack) return { kind: 'differs', entry: k, left: x, right: y, exact: false }
    if ((relation === '<' || relation === '>') && gap > -slack) return Math.abs(gap) === 0 ? { kind: 'differs', entry: k, left: x, right: y, exact: false } : { kind: 'unclear' }
  }
  if (relation === '≠' && !some) return { kind: 'differs', entry: 0, left: l.data[0] ?? 0, right: r.data[0] ?? 0, exact: false }
  return { kind: 'equal', exact: false, error: 0, zero: false }
}
