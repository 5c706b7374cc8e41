/**
 * Binding of binary operators, loosest first:
 * `or` < `and` < relations < `+ -` < unary minus < products and juxtaposition < prefix words < `^`, entries, calls.
 * All products share one level and associate to the left; `a / b c` is read as `(a / b) c` and keeps that bracket.
 */
import type { BinaryOperator, Expression } from './ast.ts'
import { type Cursor, isOperator, isWord, peek, placeOf, spanFrom, take, within } from './cursor.ts'
import { bracketThePower, numberSideBySide, relationChain } from './messages.ts'

/** Levels of binding; a higher one binds tighter. */
export const level = { or: 1, and: 2, relation: 3, sum: 4, minus: 5, product: 6, prefix: 7, power: 8, postfix: 9 } as const

/** The level of every binary operator. */
export const levelOf: Readonly<Record<BinaryOperator, number>> = {
  or: level.or, and: level.and,
  '=': level.relation, '!=': level.relation, '<': level.relation, '<=': level.relation, '>': level.relation, '>=': level.relation,
  '+': level.sum, '-': level.sum,
  juxtapose: level.product, '*': level.product, '.*': level.product, '/': level.product, './': level.product, '.': level.product,
  '^': level.power,
}

/** Words that end an operand and cannot be names. */
export const reserved: ReadonlySet<string> = new Set(['and', 'or', 'if', 'where'])

/** Functions that apply to the next operand without brackets: `log y[c]`. */
export const bareFunctions: ReadonlySet<string> = new Set(['log', 'ln', 'exp', 'sqrt', 'sin', 'cos', 'tan', 'tanh', 'sinh', 'cosh', 'sigmoid', 'relu'])

type Parse = (cursor: Cursor) => Expression

/** Binary operators from a level upwards, over operands that `operand` reads. */
export function climb(cursor: Cursor, from: number, operand: Parse): Expression {
  let left = readLeft(cursor, from, operand)
  const start = left.span.start
  for (;;) {
    const operator = operatorAt(cursor)
    if (operator === undefined || levelOf[operator] < from) return left
    const own = levelOf[operator]
    if (own === level.relation && left.kind === 'binary' && levelOf[left.operator] === level.relation) throw relationChain(placeOf(cursor, peek(cursor).span))
    if (operator === 'juxtapose') left = keepQuotient(left)
    else take(cursor)
    const right = own === level.product ? readFactor(cursor, operator, operand) : climb(cursor, own + 1, operand)
    left = { kind: 'binary', operator, left, right, span: spanFrom(cursor, start) }
  }
}

function readLeft(cursor: Cursor, from: number, operand: Parse): Expression {
  if (from > level.minus || !isOperator(cursor, '-')) return operand(cursor)
  const start = take(cursor).span.start
  const inner = within(cursor, cursor.mode, () => climb(cursor, level.minus, operand))
  return { kind: 'negate', operand: inner, span: spanFrom(cursor, start) }
}

function readFactor(cursor: Cursor, operator: BinaryOperator, operand: Parse): Expression {
  const token = peek(cursor)
  if (operator === 'juxtapose') {
    if (token.kind === 'number') throw numberSideBySide(placeOf(cursor, token.span), token.text)
    const right = operand(cursor)
    if (right.kind === 'array' && token.glued) throw bracketThePower(placeOf(cursor, token.span))
    return right
  }
  if (!isOperator(cursor, '-')) return operand(cursor)
  take(cursor)
  const inner = operand(cursor)
  return { kind: 'negate', operand: inner, span: spanFrom(cursor, token.span.start) }
}

/** `a / b c` keeps the bracket that it means, except for a fraction of numbers such as `1/2 x`. */
function keepQuotient(left: Expression): Expression {
  if (left.kind !== 'binary' || (left.operator !== '/' && left.operator !== './')) return left
  if (left.operator === '/' && left.left.kind === 'number' && left.right.kind === 'number') return left
  return { kind: 'group', inner: left, span: left.span }
}

function operatorAt(cursor: Cursor): BinaryOperator | undefined {
  const token = peek(cursor)
  if (token.kind === 'operator') {
    switch (token.text) {
      case '+': case '-': case '*': case '.*': case '/': case './': case '.': return token.text
      case '=': case '!=': case '<': case '<=': case '>': case '>=': return cursor.mode.relations ? token.text : undefined
      case '==': return cursor.mode.relations ? '=' : undefined
    }
  }
  if (isWord(cursor, 'and')) return cursor.mode.relations ? 'and' : undefined
  if (isWord(cursor, 'or')) return cursor.mode.relations ? 'or' : undefined
  return cursor.mode.juxtaposition && startsFactor(cursor) ? 'juxtapose' : undefined
}

function startsFactor(cursor: Cursor): boolean {
  const token = peek(cursor)
  switch (token.kind) {
    case 'name': return !reserved.has(token.name.text)
    case 'number': return true
    case 'operator': return token.text === '(' || token.text === '[' || (cursor.mode.norm === '' && (token.text === '|' || token.text === '||'))
    default: return false
  }
}
