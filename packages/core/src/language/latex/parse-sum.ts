/** Sums of products. Factors and terms stay in one flat list each, in the order of writing. */
import type { Latex, ProductOperator, Span } from './ast.ts'
import { type Cursor, describe, isAt, made, peek, placeOf, placesOf, spanFrom, take, within } from './cursor.ts'
import { isApart } from './loose.ts'
import { isOpen } from './print-levels.ts'
import { braceUnseen, emptyBody, numbersSideBySide } from './messages.ts'

type Term = { readonly sign: '+' | '-'; readonly body: Latex }

/** `a - b + c`, `-a`; without a sign it is the product alone. */
export function sum(cursor: Cursor): Latex {
  const { start } = peek(cursor).span
  const terms: Term[] = []
  const own: Span[] = []
  const signless = !isOperatorSign(cursor)
  do {
    const sign = isOperatorSign(cursor) ? take(cursor) : undefined
    if (sign !== undefined) own.push(...placesOf(sign))
    const body = isOperatorSign(cursor) ? within(cursor, cursor.mode, () => signed(cursor, product)) : product(cursor)
    terms.push({ sign: sign?.text === '-' ? '-' : '+', body })
  } while (isOperatorSign(cursor))
  if (signless && terms.length === 1) return terms[0]!.body
  for (const { body } of terms) if (cursor.unseen.has(body) && isApart(body)) throw braceUnseen(placeOf(cursor, body.span))
  return made(cursor, { kind: 'sum', span: spanFrom(cursor, start), own, terms })
}

function isOperatorSign(cursor: Cursor): boolean { return isAt(cursor, 'operator', '-') || isAt(cursor, 'operator', '+') }

/** A sign behind another operator: `a * -b`. */
function signed(cursor: Cursor, parse: (cursor: Cursor) => Latex): Latex {
  const sign = take(cursor)
  const body = isOperatorSign(cursor) ? within(cursor, cursor.mode, () => signed(cursor, parse)) : parse(cursor)
  if (cursor.unseen.has(body) && isApart(body)) throw braceUnseen(placeOf(cursor, body.span))
  return made(cursor, { kind: 'sum', span: spanFrom(cursor, sign.span.start), own: placesOf(sign), terms: [{ sign: sign.text as '+' | '-', body }] })
}

/** `2 w \cdot x / y`: explicit operators and juxtaposition bind alike. */
export function product(cursor: Cursor): Latex {
  const { start } = peek(cursor).span
  const factors: Latex[] = [cursor.grammar.operand(cursor)]
  const operators: ProductOperator[] = []
  const own: Span[] = []
  for (;;) {
    const token = peek(cursor)
    if (token.kind === 'operator' && !isOperatorSign(cursor)) {
      own.push(...placesOf(take(cursor)))
      operators.push(token.text as ProductOperator)
      factors.push(isOperatorSign(cursor) ? within(cursor, cursor.mode, () => signed(cursor, cursor.grammar.operand)) : cursor.grammar.operand(cursor))
    } else if (startsFactor(cursor) && !(cursor.mode.parted && token.gap === 'quad')) {
      operators.push('juxtapose')
      factors.push(cursor.grammar.operand(cursor))
      if (factors.at(-2)!.kind === 'number' && startsWithDigit(factors.at(-1)!)) throw numbersSideBySide(placeOf(cursor, token.span), cursor.source.slice(token.span.start, token.span.end))
      if (factors.slice(-2).some(({ kind }) => kind === 'text')) throw braceUnseen(placeOf(cursor, token.span))
    } else {
      break
    }
  }
  if (factors.length === 1) return factors[0]!
  return made(cursor, productOf(cursor, start, factors, operators, own))
}

function startsWithDigit(node: Latex): boolean { return node.kind === 'number' || (node.kind === 'scripted' && startsWithDigit(node.base)) }

/** An operand that is one thing on the page: not `{a + b}`. */
export function single(cursor: Cursor): Latex {
  const found = cursor.grammar.operand(cursor)
  if (cursor.unseen.has(found)) throw braceUnseen(placeOf(cursor, found.span))
  return found
}

/** `{a b} c` is seen as `a b c`; `{a + b} c` is seen as something else than it says. */
export function productOf(cursor: Cursor, start: number, factors: readonly Latex[], operators: readonly ProductOperator[], own: readonly Span[]): Latex {
  const all: Latex[] = []
  const between: ProductOperator[] = []
  const places = [...own]
  factors.forEach((factor, k) => {
    if (k > 0) between.push(operators[k - 1]!)
    if (!cursor.unseen.has(factor)) { all.push(factor); return }
    if (k === factors.length - 1 && isOpen(factor)) { all.push(factor); return }
    if (factor.kind !== 'product') throw braceUnseen(placeOf(cursor, factor.span))
    all.push(...factor.factors)
    between.push(...factor.operators)
    places.push(...factor.own)
  })
  return { kind: 'product', span: spanFrom(cursor, start), own: places.sort((a, b) => a.start - b.start), factors: all, operators: between }
}

/** Whether the token at the cursor can be the next factor of a product. */
export function startsFactor(cursor: Cursor): boolean {
  const { kind, text } = peek(cursor)
  switch (kind) {
    case 'name': case 'number': case 'open': case 'accent': case 'font': case 'dots': case 'begin': return true
    case 'command': return text !== 'over' && text !== 'top' && text !== 'substack'
    case 'bar': return cursor.mode.norm === ''
    default: return false
  }
}

/** The product that follows a sum sign or an operator, which may start with a minus. */
export function body(cursor: Cursor, what: string): Latex {
  const token = peek(cursor)
  const negative = isAt(cursor, 'operator', '-')
  if (!startsFactor(cursor) && !negative) throw emptyBody(placeOf(cursor, token.span), what, describe(cursor))
  const found = within(cursor, { ...cursor.mode, order: false, label: false, differential: false }, () => negative ? signed(cursor, product) : product(cursor))
  if (cursor.unseen.has(found) && isApart(found)) throw braceUnseen(placeOf(cursor, found.span))
  return found
}
