/** A page as terminal text: numbered lines with aligned relations, reasons in a column of their own, aligned tables. */
import type { Page, Section } from '../page.ts'
import { textOf } from './inline.ts'
import { PLAIN, type Style } from './style.ts'
import { lineLayout, renderLines } from './text-lines.ts'
import { renderTable } from './text-table.ts'
import { wrapWords } from './width.ts'

export interface TextPageOptions {
  /** Columns; at least 40. */
  readonly width?: number
  readonly style?: Style
}

export const INDENT = '  '

/** The page as text that ends in a newline. */
export function renderTextPage(page: Page, options: TextPageOptions = {}): string {
  const columns = Math.max(40, options.width ?? 120)
  const style = options.style ?? PLAIN
  const layout = lineLayout(page, columns)
  const paragraphs = (list: readonly Parameters<typeof textOf>[0][], indent: string): string[] =>
    list.flatMap(p => wrapWords(textOf(p, true), columns - indent.length).map((line, k) => (line === '' ? '' : `${indent}${k > 0 ? INDENT : ''}${line}`)))

  const head = [...wrapWords(textOf(page.title, true), columns).map(style.title), ...paragraphs(page.preamble, '')].filter(line => line !== '')
  const blocks: string[][] = []
  page.sections.forEach((section, k) => {
    const lines = section.kind === 'text' ? paragraphs(section.paragraphs, INDENT) : [
      ...(section.heading ? [`${INDENT}${style.heading(textOf(section.heading))}`] : []),
      ...(section.kind === 'lines' ? renderLines(section.lines, layout, style) : renderTable(section, columns, style)),
    ]
    const before = page.sections[k - 1]
    if (before !== undefined && blocks.length > 0 && belongs(before, section, page.sections[k + 1])) blocks.at(-1)!.push(...lines)
    else blocks.push(lines)
  })
  const foot = paragraphs(page.footer, INDENT).map(line => (page.ok ? style.faint(line) : style.wrong(line)))
  return `${[head, ...blocks, foot].filter(b => b.length > 0).map(b => b.join('\n')).join('\n\n')}\n`
}

/** Lines go on from lines, and a remark from its lines, without an empty line between; numbers from 1 and a text before lines begin anew. */
function belongs(before: Section, section: Section, after: Section | undefined): boolean {
  if (before.kind !== 'lines') return false
  if (section.kind === 'lines') return section.heading !== undefined || section.lines[0]?.number !== 1
  return section.kind === 'text' && after?.kind !== 'lines'
}
