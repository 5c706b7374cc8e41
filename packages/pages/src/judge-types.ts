/** The types between the pages and the judge, named in one place. */
export type { ExerciseBlock, ExerciseSource } from '../../core/src/judge/exercise-source.ts'
export { VERDICTS } from '../../core/src/judge/types.ts'
export type { ClaimSource, ClaimVerdict, Counterexample, LinkVerdict, PageVerdict, SlipFound, Verdict, VerdictCounts } from '../../core/src/judge/types.ts'
