/** A page as a LaTeX fragment: `align*` blocks with the reasons at the right, tables as `tabular`. Needs amsmath and amssymb. */
import { renderLatex } from '../../print/latex.ts'
import type { Cell, Line, Page, Section } from '../page.ts'
import { inlines, NOTE_SEPARATOR, notesOf, relationOf, type Sign, textOf } from './inline.ts'
import { latexWords } from './latex-words.ts'
import { alignments } from './text-table.ts'

/** Signs in LaTeX, with the column that they begin. */
const relations: Readonly<Record<Sign, string>> = { '=': '&= ', '←': '&\\leftarrow ', '≈': '&\\approx ', ':': '{:}\\quad &' }

/** Words and formulas as LaTeX text, the formulas between dollars. */
export const latexText = (cell: Cell): string =>
  inlines(cell).map(part => (typeof part === 'string' ? latexWords(part) : `$${renderLatex(part)}$`)).join('')

/** Text for inside a formula, without dollars, which not every reader of Markdown takes there. */
const textInFormula = (latex: string): string => latex.split(/(?<!\\)\$/).map((part, k) =>
  (k % 2 === 1 ? `{\\textstyle ${part}}` : part === '' ? '' : `\\text{${part}}`)).join('')

/** The reasons of a line, its number before them; empty when it has neither. */
function reason(line: Line): string {
  const notes = notesOf(line).map(latexText).join(NOTE_SEPARATOR)
  const number = line.number === undefined ? '' : `(${line.number})`
  const text = [number, notes].filter(s => s !== '').join(' ')
  return text === '' ? '' : ` && ${textInFormula(text)}`
}

/** The rows of one aligned block: `left &= right && \text{(1) chain rule} \\`. */
export const alignedRows = (lines: readonly Line[]): string => lines.map((line, k) => {
  const relation = relationOf(line, lines[k - 1])
  const left = line.left ? renderLatex(line.left) : ''
  return `${left}${left === '' || relation === ':' ? '' : ' '}${relation === undefined ? '&' : relations[relation]}${renderLatex(line.right)}${reason(line)}`
}).join(' \\\\\n')

function section(s: Section): string {
  if (s.kind === 'text') return s.paragraphs.map(p => latexText(p)).join('\n\n')
  const heading = s.heading ? `\\paragraph{${latexText(s.heading)}}\n` : ''
  if (s.kind === 'lines') return `${heading}\\begin{align*}\n${alignedRows(s.lines)}\n\\end{align*}`
  const texts = s.rows.map(row => s.columns.map((_, k) => (row[k] === undefined ? '' : textOf(row[k]))))
  const align = alignments(s, texts).map(a => a[0]).join('')
  const rows = [s.columns.map(latexWords), ...s.rows.map(row => s.columns.map((_, k) => (row[k] === undefined ? '' : latexText(row[k]))))]
  const [head, ...body] = rows.map(r => `${r.join(' & ')} \\\\`)
  return `${heading}\\begin{tabular}{${align}}\n${head}\n\\hline\n${body.join('\n')}\n\\end{tabular}`
}

/** The page as a fragment to put between `\begin{document}` and `\end{document}`; ends in a newline. */
export function renderLatexPage(page: Page): string {
  const preamble = page.preamble.map(latexText)
  const footer = page.footer.map(latexText)
  return `${[`% needs amsmath and amssymb\n\\section*{${latexText(page.title)}}`, ...preamble, ...page.sections.map(section), ...footer].join('\n\n')}\n`
}
