import { expect, test } from 'vitest'
import { span } from '../support/verdicts.ts'
import { whole } from './whole.ts'

test.each([
  ['a + b', 'b', 'b'],
  ['(2 (n - y))f', '(2 (n - y)', '(2 (n - y))'],
  ['\\frac{a}{b}c', 'a}{b', '{a}{b}'],
  ['\\left( a \\right) b', 'a \\right) b', '\\left( a \\right) b'],
  ['\\sum_{i} x_{k, 5}}', '\\sum_{i} x_{k, ', '\\sum_{i} x_{k, 5}'],
  ['\\alpha b', 'lpha', '\\alpha'],
  ['\\begin{cases} a \\end{cases}', '\\begin{cases} a', '\\begin{cases} a \\end{cases}'],
  ['a) + (b', ') +', ') +'],
  ['{(a} b)', '(a', '{(a} b)'.slice(1, 3)],
  ['\\{a\\}', 'a', 'a'],
])('in %s, %s is widened to %s', (latex, part, result) => {
  const { start, end } = whole(latex, span(latex, part))
  expect(latex.slice(start, end)).toBe(result)
})

test('an empty place stays', () => {
  expect(whole('ab', { start: 1, end: 1 })).toEqual({ start: 1, end: 1 })
})

test.each(['(', '{', '\\left(', '\\begin{a}', ')', '}', '()'])('many %s end', text => {
  expect(whole(text.repeat(6000).slice(0, 6000), { start: 3000, end: 3001 }).end).toBeGreaterThan(0)
})
