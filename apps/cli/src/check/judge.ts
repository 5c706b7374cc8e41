/** The judge, where the command line takes it from. */
export { type ClaimSource, type ClaimVerdict, type Exercise, type PageVerdict, type EqualVerdict, judgeEqual, judgePage, readExercise } from '../../../../packages/core/src/judge/index.ts'
