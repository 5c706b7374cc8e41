/** A page of Markdown as paragraphs, formulas and comments: one pass over its lines. Only what the formulas need is told apart. */
import { backtickRows } from './backticks.ts'
import { MARKDOWN_CLOSERS } from './delimiters.ts'
import { formula } from './formula.ts'
import { type MarkdownReading, readLine } from './inline.ts'
import type { Paragraph, Part, Range, Scan } from './parts.ts'
import { endOfLine, finder, matchAt, nextLine, stretches } from './text.ts'

const QUOTES = /(?: {0,3}>)+[ \t]?/y
const MARKER = /[ \t]*(?:[-*+]|(\d{1,9})[.)])(?:[ \t]+|(?![^\r\n]))/y
const BLANK = /[ \t]*(?![^\r\n])/y
const RULE = /[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})(?![^\r\n])/y
const UNDERLINE = /[ \t]*(?:(=+)|-{2,})[ \t]*(?![^\r\n])/y
const HEADING = /[ \t]*(#{1,6})(?:[ \t]+|(?![^\r\n]))/y
const FENCE = /[ \t]*(`{3,}(?=[^`\r\n]*(?![^\r\n]))|~{3,})[ \t]*([^\r\n]*)/y
const CLOSING_FENCE = /[ \t>]*(`{3,}|~{3,})[ \t]*(?![^\r\n])/y
/** Starts of lines at which a displayed formula, or the running text, has ended. */
const DISPLAY_ENDS = /[ \t>]*(?:(?![^\r\n])|#{1,6}[ \t]|<!--|`{3}|~{3})/y
const TEXT_ENDS = /[ \t>]*(?:(?![^\r\n])|#{1,6}[ \t]|<!--|`{3}|~{3}|(?:[-*+]|\d{1,9}[.)])[ \t])/y

interface Draft { start: number; parts: Part[]; end: number; prefix: string; number?: string; level?: number; after?: number }

/** The paragraphs of a page in order. */
export function scanMarkdown(source: string): Scan {
  const paragraphs: Paragraph[] = []
  const hidden: Range[] = []
  const find = finder(source)
  const plain: MarkdownReading = {
    source, find, closers: MARKDOWN_CLOSERS, textEnd: stretches(source, TEXT_ENDS), displayEnd: stretches(source, DISPLAY_ENDS),
    clean: text => text, backticks: backtickRows(source), hide: range => hidden.push(range),
  }
  const inQuotes: MarkdownReading = { ...plain, clean: withoutQuotes }
  let draft: Draft | undefined
  let table = -1

  const close = (): void => {
    if (draft && draft.parts.length > 0) paragraphs.push({ ...draft, after: draft.after ?? draft.end, ...(draft.after === undefined ? {} : { whole: true }) })
    draft = undefined
  }
  const begin = (start: number, prefix: string): Draft => draft = { start, parts: [], end: start, prefix }

  /** Reads one line that begins at `start`; returns where it ends. */
  const line = (start: number): number => {
    const quoted = matchAt(QUOTES, source, start)
    const reading = quoted ? inQuotes : plain
    const quotes = start + (quoted?.[0].length ?? 0)
    let at = quotes
    if (matchAt(BLANK, source, at)) {
      close()
      return endOfLine(source, at)
    }
    const underline = draft ? matchAt(UNDERLINE, source, at) : null
    if (underline || matchAt(RULE, source, at)) {
      const end = endOfLine(source, at)
      if (underline) Object.assign(draft!, { level: underline[1] ? 1 : 2, after: end })
      close()
      return end
    }
    const indented = at + matchAt(/[ \t]*/y, source, at)![0].length
    if (source.startsWith('<!--', indented)) close()
    let number: string | undefined
    for (let marker = matchAt(MARKER, source, at); marker; marker = matchAt(MARKER, source, at)) {
      close()
      number = marker[1] ?? number
      at += marker[0].length
    }
    const prefix = source.slice(start, quotes) + ' '.repeat(at === quotes ? indented - quotes : at - quotes)
    const fence = matchAt(FENCE, source, at)
    if (fence) {
      close()
      return fenced(at, fence, reading, { ...begin(at, prefix), ...(number === undefined ? {} : { number }) })
    }
    const heading = matchAt(HEADING, source, at)
    if (heading) close()
    if (source[indented] === '|' && at === quotes) {
      close()
      return row(start, indented + 1, prefix, reading)
    }
    const current = draft ?? begin(at, prefix)
    if (number !== undefined) current.number = number
    if (heading) current.level = heading[1]!.length
    current.end = readLine(reading, at + (heading?.[0].length ?? 0), part => current.parts.push(part))
    if (heading) close()
    return current.end
  }

  /** A fenced block: one of the language `math` is a formula, any other is passed over. */
  const fenced = (start: number, fence: RegExpExecArray, reading: MarkdownReading, block: Draft): number => {
    const body = endOfLine(source, start)
    let end = body
    let to = source.length
    while (end < source.length) {
      const next = nextLine(source, end)
      if (reading === inQuotes && !matchAt(QUOTES, source, next)) {
        to = end
        break
      }
      const closing = matchAt(CLOSING_FENCE, source, next)
      end = endOfLine(source, next)
      if (closing?.[1]!.startsWith(fence[1]!)) {
        to = next
        break
      }
    }
    draft = block
    block.end = end
    if (/^\{?\.?math\b/.test(fence[2]!)) {
      const found = formula(reading, { start, from: body, to, end, display: true })
      if (found.latex !== '') block.parts.push(found)
    }
    close()
    return end
  }

  /** A row of a table: each cell is a paragraph, what is inserted goes behind the table. */
  const row = (start: number, at: number, prefix: string, reading: MarkdownReading): number => {
    if (start >= table) table = tableEnd(start)
    const after = table
    const cell = (from: number): void => {
      if (draft) draft.end = from - 1
      close()
      begin(from, prefix).after = after
    }
    cell(at)
    const end = readLine(reading, at, part => draft!.parts.push(part), cell)
    if (draft) draft.end = end
    close()
    return end
  }

  const tableEnd = (start: number): number => {
    let end = endOfLine(source, start)
    while (end < source.length && matchAt(/[ \t>]*\|/y, source, nextLine(source, end))) end = endOfLine(source, nextLine(source, end))
    return end
  }

  for (let at = 0; at < source.length;) at = nextLine(source, line(at))
  close()
  return { paragraphs, hidden }
}

/** The `>` of a quotation at the starts of further lines, blanked. */
const withoutQuotes = (latex: string): string => latex.replace(/([\r\n])([ \t]*>[ \t>]*)/g, (_, end: string, marks: string) => end + ' '.repeat(marks.length))
