/** A page with its verdicts, as every output takes it. */
import type { ClaimVerdict, VerdictCounts } from './judge-types.ts'
import { VERDICTS } from './judge-types.ts'
import type { PageRemark } from './page.ts'

/** Why a page has no verdicts, or not all of them. */
export interface PageProblem {
  /** It could not be read; it took too long; Chainrule failed. */
  readonly kind: 'unreadable' | 'stopped' | 'fault'
  readonly message: string
}

export interface JudgedPage {
  readonly path: string
  readonly claims: readonly ClaimVerdict[]
  readonly counts: VerdictCounts
  readonly remarks: readonly PageRemark[]
  readonly problem?: PageProblem
}

/** How many claims have each verdict. */
export const countsOf = (claims: readonly Pick<ClaimVerdict, 'verdict'>[]): VerdictCounts =>
  Object.fromEntries(VERDICTS.map(v => [v, claims.filter(c => c.verdict === v).length])) as unknown as VerdictCounts
