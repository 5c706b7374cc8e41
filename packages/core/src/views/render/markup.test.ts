import { expect, test } from 'vitest'
import type { Page } from '../page.ts'
import { renderHtmlBody } from './html.ts'
import { printJson } from './json.ts'
import { renderMarkdownPage } from './markdown.ts'
import { INDEX_PAGE, LONG_PAGE, VALUES_PAGE } from './page-samples.ts'

const typeset = (latex: string, display: boolean): string => `<${display ? 'b' : 'i'}>${latex.length}</${display ? 'b' : 'i'}>`

test('HTML has one row per line and one cell per part of it', () => {
  expect(renderHtmlBody(INDEX_PAGE, typeset)).toMatchInlineSnapshot(`
    "<h1><i>36</i></h1>
    <div class="scroll"><table class="lines">
    <tr><td class="number">1</td><td class="left"><b>33</b></td><td class="relation"><b>1</b></td><td class="right"><b>109</b></td><td class="reason">quotient rule; <i>47</i></td></tr>
    <tr><td class="number">2</td><td class="left"></td><td class="relation"><b>1</b></td><td class="right"><b>23</b></td><td class="reason">fold <i>30</i></td></tr>
    </table></div>
    <p><i>5</i>:  <i>13</i>        <i>7</i>:  <i>8</i></p>
    <p>matrix form:  <i>35</i></p>
    "
  `)
})

test('words of a page cannot become markup', () => {
  const page: Page = { ...VALUES_PAGE, title: ['<script>alert("1 & 2")</script>'], sections: [{ kind: 'text', paragraphs: [['a * b_c | `d` <e>']] }] }
  expect(renderHtmlBody(page, typeset)).toContain('<h1>&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;</h1>')
  expect(renderMarkdownPage(page)).toContain('a \\* b\\_c \\| \\`d\\` \\<e\\>')
})

test('a failed line is marked in HTML', () => {
  expect(renderHtmlBody(LONG_PAGE, typeset)).toContain('<tr class="failed">')
})

test('Markdown tables keep bars out of cells', () => {
  const page: Page = { ...VALUES_PAGE, sections: [{ kind: 'table', columns: ['node', 'value'], rows: [['|x|', { kind: 'norm', body: { kind: 'name', name: 'W' } }], ['y', { kind: 'absolute', body: { kind: 'name', name: 'y' } }]] }] }
  const rows = renderMarkdownPage(page).split('\n').filter(line => line.startsWith('|'))
  for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(3)
})

test('JSON keeps short values on one line and parses back', () => {
  const value = { a: [1, 2, [3, 'x, "y": z']], b: Array.from({ length: 40 }, (_, i) => i / 8), c: { d: null, e: undefined, f: 'ü' }, g: 12345678901234567890n, h: Infinity }
  const text = printJson(value)
  expect(JSON.parse(text)).toEqual({ ...value, c: { d: null, f: 'ü' }, g: '12345678901234567890', h: null })
  expect(text.split('\n').every(line => line.length <= 170)).toBe(true)
  expect(text).toContain('"a": [1, 2, [3, "x, \\"y\\": z"]]')
})

test('an array of long arrays has one row on a line', () => {
  const rows = [Array.from({ length: 20 }, (_, i) => i), Array.from({ length: 20 }, (_, i) => -i)]
  expect(printJson(rows).split('\n')).toHaveLength(4)
})
