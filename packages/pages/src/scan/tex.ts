/** A page of TeX as paragraphs, formulas and comments: one pass over its commands. Only what the formulas need is told apart. */
import { closeOf, idOf, TEX_CLOSERS } from './delimiters.ts'
import { formula, inBrackets, inDollars, inEnvironment, inSquareBrackets, type Reading } from './formula.ts'
import type { Formula, Paragraph, Part, Range, Scan } from './parts.ts'
import { endOfLine, finder, matchAt, nextLine, stretches } from './text.ts'

const SPECIAL = /[\\$%\r\n]/g
const LINE_END = /[\r\n]/g
const BLANK = /[ \t]*(?![^\r\n])/y
const ENDS = /[ \t]*(?:(?![^\r\n])|%[ \t]*id:|\\(?:(?:sub)*section|chapter|item|(?:begin|end)\{(?:enumerate|itemize|document)\})(?![A-Za-z]))/y
const COMMAND = /\\(?:[A-Za-z@]+\*?|[^])/y
const GROUP = /[ \t]*\{([A-Za-z]+\*?)\}/y
const TITLE = /[ \t]*(?:\[[^\][\r\n]*\])?\{((?:[^{}\r\n]|\{[^{}\r\n]*\})*)\}/y
const ITEM = /[ \t]*\[([^\][\r\n]{0,40})\]/y
const VERB = /\*?([^A-Za-z\s*])[^\r\n]{0,400}?\1/y
const LEVELS: Readonly<Record<string, number>> = { part: 1, chapter: 1, section: 2, subsection: 3, subsubsection: 4, paragraph: 5, subparagraph: 6, question: 2 }
/** Environments whose text is not TeX. */
const LITERAL = new Set(['verbatim', 'verbatim*', 'lstlisting', 'minted', 'comment', 'filecontents', 'filecontents*'])

interface Draft { start: number; parts: Part[]; end: number; number?: string }

/** The paragraphs of a page in order; of a whole document, what stands between `\begin{document}` and `\end{document}`. */
export function scanTex(source: string): Scan {
  const paragraphs: Paragraph[] = []
  const hidden: Range[] = []
  const find = finder(source)
  const ends = stretches(source, ENDS)
  const reading: Reading = { source, find, closers: TEX_CLOSERS, textEnd: ends, displayEnd: ends, clean: withoutComments }
  const opening = source.indexOf('\\begin{document}')
  let draft: Draft | undefined
  let at = opening < 0 ? 0 : opening + '\\begin{document}'.length
  let words = at

  const close = (level?: number): void => {
    if (draft && draft.parts.length > 0) paragraphs.push({ ...draft, ...(level === undefined ? {} : { level }), prefix: '', after: Math.min(find(LINE_END, draft.end), source.length) })
    draft = undefined
  }
  const add = (part: Part): void => {
    draft ??= { start: part.start, parts: [], end: part.end }
    draft.parts.push(part)
    draft.end = part.end
  }
  const flush = (to: number): void => {
    if (/\S/.test(source.slice(words, to))) add({ kind: 'words', start: words, end: to })
  }
  /** What was read goes on behind `to`; words up to `from` are kept. */
  const pass = (from: number, to: number): void => {
    flush(from)
    words = at = to
  }

  const comment = (k: number): void => {
    const end = endOfLine(source, k)
    const id = idOf(source.slice(k + 1, Math.min(end, k + 202)))
    pass(k, end)
    hidden.push({ start: k, end })
    if (id !== undefined) add({ kind: 'id', id, start: k, end })
  }

  const lineEnd = (k: number): void => {
    const next = nextLine(source, k)
    at = next
    if (!matchAt(BLANK, source, next)) return
    pass(k, next)
    close()
  }

  /** A command that is no formula. */
  const command = (k: number): void => {
    const name = matchAt(COMMAND, source, k)?.[0] ?? '\\'
    const behind = k + name.length
    const plain = name.slice(1).replace('*', '')
    const level = LEVELS[plain]
    const title = level === undefined ? null : matchAt(TITLE, source, behind)
    if (title) {
      pass(k, behind + title[0].length)
      close()
      add({ kind: 'words', start: at - 1 - title[1]!.length, end: at - 1 })
      close(level)
    } else if (plain === 'begin' || plain === 'end') environment(k, behind, plain)
    else if (plain === 'item') {
      const label = matchAt(ITEM, source, behind)
      pass(k, behind + (label?.[0].length ?? 0))
      close()
      if (label) draft = { start: k, parts: [], end: at, number: label[1]!.trim() }
    } else if (plain === 'par') {
      pass(k, behind)
      close()
    } else if (plain === 'verb') {
      at = behind + (matchAt(VERB, source, behind)?.[0].length ?? 0)
    } else at = behind
  }

  const environment = (k: number, behind: number, which: 'begin' | 'end'): void => {
    const group = matchAt(GROUP, source, behind)
    const end = behind + (group?.[0].length ?? 0)
    const name = group?.[1] ?? ''
    pass(k, end)
    close()
    if (which === 'begin' && LITERAL.has(name)) words = at = Math.min(source.length, find(closeOf(name), end))
    if (which === 'end' && name === 'document') words = at = source.length
  }

  while (at < source.length) {
    SPECIAL.lastIndex = at
    const special = SPECIAL.exec(source)
    if (!special) break
    const k = special.index
    const found = formulaAt(reading, k)
    if (found) {
      pass(k, found.end)
      add(found)
    } else if (special[0] === '%') comment(k)
    else if (special[0] === '\\') command(k)
    else if (special[0] === '$') at = k + (source.startsWith('$$', k) ? 2 : 1)
    else lineEnd(k)
  }
  flush(source.length)
  close()
  return { paragraphs, hidden }
}

function formulaAt(reading: Reading, at: number): Formula | undefined {
  const { source } = reading
  if (source.startsWith('$$', at)) return inDollars(reading, at)
  if (source[at] === '$') return inDollar(reading, at)
  if (source.startsWith('\\(', at)) return inBrackets(reading, at)
  return source.startsWith('\\[', at) ? inSquareBrackets(reading, at) : inEnvironment(reading, at)
}

/** `$...$`; a dollar inside of braces, as in `\text{if $x$}`, closes nothing where the braces are balanced. */
function inDollar(reading: Reading, at: number): Formula | undefined {
  const { source, find } = reading
  const end = reading.textEnd(at)
  let to = find(TEX_CLOSERS.$, at + 1)
  if (to >= end || to === at + 1) return undefined
  for (let k = to, tries = 0; tries < 8 && k < end; k = find(TEX_CLOSERS.$, k + 1), tries++) {
    if (!balanced(source.slice(at + 1, Math.min(k, at + 4000)))) continue
    to = k
    break
  }
  return formula(reading, { start: at, from: at + 1, to, end: to + 1, display: false })
}

function balanced(latex: string): boolean {
  let depth = 0
  for (const brace of latex.matchAll(/\\[^]|[{}]/g)) {
    if (brace[0] === '{') depth++
    else if (brace[0] === '}' && --depth < 0) return false
  }
  return depth === 0
}

/** Comments inside of a formula, blanked. */
const withoutComments = (latex: string): string => latex.replace(/\\[^]|%[^\r\n]*/g, part => (part.startsWith('%') ? ' '.repeat(part.length) : part))
