/** A page as Markdown: formulas between dollars, lines as one aligned block, tables as pipe tables. */
import { renderLatex } from '../../print/latex.ts'
import type { Cell, Page, Section } from '../page.ts'
import { inlines, textOf } from './inline.ts'
import { alignedRows } from './latex.ts'
import { alignments } from './text-table.ts'

/** Words that Markdown would read as markup are escaped. */
const words = (text: string): string => text.replace(/[\\`*_<>[\]$|#]/g, '\\$&').replaceAll('\u00a0', ' ').replace(/ {3,}/g, ' &emsp; ')

const paragraph = (cell: Cell): string => inlines(cell).map(part => (typeof part === 'string' ? words(part) : `$${renderLatex(part)}$`)).join('')

/** In a table a bar ends the cell, so bars are spelt out. */
const tableCell = (cell: Cell): string => inlines(cell).map(part =>
  (typeof part === 'string' ? words(part) : `$${renderLatex(part).replaceAll('\\|', '\\Vert ').replaceAll('|', '\\vert ')}$`)).join('').replaceAll('\n', ' ')

function section(s: Section): string {
  if (s.kind === 'text') return s.paragraphs.map(paragraph).join('\n\n')
  const heading = s.heading ? `### ${paragraph(s.heading)}\n\n` : ''
  if (s.kind === 'lines') return `${heading}$$\n\\begin{aligned}\n${alignedRows(s.lines)}\n\\end{aligned}\n$$`
  const texts = s.rows.map(row => s.columns.map((_, k) => (row[k] === undefined ? '' : textOf(row[k]))))
  const rows = [
    s.columns.map(words),
    alignments(s, texts).map(a => (a === 'right' ? '---:' : ':---')),
    ...s.rows.map(row => s.columns.map((_, k) => (row[k] === undefined ? '' : tableCell(row[k])))),
  ]
  return heading + rows.map(r => `| ${r.join(' | ')} |`).join('\n')
}

/** The page as Markdown that ends in a newline. */
export function renderMarkdownPage(page: Page): string {
  return `${[`## ${paragraph(page.title)}`, ...page.preamble.map(paragraph), ...page.sections.map(section), ...page.footer.map(p => `*${paragraph(p)}*`)].join('\n\n')}\n`
}
