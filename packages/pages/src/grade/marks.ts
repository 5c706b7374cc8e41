/** Marks as data. */

/** A question as the exercise has it; without marks it counts 1. */
export interface GradedQuestion { readonly id: string; readonly marks?: number; readonly title?: string }

/** Marks of one question on one page: `earned + lost + open = of`; a question without an answer has lost all. */
export interface QuestionMarks {
  readonly id: string
  readonly of: number
  readonly earned: number
  /** To be looked at by a person: not decided, not readable, not reached. */
  readonly open: number
  readonly links: number
}

export interface PageMarks {
  readonly path: string
  readonly questions: readonly QuestionMarks[]
  readonly earned: number
  readonly open: number
  readonly of: number
  /** Formulas that answer no question of the exercise. */
  readonly outside: number
  readonly problem?: string
}
