/** Powers and transposes: what stands behind `^` when it is no label. */
import type { Expression } from './ast.ts'
import { accept, type Cursor, expect, isOperator, isWord, peek, placeOf, plain, spanFrom, take, unexpected, within } from './cursor.ts'
import { functionAsExponent, labelOrPower } from './messages.ts'
import { bareFunctions, reserved } from './pratt.ts'

/** The parsers that this file is given, so that imports point one way. */
interface Parsers { readonly expression: (cursor: Cursor) => Expression; readonly group: (cursor: Cursor) => Expression }

/** What stands behind `^`: a transpose mark or an exponent. */
export function raise(cursor: Cursor, base: Expression, parsers: Parsers): Expression {
  const span = () => spanFrom(cursor, base.span.start)
  if (transposeMark(cursor)) return { kind: 'transpose', operand: base, span: span() }
  const written = peek(cursor, -1).glued && peek(cursor).glued
  const brackets = isOperator(cursor, '(') || (isOperator(cursor, '{') && !written && (isOperator(cursor, '(', 1) || isOperator(cursor, '[', 1)))
  if (base.kind === 'name' && brackets) throw labelOrPower(placeOf(cursor, peek(cursor).span))
  const right = exponent(cursor, parsers)
  return { kind: 'binary', operator: '^', left: base, right, span: span() }
}

function transposeMark(cursor: Cursor): boolean {
  const braced = isOperator(cursor, '{') && (isWord(cursor, 'T', 1) || isOperator(cursor, '⊤', 1)) && isOperator(cursor, '}', 2)
  if (braced) { take(cursor); take(cursor); take(cursor); return true }
  if (!isWord(cursor, 'T') && !isOperator(cursor, '⊤')) return false
  take(cursor)
  return true
}

function exponent(cursor: Cursor, parsers: Parsers): Expression {
  const value = exponentAtom(cursor, parsers)
  if (!isOperator(cursor, '^') || isWord(cursor, 'T', 1) || isOperator(cursor, '⊤', 1)) return value
  take(cursor)
  const right = within(cursor, cursor.mode, () => exponent(cursor, parsers))
  return { kind: 'binary', operator: '^', left: value, right, span: spanFrom(cursor, value.span.start) }
}

function exponentAtom(cursor: Cursor, parsers: Parsers): Expression {
  const token = peek(cursor)
  const start = token.span.start
  if (token.kind === 'number') { take(cursor); return { kind: 'number', text: token.text, span: token.span } }
  if (token.kind === 'name' && bareFunctions.has(token.name.text)) throw functionAsExponent(placeOf(cursor, token.span), token.name.text)
  if (token.kind === 'name' && token.primes === 0 && !reserved.has(token.name.text)) { take(cursor); return { kind: 'name', name: token.name, span: token.span } }
  if (accept(cursor, '-')) {
    const inner = within(cursor, cursor.mode, () => exponentAtom(cursor, parsers))
    return { kind: 'negate', operand: inner, span: spanFrom(cursor, start) }
  }
  if (isOperator(cursor, '(')) return parsers.group(cursor)
  if (!accept(cursor, '{')) throw unexpected(cursor, 'an exponent')
  const inner = within(cursor, plain, parsers.expression)
  expect(cursor, '}', 'an operator or }')
  return inner
}
