/** The judge: exercises, pages, verdicts. */
export type * from './types.ts'
export { VERDICTS, worst } from './types.ts'
export type { ExerciseBlock, ExerciseSource } from './exercise-source.ts'
export { type Exercise, type Question, readExercise } from './exercise/exercise.ts'
export { type BudgetLimits } from './budget.ts'
export { type EqualOptions, type EqualVerdict, judgeEqual } from './equal.ts'
export { judgePage, type PageOptions } from './page.ts'
