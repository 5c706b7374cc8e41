import { describe, expect, test } from 'vitest'
import { claim, judged, link } from '../support/verdicts.ts'
import { claimsCsv, csv, gradebookCsv } from './csv.ts'
import { CREDIT_RULES, creditsOf } from './credit.ts'
import { gradebook, marksOf } from './gradebook.ts'

const links = (...verdicts: Parameters<typeof link>[3][]) => verdicts.map(v => link('a=b', 'a', 'b', v))
const questions = [{ id: 'Q1', marks: 4 }, { id: 'Q2' }, { id: 'Q3', marks: 2 }]

test('marks are shared by the links of a question, over all its claims', () => {
  const page = judged([
    claim('a=b', 'refuted', { question: 'Q1', links: links('proved', 'refuted'), firstWrong: 2 }),
    claim('a=b', 'proved', { question: 'Q1', links: links('agrees', 'conditional') }),
    claim('a=b', 'undecided', { question: 'Q2', links: links('proved', 'undecided') }),
    claim('a=b', 'unreadable'),
  ])
  expect(marksOf(page, questions)).toEqual({
    path: 'page.md', earned: 3.5, open: 0.5, of: 7, outside: 1,
    questions: [{ id: 'Q1', of: 4, earned: 3, open: 0, links: 4 }, { id: 'Q2', of: 1, earned: 0.5, open: 0.5, links: 2 }, { id: 'Q3', of: 2, earned: 0, open: 0, links: 0 }],
  })
})

test('what follows from an earlier mistake earns, where the rules say so', () => {
  const follows = claim('a=b', 'refuted', { follows: true, links: links('refuted', 'proved'), firstWrong: 1 })
  expect(creditsOf(follows)).toEqual(['earned', 'earned'])
  expect(creditsOf(follows, { ...CREDIT_RULES, followThrough: false })).toEqual(['lost', 'earned'])
  expect(creditsOf(claim('a', 'unreadable'))).toEqual(['open'])
})

test('a page that could not be judged is open where it has no answer', () => {
  const page = judged([claim('a=b', 'proved', { question: 'Q1', links: links('proved') })], { problem: { kind: 'stopped', message: 'stopped after 5 s' } })
  expect(marksOf(page, questions)).toMatchObject({ earned: 4, open: 3, of: 7, problem: 'stopped after 5 s' })
})

test('marks are to the hundredth', () => {
  expect(marksOf(judged([claim('a=b', 'refuted', { question: 'Q2', links: links('proved', 'refuted', 'refuted') })]), [{ id: 'Q2' }]).earned).toBe(0.33)
})

describe('CSV', () => {
  test('as RFC 4180 has it', () => {
    expect(csv([['a', 'b"c', 'd,e', 'f\ng', 1.5, undefined]])).toBe('a,"b""c","d,e","f\ng",1.5,\r\n')
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '|cmd', '%0a=1'])('%j is a text for a spreadsheet', text => {
    expect(csv([[text]])).toMatch(/^"?'/)
  })

  test('the gradebook has a row for each page', () => {
    const pages = [judged([claim('a=b', 'proved', { question: 'Q1', links: links('proved') })]), judged([], { path: '=evil.md', problem: { kind: 'unreadable', message: 'it is not UTF-8 text' } })]
    expect(gradebookCsv(gradebook(pages, questions))).toBe(
      'page,Q1,Q2,Q3,total,of,to look at,outside of the questions,problem\r\npage.md,4,0,0,4,7,0,0,\r\n\'=evil.md,0,0,0,0,7,7,0,it is not UTF-8 text\r\n')
  })

  test('claims, a row each', () => {
    const wrong = claim('a=b', 'refuted', { id: 'X', question: 'Q1', links: links('refuted'), firstWrong: 1, follows: true, followsFrom: 'W', slip: { name: 'sign', explanation: 'A sign, lost.', where: { start: 0, end: 1 }, corrected: 'c', mark: { start: 0, end: 1 } } })
    expect(claimsCsv([judged([wrong]), judged([], { path: 'b.md', problem: { kind: 'fault', message: 'broken' } })])).toBe(
      'page,line,id,question,verdict,links,first wrong,slip,explanation,follows,problem,latex\r\npage.md,1,X,Q1,refuted,1,1,sign,"A sign, lost.",W,,a=b\r\nb.md,,,,,,,,,,broken,\r\n')
  })
})
