/** The prose of a page of TeX as HTML: its text as it stands, its formulas set. */
import { escapeHtml } from '@chainrule/core'
import type { Paragraph } from '../scan/parts.ts'
import type { ShownPage } from './shown-page.ts'

/** HTML of the page. */
export function texProse(shown: ShownPage): string {
  let k = -1
  const paragraph = ({ parts, level }: Paragraph): string => {
    const boxes: string[] = []
    const body = parts.map((part, at) => {
      const gap = blankBetween(shown.page.text, parts[at - 1]?.end ?? part.start, part.start)
      if (part.kind === 'words') return gap + escapeHtml(shown.page.text.slice(part.start, part.end))
      if (part.kind === 'id') return gap
      k++
      const verdict = shown.verdict(k)
      if (verdict !== undefined) boxes.push(verdict)
      return gap + shown.formula(k)
    }).join('').replace(/[ \t]*\r?\n\s*/g, '\n').trim()
    const tag = level === undefined ? 'p' : 'h2'
    return body === '' ? '' : `<${tag} class="tex">${body}</${tag}>\n${boxes.map(b => `${b}\n`).join('')}`
  }
  return shown.page.scan.paragraphs.map(paragraph).join('')
}

/** Blanks and comments between two parts: a line end, a blank, or nothing. */
const blankBetween = (text: string, from: number, to: number): string => (from >= to ? '' : /[\r\n]/.test(text.slice(from, to)) ? '\n' : ' ')
