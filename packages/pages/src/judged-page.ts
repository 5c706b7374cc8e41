/** A page with its verdicts, as every output takes it. */
import type { PageMarks } from './grade/marks.ts'
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
  /** With marks asked for. */
  readonly marks?: PageMarks
}

/** How many claims have each verdict. */
export const countsOf = (claims: readonly Pick<ClaimVerdict, 'verdict'>[]): VerdictCounts =>
  Object.fromEntries(VERDICTS.map(v => [v, claims.filter(c => c.verdict === v).length])) as unknown as VerdictCounts

/** The page with the claims that pass, counted anew. */
export function onlyClaims(page: JudgedPage, passes: (claim: ClaimVerdict) => boolean): JudgedPage {
  const claims = page.claims.filter(passes)
  return { ...page, claims, counts: countsOf(claims) }
}
