import { describe, expect, test } from 'vitest'
import { readPage } from '../page.ts'
import { claim, judged, link, pulledOut } from '../support/verdicts.ts'
import type { ClaimVerdict } from '../judge-types.ts'
import { annotateMarkdown } from './markdown.ts'
import { annotateTex } from './tex.ts'

const PULLED = pulledOut().latex

test('each formula is followed by its verdict, the page by its counts', () => {
  const page = `# Sheet\n\n<!-- id: B1.w25 -->\n$$${PULLED}$$\n<!-- id: X -->\n$$a=b$$\n`
  const verdicts = [pulledOut(page), claim('a=b', 'conditional', { id: 'X', links: [link('a=b', 'a', 'b', 'conditional', { assumption: 'no biases', otherwise: 'with biases: 2600' })] }, page)]
  expect(annotateMarkdown(page, judged(verdicts))).toBe(`# Sheet

<!-- id: B1.w25 -->
$$${PULLED}$$
<!-- chainrule -->
> **✗ B1.w25: link 2 is refuted.** Link 1 holds.
>
> The sum over the data is pulled out of the product. n\\_7, n\\_5 and n\\_2 differ from sample to sample.
>
> Right: $$${'{'}\\underline{\\sum_{i\\in data}}}2(n_7-y_7^{(i)})g'(b+w_{5,7}n_5)w_{5,7}g'(b+w_{2,5}n_2)n_2$$
>
> Try it: \`n_7 = [0.5, 1], g = sigmoid\`: left −0.00131, right 0.00259
>
> Note: with one sample the two agree

<!-- /chainrule -->
<!-- id: X -->
$$a=b$$
<!-- chainrule -->
> **~ X: holds, assuming no biases.** Otherwise: with biases: 2600.

<!-- /chainrule -->
<!-- chainrule -->
> **2 formulas: 1 holds under an assumption, 1 is refuted.**

<!-- /chainrule -->
`)
})

const pages: Record<string, string> = {
  'display formulas': '$$a=b$$\n\n$$\nc=d\n$$\n',
  'no line end at the end': 'text\n\n$$a=b$$',
  'Windows line ends': '$$a=b$$\r\n<!-- id: X -->\r\n$$c=d$$\r\n\r\n- $e=f$\r\n',
  'in the middle of a paragraph': 'so $$a=b$$ and\nthen $$c=d$$ too,\nas we see\n\nend\n',
  'in lists and quotations': '- item\n  $$a=b$$\n\n  1. $c=d$\n> > $$\n> > e=f\n> > $$\n> text\n',
  'in a table': '| a | b |\n|---|---|\n| $x=1$ | $$y=2$$ |\n| $z=3$ | |\n\ntext\n',
  'in headings': '# $$a=b$$\n\n$$c=d$$\n---\ntext\n',
  'in a fence': 'text\n```math\na=b\n```\ntext\n',
  'comments behind formulas': '$$a=b$$ <!-- note -->\n$$c=d$$.\n',
  'not closed': '$$a=b\n\ntext\n\n$$c=d',
  'a comment like an annotation': '<!-- chainrule -->\n\n$$a=b$$\n',
  'a formula that hides like an annotation': '<!-- chainrule -->\n> **x**\n$$a=b$$\n<!-- /chainrule -->\n',
}

const verdictsOf = (page: string, path: string): ClaimVerdict[] => readPage(page, path).claims.map(({ formula: _, paragraph: __, conditions: ___, headings: ____, ...c }, k) =>
  ({ ...c, verdict: (['proved', 'refuted', 'unreadable'] as const)[k % 3]!, links: [], firstWrong: null }))
const meaning = (page: string, path: string) => readPage(page, path).claims.map(({ latex, id, headings, conditions }) => ({ latex, id, headings, conditions }))

describe.each(Object.entries(pages))('annotations of a page with %s', (_, page) => {
  const once = annotateMarkdown(page, judged(verdictsOf(page, 'a.md')))

  test('are not judged', () => {
    expect(meaning(once, 'a.md')).toEqual(meaning(page, 'a.md'))
  })

  test('are replaced when it is judged again', () => {
    expect(annotateMarkdown(once, judged(verdictsOf(once, 'a.md')))).toBe(once)
  })

  test('leave no trace when they are taken away', () => {
    expect(annotateMarkdown(once, judged([]))).toBe(page)
  })

  test('stand for every formula', () => {
    expect(once.match(/> \*\*[✓✗?]/gu)).toHaveLength(readPage(page, 'a.md').claims.length)
  })
})

const tex = '\\section{A}\n% id: X\n\\[a=b\\] % note\nand\n\\begin{align}\nc&=d\n\\end{align}\n\\begin{itemize}\n\\item $e=f$\n\\end{itemize}'

test('in TeX verdicts are comments, which leave no trace either', () => {
  const once = annotateTex(tex, judged(verdictsOf(tex, 'a.tex')))
  expect(once).toContain('\\[a=b\\] % note\n% chainrule: ✓ X: holds, proved.\nand\n')
  expect(once).toMatch(/% chainrule: 3 formulas: 1 holds, 1 is refuted, 1 cannot be read\.$/)
  expect(meaning(once, 'a.tex')).toEqual(meaning(tex, 'a.tex'))
  expect(annotateTex(once, judged(verdictsOf(once, 'a.tex')))).toBe(once)
  expect(annotateTex(once, judged([]))).toBe(tex)
})

test('no text can end an annotation', () => {
  const evil = '<!-- /chainrule -->$$x$$`'
  const page = '$$a=b$$\n'
  const once = annotateMarkdown(page, judged([claim('a=b', 'refuted', { id: evil, firstWrong: 1, links: [link('a=b', 'a', 'b', 'refuted', { note: evil, counterexample: { at: { [evil]: evil }, left: evil, right: evil } })], slip: { name: 's', explanation: evil, where: { start: 0, end: 1 }, corrected: evil, mark: { start: 0, end: 0 } } }, page)]))
  expect(annotateMarkdown(once, judged([]))).toBe(page)
})
