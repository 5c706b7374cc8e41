import { describe, expect, test } from 'vitest'
import { marksOf } from '../grade/gradebook.ts'
import { claim, judged, link, pulledOut, span } from '../support/verdicts.ts'
import { columns } from './columns.ts'
import { renderVerdicts } from './render-verdicts.ts'

const text = (...claims: Parameters<typeof judged>[0]): string => renderVerdicts(judged(claims))

test('a refuted link: the wrong place, the slip, the right line, numbers', () => {
  expect(text(pulledOut())).toBe(`✗ ∂E/∂w_{2,5} = … = (2 Σ_{i∈data} (n_7 − y_7⁽ⁱ⁾))g'(b + w_{5,7}n_5) · w_{5,7} · g'(b + w_{2,5}n_2) · n_2
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  B1.w25, line 1: link 2 is refuted. Link 1 holds.
  slip: The sum over the data is pulled out of the product. n_7, n_5 and n_2 differ from sample to sample.
  right: Σ_{i∈data} 2(n_7 − y_7⁽ⁱ⁾)g'(b + w_{5,7}n_5)w_{5,7}g'(b + w_{2,5}n_2)n_2
         ^^^^^^^^^^
  try it: n_7 = [0.5, 1], g = sigmoid: left −0.00131, right 0.00259
  note: with one sample the two agree

1 formula: 1 is refuted.
`)
})

test('formulas that hold stand line under line', () => {
  const a = claim('z_1=w_1\\cdot x', 'proved', { id: 'A4.1a' })
  const b = claim('a_2=g_2(z_2)', 'agrees', { links: [link('a_2=g_2(z_2)', 'a_2', 'g_2(z_2)', 'agrees', { note: 'b is b_2; 6 random points' })] })
  expect(text(a, b)).toBe(`✓ z_1 = w_1 · x                                               A4.1a, line 1: holds, proved
✓ a_2 = g_2(z_2)                                              line 1: holds at every point that was tried (b is b_2)

2 formulas: 2 hold.
`)
})

test('assumptions, open formulas, what follows, repairs', () => {
  const L2 = 'L_2=2500'
  const conditional = claim(L2, 'conditional', { links: [link(L2, 'L_2', '2500', 'conditional', { assumption: 'no biases', otherwise: 'with biases: 2600' })] })
  const undecided = claim('a=b=c', 'undecided', { links: [link('a=b=c', 'a', 'b', 'proved'), link('a=b=c', 'b', 'c', 'undecided', { note: 'it is too large' })] })
  const unreadable = claim('a=\\frac{b', 'unreadable', { problem: { message: 'A brace is not closed.', span: span('a=\\frac{b', '{b') } })
  const follows = claim('y=x-1=2', 'refuted', { links: [link('y=x-1=2', 'y', 'x-1', 'proved'), link('y=x-1=2', 'x-1', '2', 'refuted')], firstWrong: 2, follows: true, followsFrom: 'C1.xw1', repaired: 'y=x-1=2' })
  expect(text(conditional, undecided, unreadable, follows)).toBe(`~ L_2 = 2500
  line 1: holds, assuming no biases. Otherwise: with biases: 2600.

? a = b = c
  line 1: not decided: it is too large.

? a=\\frac{b
         ^^
  line 1: cannot be read: A brace is not closed.

✗ y = x − 1 = 2
              ^
  line 1: link 2 is refuted. Link 1 holds. It follows from the mistake at C1.xw1: with what is written there, it is
    right. Read with a repair, as y=x-1=2.

4 formulas: 1 holds under an assumption, 1 is refuted, 1 is not decided, 1 cannot be read.
`)
})

test('remarks and problems of the page stand at its end', () => {
  expect(renderVerdicts(judged([], { remarks: [{ line: 3, message: '$$ is not closed' }], problem: { kind: 'stopped', message: 'stopped after 5 s' } }))).toBe('line 3: $$ is not closed\n\nstopped after 5 s\nNo formula was found on this page.\n')
})

test('marks stand before the counts', () => {
  const page = judged([claim('a=b', 'proved', { question: 'Q1', links: [link('a=b', 'a', 'b', 'proved')] })])
  expect(renderVerdicts({ ...page, marks: marksOf(page, [{ id: 'Q1', marks: 2 }, { id: 'Q2' }]) })).toContain(`
Marks
  question   marks   of   to look at   links
  Q1             2    2            0       1
  Q2             0    1            0       0
  total          2    3            0       1

1 formula: 1 holds. Marks: 2 of 3.
`)
})

test('formulas in what is said of a slip are readable', () => {
  const wrong = claim('a=b', 'refuted', { firstWrong: 1, links: [link('a=b', 'a', 'b', 'refuted')], slip: { name: 'x', explanation: 'The factor $x^{(i)}$ is lost.', where: { start: 2, end: 3 }, corrected: 'bx', mark: { start: 1, end: 2 } } })
  expect(text(wrong)).toContain('slip: The factor x⁽ⁱ⁾ is lost.\n')
})

describe('long formulas', () => {
  const long = (n: number): string => Array.from({ length: n }, (_, k) => `a_{${k}}`).join('+')

  test('of a chain, the left side and the wrong part are shown', () => {
    const latex = `x=${long(40)}=b=c`
    const wrong = claim(latex, 'refuted', { firstWrong: 3, links: [link(latex, 'x', long(40), 'proved'), link(latex, long(40), 'b', 'proved'), link(latex, '=b=c'.slice(1, 2), 'c', 'refuted')] })
    expect(text(wrong).split('\n').slice(0, 3)).toEqual(['✗ x = … = c', '          ^', '  line 1: link 3 is refuted. Links 1 and 2 hold.'])
  })

  test('else a window around the wrong place', () => {
    const latex = `x=${long(99)}`
    const wrong = claim(latex, 'refuted', { firstWrong: 1, links: [link(latex, 'x', long(99), 'refuted')], slip: { name: 's', explanation: 'Lost.', where: span(latex, 'a_{50}'), corrected: 'x', mark: { start: 0, end: 0 } } })
    const [formula, carets] = text(wrong).split('\n')
    expect(columns(formula!)).toBeLessThanOrEqual(120)
    expect(formula).toMatch(/^✗ ….*….?$/)
    expect(formula!.slice(carets!.indexOf('^'), carets!.lastIndexOf('^') + 1)).toBe('a_{50}')
  })

  test.each([40, 60, 200])('no line is wider than %s columns', width => {
    const wide = claim(`\\text{${'宽'.repeat(90)}}=${long(50)}`, 'proved')
    for (const line of renderVerdicts(judged([pulledOut(), wide]), { width }).split('\n')) expect(columns(line)).toBeLessThanOrEqual(width)
  })
})

test('wide characters take two columns', () => {
  const latex = '\\text{宽宽}=b'
  const [, carets] = text(claim(latex, 'refuted', { firstWrong: 1, links: [link(latex, '\\text{宽宽}', 'b', 'refuted')] })).split('\n')
  expect(carets).toBe('         ^')
})

test('a page cannot steer the terminal', () => {
  const steering = '\u001b[31mred\u202e'
  const latex = `a=${steering}`
  const shown = renderVerdicts(judged([claim(latex, 'undecided', { id: steering, problem: { message: steering } })]))
  // eslint-disable-next-line no-control-regex
  expect(shown).not.toMatch(/[\u001b\u202e]/)
})
