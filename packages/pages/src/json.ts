/** What `chainrule check --json` prints; docs/schema/check.json describes it. */
import { groupsOf, slipsOf, totalCounts } from './course/groups.ts'
import type { GradedQuestion } from './grade/marks.ts'
import type { JudgedPage } from './judged-page.ts'

/** One page. */
export const pageJson = ({ path: _, claims, counts, remarks, problem, marks }: JudgedPage): object => ({
  claims, counts,
  ...(remarks.length > 0 ? { remarks } : {}),
  ...(problem ? { problem } : {}),
  ...(marks ? { marks: withoutPath(marks) } : {}),
})

/** Many pages. */
export const courseJson = (pages: readonly JudgedPage[], questions: readonly GradedQuestion[]): object => ({
  pages: pages.map(page => ({ path: page.path, ...pageJson(page) })),
  groups: groupsOf(pages, questions),
  slips: slipsOf(pages, questions),
  counts: totalCounts(pages),
  ...(pages.some(p => p.marks) ? { questions } : {}),
})

const withoutPath = ({ path: _, problem: __, ...marks }: NonNullable<JudgedPage['marks']>): object => marks
