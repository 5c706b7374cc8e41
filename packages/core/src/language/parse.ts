/** The entrances of the parser: a file, an expression, a name, a reference. */
import type { ChainFile, Expression, IndexArg, Name, Span } from './ast.ts'
import { type Cursor, cursorOf, peek, placeOf, unexpected } from './cursor.ts'
import { overLimit } from './messages.ts'
import { condition, expression, requireName } from './parse-expression.ts'
import { statements } from './parse-statement.ts'
import { limits } from './tokens.ts'
import { deeperThan, expressionsOf } from './walk.ts'

/** The statements of a `.chain` text; the first fault throws a ChainError with its place. */
export function parseChain(source: string, path = 'text.chain'): ChainFile {
  const cursor = cursorOf(source, path)
  const parsed = statements(cursor, undefined, false)
  if (peek(cursor).kind !== 'end') throw unexpected(cursor, 'the end of the text')
  for (const statement of parsed) expressionsOf(statement).forEach((value) => checkHeight(cursor, value))
  return { statements: parsed, source, path }
}

/** One expression such as `W^(2) y^(1) + b`; it may run over several lines. */
export function parseExpression(source: string, path = 'expression'): Expression {
  return whole(source, path, expression)
}

/** One condition such as `stride != 1 or C != filters`. */
export function parseCondition(source: string, path = 'condition'): Expression {
  return whole(source, path, condition)
}

/** One name such as `W^{(1)}`, `w_{1,3}`, `c1.W`. */
export function parseName(source: string, path = 'name'): Name {
  return whole(source, path, (cursor) => requireName(cursor, 'a name'))
}

/** A tensor or one of its entries, as on a command line. */
export interface Reference { readonly name: Name; readonly indices: readonly IndexArg[]; readonly span: Span }

/** A name, or an entry of a named tensor: `W^(1)`, `s[i]`, `(x_2)_d`. */
export function parseReference(source: string, path = 'name'): Reference {
  return whole(source, path, (cursor) => {
    const value = expression(cursor)
    const inner = value.kind === 'entry' ? value.base : value
    if (inner.kind !== 'name') { cursor.at = 0; throw unexpected(cursor, 'a name or an entry such as s[i]') }
    return { name: inner.name, indices: value.kind === 'entry' ? value.indices : [], span: value.span }
  })
}

function whole<T extends Expression | Name | Reference>(source: string, path: string, parse: (cursor: Cursor) => T): T {
  const lines = cursorOf(source, path)
  const cursor: Cursor = { ...lines, tokens: lines.tokens.filter((token) => token.kind !== 'line') }
  const result = parse(cursor)
  if (peek(cursor).kind !== 'end') throw unexpected(cursor, 'the end of the text')
  if ('kind' in result) checkHeight(cursor, result)
  return result
}

function checkHeight(cursor: Cursor, value: Expression): void {
  const deep = deeperThan(value, limits.height)
  if (deep !== undefined) throw overLimit(placeOf(cursor, deep.span), 'The expression', limits.height, 'levels')
}
