/** Marks of pages, question by question. */
import type { JudgedPage } from '../judged-page.ts'
import { type Credit, CREDIT_RULES, type CreditRules, creditsOf } from './credit.ts'
import type { GradedQuestion, PageMarks, QuestionMarks } from './marks.ts'

export type { GradedQuestion, PageMarks, QuestionMarks }

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
