/** A place in the token list while parsing, with the mode that the enclosing brackets set. */
import type { ChainError, Place } from '../errors.ts'
import type { Span } from './ast.ts'
import { expectedButFound, overLimit } from './messages.ts'
import { limits, tokenize, type Token } from './tokens.ts'

/** What the enclosing text allows: relations, a norm that `|` closes, products by juxtaposition. */
export interface Mode {
  readonly relations: boolean
  readonly norm: '' | '|' | '||'
  readonly juxtaposition: boolean
}

/** The state of one parse; `at` and `depth` move, the rest stays. */
export interface Cursor {
  readonly tokens: readonly Token[]
  readonly source: string
  readonly path: string
  at: number
  depth: number
  mode: Mode
}

/** The mode between round or square brackets, where nothing outside matters. */
export const plain: Mode = { relations: false, norm: '', juxtaposition: true }

/** A cursor at the first token of a text. */
export function cursorOf(source: string, path: string): Cursor {
  return { tokens: tokenize(source, path), source, path, at: 0, depth: 0, mode: plain }
}

/** The token at the cursor, or some tokens further. */
export function peek(cursor: Cursor, ahead = 0): Token {
  return cursor.tokens[Math.min(cursor.at + ahead, cursor.tokens.length - 1)]!
}

/** Takes the token at the cursor. */
export function take(cursor: Cursor): Token {
  const token = peek(cursor)
  if (cursor.at < cursor.tokens.length - 1) cursor.at++
  return token
}

/** Whether an operator stands at the cursor. */
export function isOperator(cursor: Cursor, text: string, ahead = 0): boolean {
  const token = peek(cursor, ahead)
  return token.kind === 'operator' && token.text === text
}

/** Whether an unlabelled word stands at the cursor. */
export function isWord(cursor: Cursor, word: string, ahead = 0): boolean {
  const token = peek(cursor, ahead)
  return token.kind === 'name' && token.name.text === word && token.primes === 0
}

/** Takes an operator when it stands there. */
export function accept(cursor: Cursor, text: string): boolean {
  if (!isOperator(cursor, text)) return false
  take(cursor)
  return true
}

/** Takes an operator or fails with what was expected. */
export function expect(cursor: Cursor, text: string, expected = text): Token {
  if (isOperator(cursor, text)) return take(cursor)
  throw unexpected(cursor, expected)
}

/** The place of a span in the text of this parse. */
export function placeOf(cursor: Cursor, span: Span): Place {
  return { path: cursor.path, source: cursor.source, span }
}

/** The span from an offset to the end of the last token taken. */
export function spanFrom(cursor: Cursor, start: number): Span {
  return { start, end: Math.max(start, cursor.tokens[cursor.at - 1]?.span.end ?? start) }
}

/** How a token is called in a message. */
export function describe(cursor: Cursor): string {
  const token = peek(cursor)
  if (token.kind === 'line') return 'the end of the line'
  if (token.kind === 'end') return 'the end of the text'
  const text = cursor.source.slice(token.span.start, token.span.end)
  if (/^[.,:]+$/.test(text)) return `"${text}"`
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

/** The error that something else was expected at the cursor. */
export function unexpected(cursor: Cursor, expected: string, advice?: string): ChainError {
  const token = peek(cursor)
  const last = cursor.tokens[cursor.at - 1]
  const atEnd = token.kind === 'line' || token.kind === 'end'
  const span = atEnd && last !== undefined ? { start: last.span.end, end: last.span.end } : token.span
  return expectedButFound(placeOf(cursor, span), expected, describe(cursor), advice)
}

/** Parses one level deeper, in another mode; deeper than the limit is an error. */
export function within<T>(cursor: Cursor, mode: Mode, parse: (cursor: Cursor) => T): T {
  const outer = cursor.mode
  if (cursor.depth >= limits.depth) throw overLimit(placeOf(cursor, peek(cursor).span), 'The nesting', limits.depth, 'levels')
  cursor.depth++
  cursor.mode = mode
  const result = parse(cursor)
  cursor.mode = outer
  cursor.depth--
  return result
}
