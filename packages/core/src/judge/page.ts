/** A page: its formulas in order, each judged with what the page said before. */
import { benchOf, type Bench, judgeClaim } from './claim.ts'
import type { JudgeOptions } from './judged.ts'
import type { Exercise } from './exercise/exercise.ts'
import { newPage } from './page-state.ts'
import { type ClaimSource, type ClaimVerdict, type PageVerdict, type Verdict, VERDICTS } from './types.ts'

export interface PageOptions extends JudgeOptions {
  /** Proposes readings of scan-damaged formulas. */
  readonly repair?: boolean
  /** Told of every verdict as it is found. */
  readonly onClaim?: (v: ClaimVerdict) => void
}

const benches = new WeakMap<Exercise, Bench>()

/** The verdicts on all formulas of a page. */
export function judgePage(claims: readonly ClaimSource[], exercise: Exercise, options: PageOptions = {}): PageVerdict {
  const bench = benches.get(exercise) ?? benchOf(exercise, options)
  benches.set(exercise, bench)
  const page = newPage()
  const verdicts = claims.map(c => {
    const { verdict } = judgeClaim(c, { ...bench, options }, page)
    options.onClaim?.(verdict)
    return verdict
  })
  return { claims: verdicts, counts: countsOf(verdicts) }
}

/** How many claims have each verdict. */
export const countsOf = (claims: readonly ClaimVerdict[]): Readonly<Record<Verdict, number>> =>
  Object.fromEntries(VERDICTS.map(v => [v, claims.filter(c => c.verdict === v).length])) as Record<Verdict, number>
