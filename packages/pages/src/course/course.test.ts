import { renderTextPage } from '@chainrule/core'
import { expect, test } from 'vitest'
import type { ClaimVerdict } from '../judge-types.ts'
import { marksOf } from '../grade/gradebook.ts'
import { claim, judged, link } from '../support/verdicts.ts'
import { coursePage } from './course-page.ts'
import { groupsOf, slipsOf, totalCounts } from './groups.ts'

const wrong = (latex: string, question: string, key: string, slip?: string): ClaimVerdict => claim(latex, 'refuted', {
  question, key, firstWrong: 1, links: [link(latex, 'a', latex.slice(2), 'refuted')],
  ...(slip ? { slip: { name: slip, explanation: `The ${slip} is lost.`, where: { start: 0, end: 1 }, corrected: 'a', mark: { start: 0, end: 1 } } } : {}),
})
const right = claim('a=b', 'proved', { question: 'Q1', links: [link('a=b', 'a', 'b', 'proved')] })

const pages = [
  judged([wrong('a=-b', 'Q1', 'k1', 'sign'), wrong('a=2b', 'Q2', 'k2', 'factor')], { path: '1.md' }),
  judged([wrong('a=- b', 'Q1', 'k1', 'sign'), wrong('a=2b', 'Q2', 'k3', 'factor'), wrong('a=3b', 'Q2', 'k4', 'sign')], { path: '2.md' }),
  judged([right, wrong('a=-b', 'Q1', 'k1'), wrong('a=-b', 'Q1', 'k1')], { path: '3.md' }),
  judged([], { path: '4.md', problem: { kind: 'stopped', message: 'stopped after 5 s' } }),
]
const questions = [{ id: 'Q2' }, { id: 'Q1' }]

test('equal wrong answers, the most frequent first, then in the order of the questions', () => {
  expect(groupsOf(pages, questions).map(g => [g.count, g.question, g.key, g.latex, g.slip?.name])).toEqual([
    [3, 'Q1', 'k1', 'a=-b', 'sign'], [1, 'Q2', 'k2', 'a=2b', 'factor'], [1, 'Q2', 'k3', 'a=2b', 'factor'], [1, 'Q2', 'k4', 'a=3b', 'sign'],
  ])
  expect(groupsOf(pages)[0]!.pages).toEqual(['1.md', '2.md', '3.md'])
})

test('without keys, answers are equal where their LaTeX is', () => {
  const { key: _, ...bare } = wrong('a=-b', 'Q1', '')
  expect(groupsOf([judged([bare]), judged([{ ...bare, latex: 'a=-b' }], { path: 'b.md' })])).toMatchObject([{ count: 2 }])
})

test('what follows from an earlier mistake is no slip', () => {
  expect(slipsOf([judged([{ ...wrong('a=-b', 'Q1', 'k1', 'sign'), follows: true }])])).toEqual([])
})

test('slips by question', () => {
  expect(slipsOf(pages, questions).map(s => [s.question, s.name, s.count, s.pages.length])).toEqual([['Q2', 'factor', 2, 2], ['Q2', 'sign', 1, 1], ['Q1', 'sign', 2, 2]])
})

test('counts over all pages', () => {
  expect(totalCounts(pages)).toMatchObject({ refuted: 7, proved: 1, undecided: 0 })
})

test('the summary as text', () => {
  expect(renderTextPage(coursePage(pages.map(p => ({ ...p, marks: marksOf(p, [{ id: 'Q1', marks: 2 }, { id: 'Q2' }]) })), { questions }))).toBe(`4 pages
8 formulas: 1 holds, 7 are refuted.

  The same wrong line
  pages   question   wrong line   slip
      3   Q1         a = −b       The sign is lost.
      1   Q2         a = 2b       The factor is lost.
      1   Q2         a = 2b       The factor is lost.
      1   Q2         a = 3b       The sign is lost.

  Slips by question
  question   slip     times   pages   for example
  Q2         factor       2       2   The factor is lost.
  Q2         sign         1       1   The sign is lost.
  Q1         sign         2       2   The sign is lost.

  Pages
  page   hold   assuming   refuted   open   marks   of   to look at
  1.md      0          0         2      0    0       3            0
  2.md      0          0         3      0    0       3            0
  3.md      1          0         2      0    0.67    3            0
  4.md      0          0         0      0    0       3            3

  Pages that need a look
  page   problem
  4.md   stopped after 5 s
`)
})
