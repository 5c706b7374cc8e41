/** Numbers that doubles cannot show beside the rest: a written constant below their rounding, a value that over- or underflows. */
import { ChainError } from '../../errors.ts'
import { evaluate, floats } from '../../evaluate/index.ts'
import { inside } from '../../evaluate/depends.ts'
import { type Expr, somewhere } from '../../expression/index.ts'
import { toNumber } from '../../shape/index.ts'
import type { ClaimPoint } from '../points.ts'
import { isConstant } from './prove.ts'
import { rational } from './rational.ts'

/** Digits and sizes that doubles still tell apart from their errors. */
const FINE = 1e-12
const LONGEST = 10n ** 12n
/** Powers and arguments from here on may carry a value out of reach. */
const LARGE = 8

const isLong = somewhere(e => e.kind === 'number' && (e.value.d > LONGEST || e.value.n > LONGEST || e.value.n < -LONGEST))
const hasLarge = somewhere(e => e.kind === 'number' && Math.abs(toNumber(e.value)) >= LARGE)

/** Whether something in these sides may be hidden at a point. */
export function hides(sides: readonly Expr[], p: ClaimPoint): boolean {
  return sides.some(side => isLong(side) || [...inside(side)].some(e => (e.kind === 'power' || (e.kind === 'apply' && !e.fn.abstract && !rational(e))) && (isConstant(e) || hasLarge(e)) && isOut(e, p)))
}

function isOut(e: Expr, p: ClaimPoint): boolean {
  try {
    const { data } = evaluate(e, p.floats, floats, e.free)
    for (let k = 0; k < data.length; k++) {
      const size = Math.abs(data[k]!)
      if (!(size >= FINE && size <= 1 / FINE) || (e.kind === 'apply' && Math.abs(size - 1) < FINE)) return true
    }
    return false
  } catch (error) {
    if (error instanceof ChainError) return false
    throw error
  }
}
