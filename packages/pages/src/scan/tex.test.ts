import { expect, test } from 'vitest'
import { readPage } from '../page.ts'

const read = (source: string) => {
  const { claims, remarks } = readPage(source, 'page.tex')
  return { latex: claims.map(c => c.latex), ids: claims.map(c => c.id), lines: claims.map(c => c.line), conditions: claims.map(c => c.conditions), headings: claims.map(c => c.headings), remarks }
}

test.each<[string, string, string[]]>([
  ['dollars', '$$a=b$$ and $$\nc=d\n$$\n', ['a=b', 'c=d']],
  ['square brackets', '\\[ a=b \\]', ['a=b']],
  ['environments', '\\begin{align*}\na&=b\\\\[2pt]\n&=c\n\\end{align*}\n\\begin{equation}\n\\label{x} d=e\n\\end{equation}\n', ['\\begin{align*}\na&=b\\\\[2pt]\n&=c\n\\end{align*}', '\\label{x} d=e']],
  ['a lone formula of the text', '\\begin{itemize}\n\\item $a=b$\n\\item[(b)] \\(c=d\\).\n\\end{itemize}\n', ['a=b', 'c=d']],
  ['a dollar inside of braces', '$a=b\\text{ if $i=j$}$\n', ['a=b\\text{ if $i=j$}']],
  ['comments are no formulas, and are blank inside of one', '% $$x=y$$\n$$a % $$ here\n=b\\%$$\n', ['a          \n=b\\%']],
  ['what is not TeX', '\\begin{verbatim}\n$$x=y$$\n\\end{verbatim}\n\\verb|$$|$$a=b$$\\verb+$$+\n', ['a=b']],
  ['a whole document', '\\newcommand{\\x}{$$x=y$$}\n\\begin{document}\n$$a=b$$\n\\end{document}\n$$c=d$$\n', ['a=b']],
  ['escaped dollars', '\\$$x$ \\$ and \\\\$$c=d$$\n', ['c=d']],
])('formulas: %s', (_, source, latex) => {
  expect(read(source)).toMatchObject({ latex, remarks: [] })
})

test('ids, conditions, headings, numbers', () => {
  const page = read('\\section*{Sheet \\textbf{A}}\nFigure 1\n\n% id: A1\n\\[a=b\\]\nwhen $i\\neq j$,\n% id: A2\n\\[c=d\\] for $k=1$.\n\n\\subsection[x]{Two}\n\\begin{enumerate}\n\\item[2b)] $$e=f$$\n\\end{enumerate}\n')
  expect(page).toMatchObject({
    latex: ['a=b', 'c=d', 'e=f'], ids: ['A1', 'A2', undefined], lines: [5, 8, 12], remarks: [],
    conditions: [[], ['i\\neq j', 'k=1'], []],
    headings: [['Sheet A', 'Figure 1'], ['Sheet A', 'Figure 1', 'when i\\neq j,'], ['Sheet A', 'Two', '2b)']],
  })
})

test('one that is not closed ends with its paragraph', () => {
  expect(read('\\[a=b\n\n$$c=d\n\n$$e=f$$\n')).toMatchObject({ latex: ['c=d', 'e=f'], remarks: [{ line: 3 }] })
})
