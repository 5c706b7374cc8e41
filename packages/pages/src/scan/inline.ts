/** The running text of a page of Markdown: words, formulas, ids, comments. */
import { idOf, MARKDOWN_CLOSERS } from './delimiters.ts'
import { formula, inBrackets, inDollars, inEnvironment, inSquareBrackets, type Reading } from './formula.ts'
import type { Formula, Part, Range } from './parts.ts'

export interface MarkdownReading extends Reading {
  /** Of rows of that many backticks: where the next one begins. */
  readonly backticks: (length: number, from: number) => number
  readonly hide: (range: Range) => void
}

/** What a run over a line may come upon. */
const SPECIAL = /[\\`$<|\r\n]/g

/**
 * Reads from `at` to the end of the line; where a formula or a code span goes on over further lines, to the end of the
 * line at which it ends. Returns that line end. In a row of a table, `cell` is called at each bar.
 */
export function readLine(reading: MarkdownReading, at: number, add: (part: Part) => void, cell?: (at: number) => void): number {
  const { source } = reading
  let words = at
  const flush = (to: number): void => {
    if (to > words) add({ kind: 'words', start: words, end: to })
  }
  for (;;) {
    SPECIAL.lastIndex = at
    const special = SPECIAL.exec(source)
    const k = special?.index ?? source.length
    const sign = special?.[0]
    if (sign === undefined || sign === '\r' || sign === '\n') {
      flush(k)
      return k
    }
    const comment = sign === '<' && source.startsWith('<!--', k) ? commentEnd(reading, k) : undefined
    const found = sign === '$' || sign === '\\' ? formulaAt(reading, k) : undefined
    if (sign === '|') {
      at = k + 1
      if (!cell) continue
      flush(k)
      cell(at)
      words = at
    } else if (comment !== undefined) {
      flush(k)
      reading.hide({ start: k, end: comment })
      const id = idOf(source.slice(k + 4, Math.min(comment - 3, k + 204)))
      if (id !== undefined) add({ kind: 'id', id, start: k, end: comment })
      words = at = comment
    } else if (found) {
      flush(k)
      add(found)
      words = at = found.end
    } else {
      at = sign === '`' ? behindCode(reading, k) : k + (sign === '\\' ? afterEscape(source, k) : source.startsWith('$$', k) ? 2 : 1)
    }
  }
}

/** The formula that begins at `at` with `$` or a backslash; undefined where that is none. */
function formulaAt(reading: MarkdownReading, at: number): Formula | undefined {
  const { source } = reading
  if (source.startsWith('$$', at)) return inDollars(reading, at)
  if (source[at] === '$') return inDollar(reading, at)
  if (source.startsWith('\\(', at)) return inBrackets(reading, at)
  if (!source.startsWith('\\[', at)) return inEnvironment(reading, at)
  // `\[` is a bracket of the text too: what stands inside must look like a formula
  const found = inSquareBrackets(reading, at)
  return found && /[=\\^_+]/.test(found.latex) ? found : undefined
}

/** `$...$` as pandoc has it: no blank behind the opening and before the closing dollar, no digit behind it, so that $5 and $6 are prices; also $`...`$. */
function inDollar(reading: MarkdownReading, at: number): Formula | undefined {
  const { source, find } = reading
  const ticks = source[at + 1] === '`' ? 1 : 0
  const from = at + 1 + ticks
  const to = find(ticks ? MARKDOWN_CLOSERS['`$'] : MARKDOWN_CLOSERS.$, from)
  if (to <= from || to >= reading.textEnd(at)) return undefined
  if (!ticks && (/\s/.test(source[from]!) || /\s/.test(source[to - 1]!) || /\d/.test(source[to + 1] ?? ''))) return undefined
  const found = formula(reading, { start: at, from, to, end: to + 1 + ticks, display: false })
  return found.latex === '' ? undefined : found
}

/** Behind a comment; a comment that is not closed is text. */
function commentEnd({ find }: Reading, at: number): number | undefined {
  const close = find(MARKDOWN_CLOSERS['-->'], at + 4)
  return close === Infinity ? undefined : close + 3
}

/** Behind a code span; backticks that nothing closes are text. */
function behindCode({ source, backticks, textEnd }: MarkdownReading, at: number): number {
  let length = 1
  while (source[at + length] === '`') length++
  const close = backticks(length, at + length)
  return close < textEnd(at) ? close + length : at + length
}

/** A backslash hides the character behind it, but not the end of the line. */
const afterEscape = (source: string, at: number): number => (/[\r\n]/.test(source[at + 1] ?? '\n') ? 1 : 2)
