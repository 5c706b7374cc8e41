/** The signs of differentiation outside of fractions: `dx_0`, `\partial E/\partial w`, `\partial_w E`, `\nabla_W E`. */
import type { Latex, Span } from './ast.ts'
import { type Cursor, isAt, made, peek, placeOf, placesOf, spanFrom, take, unexpected, within } from './cursor.ts'
import { emptyBody, notRead, orderDiffers } from './messages.ts'
import { isApart } from './loose.ts'
import { isOrder, subscript, takeOrder } from './parse-scripts.ts'
import { single } from './parse-sum.ts'
import type { Token } from './token.ts'

export type Sign = 'partial' | 'd'

/** The sign of a derivative that starts a part of a fraction; d where a name, a power or nothing follows it up to `end`. */
export function signAt(cursor: Cursor, at: number, end: number): Sign | undefined {
  const token = cursor.tokens[at]
  if (at >= end || token === undefined) return undefined
  if (token.kind === 'command' && token.text === 'partial') return 'partial'
  if (!isLetterD(cursor, token)) return undefined
  const next = cursor.tokens[at + 1]!
  if (token.font === 'roman') return next.kind === 'sub' ? undefined : 'd'
  return at + 1 === end || next.kind === 'sup' || startsVariable(next) || isBracket(next) ? 'd' : undefined
}

/** An upright d always is the sign; an italic one where d is no variable. */
function isLetterD(cursor: Cursor, token: Token): boolean {
  if (token.kind !== 'name' || token.text !== 'd' || token.accent !== undefined) return false
  return token.font === 'roman' || (token.font === undefined && !cursor.lexicon.letters.has('d'))
}

function startsVariable({ kind }: Token): boolean { return kind === 'name' || kind === 'accent' || kind === 'font' }

function isBracket({ kind, text }: Token): boolean { return kind === 'open' && (text === '(' || text === 'brace') }

/** Whether a differential starts at the cursor: `dx`, `d\,xw_0`, `\mathrm{d} x`, `d(xw_0)`; `d x` only where a lexicon says what is declared. */
export function isDifferential(cursor: Cursor): boolean {
  const token = peek(cursor)
  const next = peek(cursor, 1)
  if (!isLetterD(cursor, token) || next.gap === 'quad') return false
  const upright = token.font === 'roman'
  if (upright) return startsVariable(next) || (next.kind === 'open' && next.partner !== cursor.at + 2) || next.kind === 'begin' || next.kind === 'bar' || (next.kind === 'command' && next.text !== 'top' && next.text !== 'over')
  if (isBracket(next)) return next.gap === '' && next.partner !== cursor.at + 2
  return startsVariable(next) && (cursor.declared || next.gap !== 'blank')
}

/** `dx`, or the derivative `dE/dw`. */
export function differential(cursor: Cursor): Latex {
  const sign = take(cursor)
  const of = differentiated(cursor, false)
  if (isAt(cursor, 'operator', 'slash') && signAt(cursor, cursor.at + 1, Infinity) === 'd' && cursor.tokens[cursor.at + 2]!.kind !== 'sup') return quotient(cursor, 'd', sign, of, 1, [])
  return made(cursor, { kind: 'differential', span: spanFrom(cursor, sign.span.start), own: placesOf(sign), of })
}

/** The name behind a sign: in `dz (a)^T` the bracket is a factor. */
function differentiated(cursor: Cursor, order: boolean): Latex {
  return within(cursor, { ...cursor.mode, order, differential: true }, () => single(cursor))
}

/** `\partial E/\partial w`, `\partial_w E`, `\partial W` as a name. */
export function partial(cursor: Cursor): Latex {
  const sign = take(cursor)
  const own: Span[] = []
  if (isAt(cursor, 'sub')) return operatorOf(cursor, sign)
  const order = isAt(cursor, 'sup') && isOrder(cursor) ? takeOrder(cursor, own) : 1
  const of = differentiated(cursor, false)
  if (isAt(cursor, 'operator', 'slash') && isAt(cursor, 'command', 'partial', 1)) return quotient(cursor, 'partial', sign, of, order, own)
  if (order > 1) throw notRead(placeOf(cursor, spanFrom(cursor, sign.span.start)), 'A second derivative without its variable')
  return made(cursor, { kind: 'differential', span: spanFrom(cursor, sign.span.start), own: placesOf(sign), of, partial: true })
}

/** `E/\partial w`, `E/\partial v\partial w`: the rest of a quotient of differentials. */
function quotient(cursor: Cursor, style: Sign, sign: Token, of: Latex, order: number, own: Span[]): Latex {
  own.push(...placesOf(sign, take(cursor)))
  const by: { variable: Latex; order: number }[] = []
  let total = 0
  do {
    own.push(...placesOf(take(cursor)))
    const variable = differentiated(cursor, order > 1)
    const times = order > 1 && isAt(cursor, 'sup') ? takeOrder(cursor, own) : 1
    by.push({ variable, order: times })
    total += times
  } while (total < order && signAt(cursor, cursor.at, Infinity) !== undefined)
  if (total !== order) throw orderDiffers(placeOf(cursor, sign.span), order, total)
  own.sort((a, b) => a.start - b.start)
  return made(cursor, { kind: 'derivative', span: spanFrom(cursor, sign.span.start), own, style, of, by, operator: false })
}

/** `\partial_w E` */
function operatorOf(cursor: Cursor, sign: Token): Latex {
  const own = [...placesOf(sign), ...placesOf(take(cursor))]
  const variables = subscript(cursor, own)
  const loose = variables.find(isApart)
  if (loose !== undefined) throw notRead(placeOf(cursor, loose.span), 'A derivative by an expression')
  const by = variables.map((variable) => ({ variable, order: 1 }))
  const of = cursor.grammar.body(cursor, 'this derivative')
  return made(cursor, { kind: 'derivative', span: spanFrom(cursor, sign.span.start), own, style: 'partial', of, by, operator: true })
}

/** `\nabla_W E`: of the name that follows, or of a longer product that starts with a number, a fraction or a sum. */
export function nabla(cursor: Cursor): Latex {
  const sign = take(cursor)
  const own = [...placesOf(sign)]
  if (isAt(cursor, 'sup')) throw notRead(placeOf(cursor, peek(cursor).span), '\\nabla with a superscript')
  let by: Latex | undefined
  if (isAt(cursor, 'sub')) {
    const place = take(cursor)
    own.push(...placesOf(place))
    const items = subscript(cursor, own)
    by = items.length === 1 ? items[0]! : made(cursor, { kind: 'list', span: spanFrom(cursor, place.span.end), own: [], items })
  }
  const next = peek(cursor)
  if (next.kind === 'number') throw unexpected(cursor, 'what this gradient is taken of')
  const long = next.kind === 'operator' || (next.kind === 'command' && next.text !== 'braced')
  if (next.kind === 'finish') throw emptyBody(placeOf(cursor, sign.span), 'this gradient', 'the end of the formula')
  const of = long ? cursor.grammar.body(cursor, 'this gradient') : within(cursor, cursor.mode, () => single(cursor))
  if (of.kind === 'number' || of.kind === 'differential' || (of.kind === 'derivative' && of.style === 'd')) throw notRead(placeOf(cursor, sign.span), 'A gradient of a number or a differential')
  return made(cursor, { kind: 'nabla', span: spanFrom(cursor, sign.span.start), own, ...(by && { by }), of })
}
