/** A formula at an offset of a page, by its opening delimiter. */
import { type Closers, environmentAt } from './delimiters.ts'
import type { Formula } from './parts.ts'
import { matchAt } from './text.ts'

/** What reading in the middle of a page needs to know of the page. */
export interface Reading {
  readonly source: string
  readonly find: (pattern: RegExp, from: number) => number
  readonly closers: Closers
  /** Where the paragraph of the running text ends that holds an offset. */
  readonly textEnd: (at: number) => number
  /** Where a displayed formula must have ended: at an empty line, a heading, a fence, a comment. */
  readonly displayEnd: (at: number) => number
  /** Blanks what stands in a formula and is no part of it, keeping the length. */
  readonly clean: (latex: string) => string
}

interface Place {
  readonly start: number
  readonly from: number
  readonly to: number
  readonly end: number
  readonly display: boolean
  readonly missing?: string
}

/** The formula at a place, its LaTeX trimmed. One that is not closed ends with its LaTeX. */
export function formula({ source, clean }: Pick<Reading, 'source' | 'clean'>, { start, from, to, end, display, missing }: Place): Formula {
  const text = clean(source.slice(from, to))
  const latex = text.trim()
  const begin = from + text.length - text.trimStart().length
  return { kind: 'formula', display, start, end: missing === undefined ? end : begin + latex.length, from: begin, latex, ...(missing === undefined ? {} : { missing }) }
}

const unlessEmpty = (found: Formula): Formula | undefined => (found.latex === '' ? undefined : found)

/** `\(...\)` */
export function inBrackets(reading: Reading, at: number): Formula | undefined {
  const to = reading.find(reading.closers['\\)'], at + 2)
  return to < reading.textEnd(at) ? unlessEmpty(formula(reading, { start: at, from: at + 2, to, end: to + 2, display: false })) : undefined
}

/** `\[...\]` */
export function inSquareBrackets(reading: Reading, at: number): Formula | undefined {
  const to = reading.find(reading.closers['\\]'], at + 2)
  return to < reading.displayEnd(at) ? unlessEmpty(formula(reading, { start: at, from: at + 2, to, end: to + 2, display: true })) : undefined
}

/** `$$...$$`. Where the opening dollars stand alone on their line, empty lines may follow them and precede the closing ones. */
export function inDollars(reading: Reading, at: number): Formula | undefined {
  const { source } = reading
  const alone = endsLine(source, at + 2)
  const from = alone ? behindBlank(source, at + 2) : at + 2
  const end = reading.displayEnd(from)
  const to = reading.find(reading.closers['$$'], at + 2)
  const closed = to <= from || to < end || (alone && to === behindBlank(source, end) && endsLine(source, to + 2))
  return closed
    ? formula(reading, { start: at, from: at + 2, to, end: to + 2, display: true })
    : unlessEmpty(formula(reading, { start: at, from: at + 2, to: end, end, display: true, missing: '$$' }))
}

const endsLine = (source: string, at: number): boolean => matchAt(/[ \t]*(?![^\r\n])/y, source, at) !== null
const behindBlank = (source: string, at: number): number => at + matchAt(/[\s>]*/y, source, at)![0].length

/** `\begin{align}...\end{align}` and the like, outside of dollars. */
export function inEnvironment(reading: Reading, at: number): Formula | undefined {
  const environment = environmentAt(reading.source, at)
  if (!environment) return undefined
  const { body, bare, close, closing } = environment
  const to = reading.find(close, body)
  const end = reading.displayEnd(at)
  const place = { start: at, from: bare ? body : at, display: true }
  if (to >= end) return unlessEmpty(formula(reading, { ...place, to: end, end, missing: closing }))
  const behind = to + closing.length
  return unlessEmpty(formula(reading, { ...place, to: bare ? to : behind, end: behind }))
}
