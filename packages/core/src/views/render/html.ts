/** A page as the body of an HTML page; how a formula is set is the caller's choice. */
import { renderLatex } from '../../print/latex.ts'
import type { Formula } from '../../print/formula.ts'
import type { Cell, Line, Page, Section } from '../page.ts'
import { inlines, NOTE_SEPARATOR, notesOf, relationOf, type Sign, textOf } from './inline.ts'
import { alignments } from './text-table.ts'

/** HTML of a formula given as LaTeX; `display` asks for the size of a formula on a line of its own. */
export type Typeset = (latex: string, display: boolean) => string

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const text = (cell: Cell, typeset: Typeset): string =>
  inlines(cell).map(part => (typeof part === 'string' ? escapeHtml(part) : typeset(renderLatex(part), false))).join('')

const signs: Readonly<Record<Sign, string>> = { '=': '=', '←': '\\leftarrow', '≈': '\\approx', ':': ':' }

function lineRow(line: Line, before: Line | undefined, typeset: Typeset): string {
  const set = (f: Formula): string => typeset(renderLatex(f), true)
  const relation = relationOf(line, before)
  const notes = notesOf(line).map(n => text(n, typeset)).join(NOTE_SEPARATOR)
  const right = `${relation === undefined ? '' : typeset(signs[relation], true)}</td><td class="right">${set(line.right)}`
  return `<tr${line.check?.verdict === 'failed' ? ' class="failed"' : ''}><td class="number">${line.number ?? ''}</td><td class="left">${line.left ? set(line.left) : ''}</td><td class="relation">${right}</td><td class="reason">${notes}</td></tr>`
}

function section(s: Section, typeset: Typeset): string {
  if (s.kind === 'text') return s.paragraphs.map(p => `<p>${text(p, typeset)}</p>`).join('\n')
  const heading = s.heading ? `<h2>${text(s.heading, typeset)}</h2>\n` : ''
  if (s.kind === 'lines') {
    return `${heading}<div class="scroll"><table class="lines">\n${s.lines.map((l, k) => lineRow(l, s.lines[k - 1], typeset)).join('\n')}\n</table></div>`
  }
  const align = alignments(s, s.rows.map(row => s.columns.map((_, k) => (row[k] === undefined ? '' : textOf(row[k])))))
  const cell = (tag: 'td' | 'th', body: string, k: number): string => `<${tag} class="${align[k]!}">${body}</${tag}>`
  const head = `<thead><tr>${s.columns.map((c, k) => cell('th', escapeHtml(c), k)).join('')}</tr></thead>`
  const rows = s.rows.map(row => `<tr>${s.columns.map((_, k) => cell('td', row[k] === undefined ? '' : text(row[k], typeset), k)).join('')}</tr>`)
  return `${heading}<div class="scroll"><table class="values">\n${head}\n<tbody>\n${rows.join('\n')}\n</tbody></table></div>`
}

/** The content of `<body>`: h1, paragraphs, tables; class names `lines`, `number`, `left`, `relation`, `right`, `reason`, `failed`, `values`. */
export function renderHtmlBody(page: Page, typeset: Typeset): string {
  return [
    `<h1>${text(page.title, typeset)}</h1>`,
    ...page.preamble.map(p => `<p class="preamble">${text(p, typeset)}</p>`),
    ...page.sections.map(s => section(s, typeset)),
    ...(page.footer.length === 0 ? [] : [`<footer>\n${page.footer.map(p => `<p>${text(p, typeset)}</p>`).join('\n')}\n</footer>`]),
  ].join('\n') + '\n'
}
