import { expect, test } from 'vitest'
import { span } from '../support/verdicts.ts'
import { wrapped } from './mark.ts'

test.each<[string, string, string | undefined]>([
  ['a+b', 'b', 'a+{<b>}'],
  ['x^2', '2', 'x^{<2>}'],
  ['\\frac12', '1', '\\frac{<1>}2'],
  ['a&=b+c\\\\&=d', 'b+c\\\\&=d', 'a&={<b+c>}\\\\&{<=d>}'],
  ['\\left(a\\right)b', '\\left(a\\right)', '{<\\left(a\\right)>}b'],
  ['\\left(a\\right)b', 'a\\right)b', undefined],
  ['{a}{b}', 'a}{b', undefined],
  ['\\alpha b', 'lpha', undefined],
  ['\\begin{cases}a&b\\end{cases}', '\\begin{cases}a&b\\end{cases}', undefined],
])('in %s, around %s: %s', (latex, part, result) => {
  expect(wrapped(latex, span(latex, part), '<', '>')).toBe(result)
})
