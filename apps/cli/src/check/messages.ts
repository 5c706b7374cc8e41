/** What goes between the command and the threads that judge. */
import type { PageProblem, PageRemark } from '@chainrule/pages'
import type { ClaimSource, ClaimVerdict } from '@chainrule/core'

/** What every thread is told when it starts. */
export interface Assignment {
  readonly exercise: { readonly markdown: string; readonly path: string }
  readonly repair: boolean
  readonly seed?: number
}

/** A page to judge. */
export interface Job { readonly path: string; readonly source: string }

export type Reply =
  /** The thread has read the exercise. */
  | { readonly kind: 'ready' }
  /** The claims of the page, before any is judged. */
  | { readonly kind: 'claims'; readonly claims: readonly ClaimSource[]; readonly remarks: readonly PageRemark[] }
  /** One verdict more. */
  | { readonly kind: 'claim'; readonly verdict: ClaimVerdict }
  | { readonly kind: 'done'; readonly claims: readonly ClaimVerdict[] }
  | { readonly kind: 'problem'; readonly problem: PageProblem }
