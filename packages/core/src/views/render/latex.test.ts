import katex from 'katex'
import { expect, test } from 'vitest'
import { renderLatexPage } from './latex.ts'
import { latexWords } from './latex-words.ts'
import { renderMarkdownPage } from './markdown.ts'
import { INDEX_PAGE, LONG_PAGE, MATRIX_PAGE, VALUES_PAGE } from './page-samples.ts'

const pages = { MATRIX_PAGE, INDEX_PAGE, VALUES_PAGE, LONG_PAGE }
const accept = (latex: string, displayMode: boolean): string => katex.renderToString(latex, { displayMode, throwOnError: true, strict: code => (code === 'unicodeTextInMathMode' ? 'ignore' : 'error') })

test.each(Object.entries(pages))('%s: KaTeX reads every block of the LaTeX', (_, page) => {
  const latex = renderLatexPage(page)
  const blocks = latex.match(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}/g) ?? []
  expect(blocks.length).toBe(page.sections.filter(s => s.kind === 'lines').length)
  for (const block of blocks) accept(block, true)
  const rest = latex.replace(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}/g, '')
  for (const [, formula] of rest.matchAll(/(?<!\\)\$([^$]*)\$/g)) accept(formula!, false)
})

test.each(Object.entries(pages))('%s: KaTeX reads every formula of the Markdown', (_, page) => {
  const markdown = renderMarkdownPage(page)
  for (const [, block] of markdown.matchAll(/\$\$\n([\s\S]*?)\n\$\$/g)) {
    expect(block).not.toContain('$')
    accept(block!, true)
  }
  for (const [, formula] of markdown.replace(/\$\$\n[\s\S]*?\n\$\$/g, '').matchAll(/(?<!\\)\$([^$]*)\$/g)) accept(formula!, false)
})

test('words are escaped and signs become mathematics', () => {
  expect(latexWords("(uⁿ)' = 50% of x_1 & σ ≥ {0}")).toBe("(u$^{n}$)' = 50\\% of x\\_1 \\& $\\sigma$ $\\ge$ \\{0\\}")
  expect(latexWords('a\\b <c>')).toBe('a\\textbackslash{}b $<$c$>$')
})

test('an aligned block has the reasons at the right, numbered', () => {
  expect(renderLatexPage(INDEX_PAGE)).toMatchInlineSnapshot(`
    "% needs amsmath and amssymb
    \\section*{$s_i = \\frac{e^{z_i}}{\\sum_k e^{z_k}}$}

    \\begin{align*}
    \\frac{\\partial s_i}{\\partial z_j} &= \\frac{\\delta_{ij} e^{z_i} \\left( \\sum_k e^{z_k} \\right) - e^{z_i} e^{z_j}}{\\left( \\sum_k e^{z_k} \\right)^{2}} && \\text{(1) quotient rule; }{\\textstyle \\frac{\\partial z_i}{\\partial z_j} = \\delta_{ij}} \\\\
    &= s_i (\\delta_{ij} - s_j) && \\text{(2) fold }{\\textstyle \\frac{e^{z}}{\\sum_k e^{z}} = s}
    \\end{align*}

    $i = j$:  $s_i (1 - s_i)$\\quad{}$i \\ne j$:  $-s_i s_j$

    matrix form:  $\\operatorname{diag}(s) - s s^{\\top}$
    "
  `)
})
