/** The types between the pages and the judge, named in one place. */
export type { ClaimSource, ClaimVerdict, Counterexample, ExerciseBlock, ExerciseSource, LinkVerdict, PageVerdict, SlipFound, Verdict, VerdictCounts } from '@chainrule/core'
export { VERDICTS } from '@chainrule/core'
