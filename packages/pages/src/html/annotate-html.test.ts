import { describe, expect, test } from 'vitest'
import type { ClaimVerdict } from '../judge-types.ts'
import { hostilePages } from '../hostile-pages.ts'
import { formulasOf, readPage } from '../page.ts'
import { claim, judged, link, pulledOut, span } from '../support/verdicts.ts'
import { annotateHtml } from './annotate-html.ts'

/** The page with every formula refuted at its first character. */
function html(source: string, path = 'page.md'): string {
  const claims = formulasOf(source, path).map((c): ClaimVerdict => ({ ...c, verdict: 'refuted', firstWrong: 1, links: [{ verdict: 'refuted', left: { start: 0, end: 1 }, right: { start: 0, end: 1 } }] }))
  return annotateHtml(source, judged(claims, { path }))
}
/** What stands in the body, without MathML. */
const bodyOf = (document: string): string => document.slice(document.indexOf('</section>') + 10, document.indexOf('</body>')).replace(/<math[^]*?<\/math>/g, 'MATH').trim()

test('formulas are set, verdicts stand behind them, the wrong and the right place are marked, numbers fold', () => {
  const source = `# Sheet *B*\n\n$$${pulledOut().latex}$$\n`
  const document = annotateHtml(source, judged([pulledOut(source)], { path: 'dir/b.md', remarks: [{ line: 2, message: 'a < b' }] }))
  expect(document).toMatch(/<title>b\.md<\/title>/)
  expect(document).toContain('<p>1 formula: 1 is refuted.</p>')
  expect(document).toContain('line 2: a &lt; b')
  expect(bodyOf(document)).toBe(`<h1>Sheet <em>B</em></h1>
<p><span class="katex">MATH</span></p>
<aside class="verdict wrong" id="formula-15">
<p><strong>✗ B1.w25, line 3: link 2 is refuted.</strong> Link 1 holds.</p>
<p>The sum over the data is pulled out of the product. n_7, n_5 and n_2 differ from sample to sample.</p>
<div class="scroll"><span class="word">Right:</span> <span class="katex">MATH</span></div>
<details><summary>Try it: left −0.00131, right 0.00259</summary>
<ul><li><code>n_7 = [0.5, 1]</code></li><li><code>g = sigmoid</code></li></ul></details>
<p class="note">with one sample the two agree</p>
</aside>`)
  expect(document.match(/<mstyle class="wrong">/g)).toHaveLength(1)
  expect(document.match(/<mstyle class="right">/g)).toHaveLength(1)
  expect(document).not.toContain('\\textcolor')
})

test('lists, quotations, tables and headings stay what they are', () => {
  expect(bodyOf(html('- item $$a=b$$\n\n> $$\n> c=d\n> $$\n\n| $e=f$ |\n|---|\n| x |\n')).replace(/<aside[^]*?<\/aside>/g, 'BOX')).toBe(
    '<ul>\n<li>item <span class="katex">MATH</span>BOX\n</li>\n</ul>\n<blockquote>\n<p><span class="katex">MATH</span></p>\nBOX\n</blockquote>\n'
    + '<table>\n<thead>\n<tr>\n<th><span class="katex">MATH</span></th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>x</td>\n</tr>\n</tbody>\n</table>\nBOX')
})

describe('nothing of the page is HTML, nothing comes from the network', () => {
  const evil = '<script>alert(1)</script> <img src=x onerror=alert(1)>'
  test.each([
    ['text', `${evil}\n\n<div>\n${evil}\n</div>\n`],
    ['a formula', `$$a=\\text{${evil}}$$\n\n$$a=${evil}{$$\n`],
    ['commands of TeX', '$$\\href{javascript:alert(1)}{a}=\\includegraphics{http://evil.org/x.png}=\\htmlStyle{color:red}{b}$$\n'],
    ['links and images', '[a](javascript:alert(1)) ![b](http://evil.org/x.png "t") [c]\n\n[c]: data:text/html,x\n'],
    ['an id', `<!-- id: ${evil} -->\n$$a=b$$\n`],
    ['attributes', '[a](http://a.org "$$x=1$$ \\" onclick=alert(1)")\n'],
  ])('in %s', (_, source) => {
    const document = html(source)
    const tags = [...document.replace(/<annotation[^]*?<\/annotation>/g, '').matchAll(/<([a-z][^\s>]*)([^>]*)>/gi)]
    expect(tags.map(t => t[1]).filter(t => /^(?:script|img|iframe|link|object|embed|base|form)$/i.test(t!))).toEqual([])
    expect(tags.filter(t => /\son\w+=|\ssrc=/i.test(t[2]!.replace(/"[^"]*"/g, '""')) || /(?:href|style)="[^"]*(?:javascript:|url\()/i.test(t[2]!))).toEqual([])
    expect(document).toContain("default-src 'none'")
  })

  test('a verdict is escaped too', () => {
    const document = annotateHtml('$$a=b$$', judged([claim('a=b', 'refuted', { id: evil, firstWrong: 1, links: [link('a=b', 'a', 'b', 'refuted', { note: evil, counterexample: { at: { [evil]: evil }, left: evil, right: evil } })], slip: { name: evil, explanation: evil, where: span('a=b', 'b'), corrected: evil, mark: { start: 0, end: 7 } } }, '$$a=b$$')], { path: `${evil}.md` }))
    expect(document).not.toContain('<script>')
    expect(document).not.toContain('<img')
  })
})

test('a formula that KaTeX refuses is shown as code, its wrong place marked', () => {
  const source = '$$a=\\frac{b$$\n'
  const document = annotateHtml(source, judged([claim('a=\\frac{b', 'unreadable', { problem: { message: 'A brace is not closed.', span: span('a=\\frac{b', '{b') } }, source)]))
  expect(bodyOf(document)).toContain('<p><code class="display">a=\\frac<mark class="wrong">{b</mark></code></p>')
})

test('a formula that the Markdown hides is listed at the end', () => {
  const body = bodyOf(html('[a](<$$x=1$$> "t")\n'))
  expect(body).toContain('<h2>Further formulas</h2>')
  expect(body.match(/<aside/g)).toHaveLength(1)
})

test('comments and annotations of an earlier run are not shown', () => {
  expect(bodyOf(html('a <!-- hidden --> b\n\n$$a=b$$\n<!-- chainrule -->\n> **✓ holds.**\n\n<!-- /chainrule -->\n'))).not.toMatch(/hidden|holds/)
})

test('a page of TeX keeps its text', () => {
  expect(bodyOf(html('\\section{One}\nText $x$ & more % comment\n% id: X\n\\[a=b\\] so.\n', 'page.tex')).replace(/<aside[^]*?<\/aside>/g, 'BOX')).toBe(
    '<h2 class="tex">One</h2>\n<p class="tex">Text <span class="katex">MATH</span> &amp; more\n<span class="katex">MATH</span> so.</p>\nBOX')
})

describe.each(['page.md', 'page.tex'])('hostile pages: %s', path => {
  test.each(Object.entries(hostilePages(10_000)))('%s', (_, source) => {
    let claims: number
    try {
      claims = readPage(source, path).claims.length
    } catch {
      return
    }
    const document = html(source, path)
    expect(document.match(/<aside/g)?.length ?? 0).toBe(claims)
  })
})

test.each(['{', '\\frac{', '\\sqrt{', '^{', '\\left(', '\\def\\a{\\b\\b}\\def\\b{\\c\\c}\\def\\c{\\d\\d}\\a', '\\begin{pmatrix}'])('a formula of many %s ends', part => {
  const document = html(`$$a=${part.repeat(2000)}$$\n`)
  expect(document.match(/<aside/g)).toHaveLength(1)
})
