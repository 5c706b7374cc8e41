/** Operands of an expression: names, numbers, calls, entries, brackets, powers, prefix words. */
import type { Attribute, Expression, IndexArg, Name } from './ast.ts'
import { accept, type Cursor, expect, isOperator, isWord, peek, placeOf, plain, spanFrom, take, unexpected, within } from './cursor.ts'
import { bareFunction, bracketThePower, labelOrPower, nestedNorm, positionalAfterNamed, primeWithoutCall, reductionAsName, reductionWithoutIndex, reservedWord } from './messages.ts'
import { parseBounds, startsReduction } from './parse-bounds.ts'
import { climb, level, reserved } from './pratt.ts'

/** Functions that apply to the next operand without brackets: `log y[c]`. */
export const bareFunctions: ReadonlySet<string> = new Set(['log', 'ln', 'exp', 'sqrt', 'sin', 'cos', 'tan', 'tanh', 'sinh', 'cosh', 'sigmoid', 'relu'])

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
  if (next.text === '^' || next.text === '-' || next.text === '[') {
    if (next.text === '[' && next.glued) return false
    throw bareFunction(placeOf(cursor, next.span), token.name.text, next.text)
  }
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
  expect(cursor, ')', 'an operator or )')
  return { kind: 'group', inner, span: spanFrom(cursor, start) }
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
      result = raise(cursor, result)
    } else {
      if (token.text === '(' && token.glued && result.kind === 'binary' && result.right.kind === 'name') throw bracketThePower(placeOf(cursor, token.span))
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

/** What stands behind `^`: a transpose mark or an exponent. */
function raise(cursor: Cursor, base: Expression): Expression {
  const span = () => spanFrom(cursor, base.span.start)
  if (transposeMark(cursor)) return { kind: 'transpose', operand: base, span: span() }
  if (base.kind === 'name' && isOperator(cursor, '(')) throw labelOrPower(placeOf(cursor, peek(cursor).span))
  const right = exponent(cursor)
  return { kind: 'binary', operator: '^', left: base, right, span: span() }
}

function transposeMark(cursor: Cursor): boolean {
  const braced = isOperator(cursor, '{') && (isWord(cursor, 'T', 1) || isOperator(cursor, '⊤', 1)) && isOperator(cursor, '}', 2)
  if (braced) { take(cursor); take(cursor); take(cursor); return true }
  if (!isWord(cursor, 'T') && !isOperator(cursor, '⊤')) return false
  take(cursor)
  return true
}

function exponent(cursor: Cursor): Expression {
  const value = exponentAtom(cursor)
  if (!isOperator(cursor, '^') || isWord(cursor, 'T', 1) || isOperator(cursor, '⊤', 1)) return value
  take(cursor)
  const right = within(cursor, cursor.mode, exponent)
  return { kind: 'binary', operator: '^', left: value, right, span: spanFrom(cursor, value.span.start) }
}

function exponentAtom(cursor: Cursor): Expression {
  const token = peek(cursor)
  const start = token.span.start
  if (token.kind === 'number') { take(cursor); return { kind: 'number', text: token.text, span: token.span } }
  if (token.kind === 'name' && token.primes === 0 && !reserved.has(token.name.text)) { take(cursor); return { kind: 'name', name: token.name, span: token.span } }
  if (accept(cursor, '-')) {
    const inner = within(cursor, cursor.mode, exponentAtom)
    return { kind: 'negate', operand: inner, span: spanFrom(cursor, start) }
  }
  if (isOperator(cursor, '(')) return group(cursor)
  if (!accept(cursor, '{')) throw unexpected(cursor, 'an exponent')
  const inner = within(cursor, plain, expression)
  expect(cursor, '}', 'an operator or }')
  return inner
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
