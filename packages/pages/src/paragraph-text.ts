/** The words of a paragraph as plain text, for headings and labels. */
import type { Paragraph, Part } from './scan/parts.ts'

/** Longest text that is kept of a heading or label. */
const LONGEST = 160

/** The parts as text: markup taken off the words, formulas as their LaTeX, blanks folded; cut after 160 characters. */
export function textOf(source: string, parts: readonly Part[]): string {
  let text = ''
  for (const part of parts) {
    if (part.kind === 'formula') text += part.latex
    else if (part.kind === 'words') text += ` ${plain(source.slice(part.start, Math.min(part.end, part.start + 2 * LONGEST)))} `
    if (text.length > 2 * LONGEST) break
  }
  return tidy(text).slice(0, LONGEST)
}

/** Emphasis, links, code marks, closing # of a heading and TeX commands taken off; what stands between their braces stays. */
const plain = (words: string): string => words
  .replace(/!?\[([^\][]*)\]\([^()\s]*\)/g, '$1')
  .replace(/(?<![\p{L}\d])[*_]{1,3}|[*_]{1,3}(?![\p{L}\d])|`+/gu, '')
  .replace(/\s#+\s*$/, '')
  .replace(/\\[A-Za-z]+\*?|\\(?=[^A-Za-z])|[{}]/g, '')

const tidy = (text: string): string => text.replace(/\s+/g, ' ').replace(/ (?=[.,;:!?)])/g, '').replace(/(?<=\() /g, '').trim()

/** A paragraph that is nothing but bold: `**2**`, which many write for a heading. */
export function isBold(source: string, { parts }: Paragraph): boolean {
  if (parts.length !== 1 || parts[0]!.kind !== 'words') return false
  return /^\s*(?:\*\*[^*]{1,160}\*\*|__[^_]{1,160}__|\\textbf\{[^{}]{1,160}\})[\s.:]*$/.test(source.slice(parts[0]!.start, Math.min(parts[0]!.end, parts[0]!.start + 400)))
}
