/** Marks of pages, question by question. */
import type { JudgedPage } from '../judged-page.ts'
import { type Credit, CREDIT_RULES, type CreditRules, creditsOf } from './credit.ts'

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

export interface Gradebook { readonly questions: readonly GradedQuestion[]; readonly pages: readonly PageMarks[] }

/** The marks of all pages. */
export const gradebook = (pages: readonly JudgedPage[], questions: readonly GradedQuestion[], rules: CreditRules = CREDIT_RULES): Gradebook =>
  ({ questions, pages: pages.map(page => marksOf(page, questions, rules)) })

/** The marks of a page. One that could not be judged to its end is open where it has no answer. */
export function marksOf(page: JudgedPage, questions: readonly GradedQuestion[], rules: CreditRules = CREDIT_RULES): PageMarks {
  const credits = new Map<string, Credit[]>(questions.map(q => [q.id, []]))
  let outside = 0
  for (const claim of page.claims) {
    const answers = claim.question === undefined ? undefined : credits.get(claim.question)
    if (answers) answers.push(...creditsOf(claim, rules))
    else outside++
  }
  const marks = questions.map(({ id, marks: of = 1 }): QuestionMarks => {
    const all = credits.get(id)!
    const share = (credit: Credit): number => (all.length === 0 ? 0 : of * all.filter(c => c === credit).length / all.length)
    return { id, of, earned: rounded(share('earned')), open: all.length === 0 && page.problem ? of : rounded(share('open')), links: all.length }
  })
  const total = (key: 'earned' | 'open' | 'of'): number => rounded(marks.reduce((sum, m) => sum + m[key], 0))
  return { path: page.path, questions: marks, earned: total('earned'), open: total('open'), of: total('of'), outside, ...(page.problem ? { problem: page.problem.message } : {}) }
}

/** Marks to the hundredth. */
const rounded = (marks: number): number => Math.round(marks * 100) / 100
