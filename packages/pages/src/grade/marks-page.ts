/** The marks of one page as a page of the core, which every format can show. */
import type { Page } from '@chainrule/core'
import type { PageMarks } from './marks.ts'

/** A row for each question, and the total. */
export function marksPage(marks: PageMarks): Page {
  const rows = marks.questions.map(q => [q.id, q.earned, q.of, q.open, q.links].map(String))
  const columns = ['question', 'marks', 'of', 'to look at', 'links']
  const links = marks.questions.reduce((sum, q) => sum + q.links, 0)
  return { title: ['Marks'], preamble: [], sections: [{ kind: 'table', columns, rows: [...rows, ['total', marks.earned, marks.of, marks.open, links].map(String)] }], footer: outside(marks), data: marks, ok: true }
}

const outside = ({ outside: n }: PageMarks): string[][] => (n === 0 ? [] : [[n === 1 ? 'One formula answers no question of the exercise.' : `${n} formulas answer no question of the exercise.`]])
