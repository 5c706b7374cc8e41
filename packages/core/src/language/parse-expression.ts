/** Operands of an expression: names, numbers, calls, entries, brackets, powers, prefix words. */
import type { Attribute, BinaryOperator, Expression, IndexArg, Name } from './ast.ts'
import { accept, type Cursor, expect, isOperator, peek, placeOf, plain, spanFrom, take, unexpected, within } from './cursor.ts'
import { bareFunction, bracketThePower, nestedNorm, positionalAfterNamed, primeWithoutCall, reductionAsName, reductionWithoutIndex, reservedWord } from './messages.ts'
import { parseBounds, startsReduction } from './parse-bounds.ts'
import { raise } from './parse-power.ts'
import { bareFunctions, climb, level, levelOf, reserved } from './pratt.ts'

/** An expression without relations: sums of products. */
export function expression(cursor: Cursor): Expression { return climb(cursor, level.sum, operand) }

/** A condition: relations joined by `and`, `or`. */
export function condition(cursor: Cursor): Expression {
  return within(cursor, { ...plain, relations: true }, (inner) => climb(inner, level.or, operand))
}

/** The indices between square brackets, the opening one already taken. */
export function indexArgs(cursor: Cursor): readonly IndexArg[] {
  const indices = within(cursor, plain, () => list(cursor, ']', () => indexArg(cursor)))
  expect(cursor, ']', ', or ]')
  return indices
}

/** Items with commas between them up to a closing bracket, which stays. */
export function list<T>(cursor: Cursor, close: string, item: () => T): readonly T[] {
  const items: T[] = [item()]
  while (accept(cursor, ',')) items.push(item())
  if (!isOperator(cursor, close)) throw unexpected(cursor, `, or ${close}`)
  return items
}

function indexArg(cursor: Cursor): IndexArg {
  const { span } = peek(cursor)
  if (accept(cursor, '...')) return { kind: 'ellipsis', span }
  const value = expression(cursor)
  return { kind: 'index', value, span: value.span }
}

function operand(cursor: Cursor): Expression {
  const token = peek(cursor)
  if (token.kind === 'name') {
    if (reserved.has(token.name.text)) throw reservedWord(placeOf(cursor, token.span), token.name.text)
    const prefix = startsReduction(cursor) ? reduction(cursor) : isBare(cursor) ? bareCall(cursor) : undefined
    if (prefix !== undefined) return prefix
  }
  return postfix(cursor, primary(cursor))
}

function reduction(cursor: Cursor): Expression {
  const start = peek(cursor).span.start
  const bounds = parseBounds(cursor, { expression, condition })
  const from = bounds.kind === 'over-data' ? level.sum : level.minus
  const body = within(cursor, { ...cursor.mode, relations: false }, () => climb(cursor, from, operand))
  return { ...bounds, body, span: spanFrom(cursor, start) }
}

function isBare(cursor: Cursor): boolean {
  const token = peek(cursor)
  if (token.kind !== 'name' || !bareFunctions.has(token.name.text)) return false
  const next = peek(cursor, 1)
  if (next.kind === 'operator' && next.text === '(' && next.glued) return false
  if (next.kind === 'name') return !reserved.has(next.name.text)
  if (next.kind === 'number') return true
  if (next.kind !== 'operator') return false
  if (next.text === '^' || next.text === '-') throw bareFunction(placeOf(cursor, next.span), token.name.text, next.text)
  if (next.text === '[') return !next.glued
  return next.text === '(' || (cursor.mode.norm === '' && (next.text === '|' || next.text === '||'))
}

function bareCall(cursor: Cursor): Expression {
  const token = take(cursor) as { name: Name; primes: number; span: Name['span'] }
  const argument = within(cursor, cursor.mode, operand)
  return { kind: 'call', name: token.name, primes: token.primes, args: [argument], named: [], bare: true, span: spanFrom(cursor, token.span.start) }
}

function primary(cursor: Cursor): Expression {
  const token = peek(cursor)
  const { span } = token
  if (token.kind === 'number') { take(cursor); return { kind: 'number', text: token.text, span } }
  if (token.kind === 'string') { take(cursor); return { kind: 'string', value: token.value, span } }
  if (token.kind === 'name') return nameOrCall(cursor, token.name, token.primes)
  if (token.kind === 'operator') {
    if (token.text === '(') return group(cursor)
    if (token.text === '[') return token.relation === true ? indicator(cursor) : array(cursor)
    if (token.text === '|' || token.text === '||') return norm(cursor, token.text)
  }
  throw unexpected(cursor, 'an expression')
}

function nameOrCall(cursor: Cursor, name: Name, primes: number): Expression {
  const next = peek(cursor, 1)
  const applied = next.kind === 'operator' && next.text === '(' && next.glued
  if (!applied && primes > 0) throw primeWithoutCall(placeOf(cursor, peek(cursor).span), name.text)
  if (!applied && (name.text === 'sum' || name.text === 'prod') && (next.kind === 'name' || next.kind === 'number')) throw reductionWithoutIndex(placeOf(cursor, name.span), name.text)
  take(cursor)
  return applied ? call(cursor, name, primes, name.span.start) : { kind: 'name', name, span: name.span }
}

function call(cursor: Cursor, name: Name, primes: number, start: number): Expression {
  expect(cursor, '(')
  const args: Expression[] = []
  const named: Attribute[] = []
  within(cursor, plain, () => {
    if (isOperator(cursor, ')')) return
    list(cursor, ')', () => {
      const key = peek(cursor)
      if (key.kind === 'name' && isOperator(cursor, '=', 1)) {
        take(cursor); take(cursor)
        named.push({ key: key.name.text, value: expression(cursor), span: spanFrom(cursor, key.span.start) })
      } else {
        if (named.length > 0) throw positionalAfterNamed(placeOf(cursor, key.span))
        args.push(expression(cursor))
      }
    })
  })
  expect(cursor, ')')
  return { kind: 'call', name, primes, args, named, bare: false, span: spanFrom(cursor, start) }
}

function group(cursor: Cursor): Expression {
  const { start } = take(cursor).span
  const relations = cursor.mode.relations
  const inner = within(cursor, { ...plain, relations }, () => climb(cursor, relations ? level.or : level.sum, operand))
  if (!relations && isRelation(cursor)) throw unexpected(cursor, 'an operator or )', 'A relation stands in square brackets: [i = j].')
  expect(cursor, ')', 'an operator or )')
  return { kind: 'group', inner, span: spanFrom(cursor, start) }
}

function isRelation(cursor: Cursor): boolean {
  const token = peek(cursor)
  return token.kind === 'operator' && Object.hasOwn(levelOf, token.text) && levelOf[token.text as BinaryOperator] === level.relation
}

function array(cursor: Cursor): Expression {
  const { start } = take(cursor).span
  const items = within(cursor, plain, () => list(cursor, ']', () => expression(cursor)))
  expect(cursor, ']')
  return { kind: 'array', items, span: spanFrom(cursor, start) }
}

function indicator(cursor: Cursor): Expression {
  const { start } = take(cursor).span
  const relation = condition(cursor)
  expect(cursor, ']', 'an operator or ]')
  return { kind: 'indicator', relation, span: spanFrom(cursor, start) }
}

function norm(cursor: Cursor, bars: '|' | '||'): Expression {
  const { span } = take(cursor)
  if (cursor.mode.norm !== '') throw nestedNorm(placeOf(cursor, span))
  const inner = within(cursor, { ...plain, norm: bars }, expression)
  expect(cursor, bars, `an operator or ${bars}`)
  return { kind: 'norm', bars: bars === '|' ? 1 : 2, inner, span: spanFrom(cursor, span.start) }
}

const withEntries: ReadonlySet<Expression['kind']> = new Set(['name', 'entry', 'call', 'group', 'array', 'transpose'])

function postfix(cursor: Cursor, base: Expression): Expression {
  let result = base
  const { start } = base.span
  for (;;) {
    const token = peek(cursor)
    if (token.kind !== 'operator') return result
    if (token.text === '[' && token.glued && token.relation !== true && withEntries.has(result.kind)) {
      take(cursor)
      result = { kind: 'entry', base: result, indices: indexArgs(cursor), span: spanFrom(cursor, start) }
    } else if (token.text === '_' && token.glued && result.kind === 'group') {
      const inner = result.inner.kind === 'name' ? result.inner : result
      take(cursor)
      result = { kind: 'entry', base: inner, indices: subscript(cursor), span: spanFrom(cursor, start) }
    } else if (token.text === "'" && token.glued && result.kind === 'group' && result.inner.kind === 'name') {
      let primes = 0
      while (accept(cursor, "'")) primes++
      if (!isOperator(cursor, '(')) throw unexpected(cursor, `( after (${result.inner.name.text})'`)
      result = call(cursor, result.inner.name, primes, start)
    } else if (token.text === '^') {
      take(cursor)
      result = raise(cursor, result, { expression, group })
    } else {
      if (token.text === '(' && token.glued && result.kind === 'binary' && peek(cursor, -1).kind === 'name') throw bracketThePower(placeOf(cursor, token.span))
      return result
    }
  }
}

/** The index behind a bracketed tensor: `(x_2)_d`, `(W^(1))_{i,j}`. */
function subscript(cursor: Cursor): readonly IndexArg[] {
  if (accept(cursor, '{')) {
    const indices = within(cursor, plain, () => list(cursor, '}', () => indexArg(cursor)))
    expect(cursor, '}')
    return indices
  }
  const token = peek(cursor)
  if (token.kind !== 'name' && token.kind !== 'number') throw unexpected(cursor, 'an index')
  take(cursor)
  const value: Expression = token.kind === 'name' ? { kind: 'name', name: token.name, span: token.span } : { kind: 'number', text: token.text, span: token.span }
  return [{ kind: 'index', value, span: token.span }]
}

/** Takes a name; words of reductions and of the language get their own message. */
export function requireName(cursor: Cursor, what: string): Name {
  const token = peek(cursor)
  if (token.kind !== 'name') throw unexpected(cursor, what)
  const { text } = token.name
  if (startsReduction(cursor)) throw reductionAsName(placeOf(cursor, token.span), text)
  if (reserved.has(text)) throw reservedWord(placeOf(cursor, token.span), text)
  if (token.primes > 0) throw primeWithoutCall(placeOf(cursor, token.span), text)
  take(cursor)
  return token.name
}
