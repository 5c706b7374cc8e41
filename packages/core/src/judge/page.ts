/** A page: its formulas in order, each judged with what the page said before. */
import { benchOf, judgeClaim } from './claim.ts'
import type { JudgeOptions } from './judged.ts'
import type { Exercise } from './exercise/exercise.ts'
import { newPage, type PageState } from './page-state.ts'
import { remembered } from './remembered.ts'
import { judgeRepaired } from './repaired.ts'
import { type ClaimSource, type ClaimVerdict, type PageVerdict, type Verdict, VERDICTS } from './types.ts'

export interface PageOptions extends JudgeOptions {
  /** Proposes readings of scan-damaged formulas. */
  readonly repair?: boolean
  /** Told of every verdict as it is found. */
  readonly onClaim?: (v: ClaimVerdict) => void
}

/** The verdicts on all formulas of a page. */
export function judgePage(claims: readonly ClaimSource[], exercise: Exercise, options: PageOptions = {}): PageVerdict {
  const bench = benchOf(exercise, options)
  const page = newPage()
  const judge = (c: ClaimSource, p: PageState): ClaimVerdict => remembered(c, bench, p, (s, at) => judgeClaim(s, bench, at).verdict)
  const verdicts = claims.map(c => {
    const verdict = options.repair ? judgeRepaired(c, bench, page, judge) : judge(c, page)
    options.onClaim?.(verdict)
    return verdict
  })
  return { claims: verdicts, counts: countsOf(verdicts) }
}

/** How many claims have each verdict. */
export const countsOf = (claims: readonly ClaimVerdict[]): Readonly<Record<Verdict, number>> =>
  Object.fromEntries(VERDICTS.map(v => [v, claims.filter(c => c.verdict === v).length])) as Record<Verdict, number>
