/** Fractions, and the derivatives that are written as fractions. */
import type { DerivativeNode, Latex, Span } from './ast.ts'
import { type Cursor, inside, isAt, made, peek, placeOf, placesOf, spanFrom, take, unexpected, within } from './cursor.ts'
import { isApart } from './loose.ts'
import { derivativeOfSum, missingArgument, orderDiffers } from './messages.ts'
import { signAt, type Sign } from './parse-differential.ts'
import { isOrder, takeOrder } from './parse-scripts.ts'
import { productOf, startsFactor } from './parse-sum.ts'

/** Where a part of a fraction stands in the tokens, and the tokens around it. */
interface Part { readonly from: number; readonly end: number }

/** `\frac{a}{b}`, `\frac12`, `\frac{\partial E}{\partial w}` */
export function fraction(cursor: Cursor): Latex {
  const command = take(cursor)
  const top = partAt(cursor, cursor.at)
  const bottom = partAt(cursor, top.end + (isBraceAt(cursor, cursor.at) ? 1 : 0))
  if (isMissing(cursor, top) || isMissing(cursor, bottom)) throw missingArgument(placeOf(cursor, command.span), 'frac')
  const own = [...placesOf(command)]
  const sign = derivativeSign(cursor, top, bottom)
  const parse = { numerator: () => argument(cursor, own), denominator: () => argument(cursor, own) }
  if (sign === undefined) {
    const numerator = parse.numerator()
    const denominator = parse.denominator()
    return made(cursor, { kind: 'fraction', span: spanFrom(cursor, command.span.start), own, numerator, denominator })
  }
  const numerator = opened(cursor, own, (end) => above(cursor, sign, own, end))
  const by = opened(cursor, own, (end) => below(cursor, own, end, numerator.order))
  return finished(cursor, command.span.start, sign, numerator, by, own)
}

/** `{a \over b}`: the content of the braces up to `end`; undefined where no \over stands. */
export function fractionOver(cursor: Cursor, end: number): Latex | undefined {
  const over = overAt(cursor, end)
  if (over === undefined) return undefined
  const { start } = peek(cursor).span
  const own: Span[] = []
  const sign = derivativeSign(cursor, { from: cursor.at, end: over }, { from: over + 1, end })
  const crossed = (): void => {
    if (cursor.at !== over) throw unexpected(cursor, 'an operator or \\over')
    own.push(...placesOf(take(cursor)))
  }
  if (sign === undefined) {
    const numerator = cursor.grammar.content(cursor, over)
    crossed()
    const denominator = cursor.grammar.content(cursor, end)
    return made(cursor, { kind: 'fraction', span: spanFrom(cursor, start), own, numerator, denominator })
  }
  const numerator = above(cursor, sign, own, over)
  crossed()
  return finished(cursor, start, sign, numerator, below(cursor, own, end, numerator.order), own)
}

function overAt(cursor: Cursor, end: number): number | undefined {
  for (let k = cursor.at; k < end; k++) {
    const token = cursor.tokens[k]!
    if (token.kind === 'command' && token.text === 'over') return k
    k = token.kind === 'open' || token.kind === 'begin' ? token.partner ?? k : k
  }
  return undefined
}

const isBraceAt = (cursor: Cursor, at: number): boolean => cursor.tokens[at]?.kind === 'open' && cursor.tokens[at].text === 'brace'

/** The tokens of the argument at a place: inside its braces, or one token. */
function partAt(cursor: Cursor, at: number): Part {
  return isBraceAt(cursor, at) ? { from: at + 1, end: cursor.tokens[at]!.partner! } : { from: at, end: at + 1 }
}

function isMissing(cursor: Cursor, { from }: Part): boolean {
  const kind = cursor.tokens[from]?.kind
  return kind === undefined || kind === 'finish' || (kind === 'close' && !isBraceAt(cursor, from - 1)) || kind === 'end' || kind === 'align' || kind === 'row'
}

/** ∂ or d where both parts start with it, and below the bar stand only variables with their signs. */
function derivativeSign(cursor: Cursor, top: Part, bottom: Part): Sign | undefined {
  const sign = signAt(cursor, top.from, top.end)
  const under = signAt(cursor, bottom.from, bottom.end)
  if (sign === undefined || under === undefined || bottom.from + 1 >= bottom.end) return undefined
  for (let k = bottom.from; k < bottom.end; k++) {
    const { kind, text, partner } = cursor.tokens[k]!
    if (kind === 'relation' || kind === 'comma' || (kind === 'operator' && (text === '+' || text === '-'))) return undefined
    if (kind === 'open') k = partner ?? k
  }
  return sign === 'partial' || under === 'partial' ? 'partial' : 'd'
}

interface Above { readonly of: Latex | undefined; readonly order: number; readonly place: Span }

/** `\partial^2 E`: the order, and what is differentiated, if it stands here. */
function above(cursor: Cursor, sign: Sign, own: Span[], end: number): Above {
  const mark = take(cursor)
  own.push(...placesOf(mark))
  const order = isAt(cursor, 'sup') && isOrder(cursor) ? takeOrder(cursor, own) : 1
  const place = spanFrom(cursor, mark.span.start)
  if (cursor.at === end) return { of: undefined, order, place }
  const of = within(cursor, inside, () => cursor.grammar.content(cursor, end))
  if (isApart(of)) throw derivativeOfSum(placeOf(cursor, of.span))
  return { of, order, place }
}

/** `\partial v \partial w^2`: each variable with its order. */
function below(cursor: Cursor, own: Span[], end: number, order: number): DerivativeNode['by'] {
  const by: { variable: Latex; order: number }[] = []
  while (cursor.at < end) {
    if (signAt(cursor, cursor.at, end) === undefined) throw unexpected(cursor, 'a variable with its \\partial or d')
    own.push(...placesOf(take(cursor)))
    const variable = within(cursor, { ...inside, order: order > 1 }, () => variableOf(cursor, end))
    by.push({ variable, order: order > 1 && isAt(cursor, 'sup') ? takeOrder(cursor, own) : 1 })
  }
  return by
}

/** `xw_1` behind its sign: names side by side, up to the next sign. */
function variableOf(cursor: Cursor, end: number): Latex {
  const { start } = peek(cursor).span
  const factors = [cursor.grammar.operand(cursor)]
  while (cursor.at < end && startsFactor(cursor) && signAt(cursor, cursor.at, end) === undefined) factors.push(cursor.grammar.operand(cursor))
  if (factors.length === 1) return factors[0]!
  return made(cursor, productOf(cursor, start, factors, factors.slice(1).map(() => 'juxtapose'), []))
}

function finished(cursor: Cursor, start: number, sign: Sign, { of, order, place }: Above, by: DerivativeNode['by'], own: Span[]): Latex {
  const total = by.reduce((sum, each) => sum + each.order, 0)
  if (total !== order) throw orderDiffers(placeOf(cursor, place), order, total)
  const places = own.sort((a, b) => a.start - b.start)
  if (of !== undefined) return made(cursor, { kind: 'derivative', span: spanFrom(cursor, start), own: places, style: sign, of, by, operator: false })
  const body = cursor.grammar.body(cursor, 'this derivative')
  return made(cursor, { kind: 'derivative', span: spanFrom(cursor, start), own: places, style: sign, of: body, by, operator: true })
}

/** An argument in braces, or one symbol; the braces belong to the fraction. */
function argument(cursor: Cursor, own: Span[]): Latex {
  if (!isAt(cursor, 'open', 'brace')) return within(cursor, inside, () => cursor.grammar.primary(cursor))
  return opened(cursor, own, (end) => within(cursor, inside, () => cursor.grammar.content(cursor, end)))
}

/** What stands in braces, or as one token. */
function opened<T>(cursor: Cursor, own: Span[], parse: (end: number) => T): T {
  if (!isAt(cursor, 'open', 'brace')) return parse(cursor.at + 1)
  const open = take(cursor)
  const result = parse(open.partner!)
  if (cursor.at !== open.partner) throw unexpected(cursor, 'an operator or }')
  own.push(...placesOf(open, take(cursor)))
  return result
}

/** `\sqrt{x}`, `\sqrt[3]{x}` */
export function root(cursor: Cursor): Latex {
  const command = take(cursor)
  const own = [...placesOf(command)]
  let index: Latex | undefined
  if (isAt(cursor, 'open', '[')) {
    const open = take(cursor)
    index = within(cursor, inside, () => cursor.grammar.content(cursor, open.partner!))
    if (cursor.at !== open.partner) throw unexpected(cursor, 'an operator or ]')
    own.push(...placesOf(open, take(cursor)))
  }
  if (isAt(cursor, 'finish') || isAt(cursor, 'close')) throw missingArgument(placeOf(cursor, command.span), 'sqrt')
  const inner = argument(cursor, own)
  own.sort((a, b) => a.start - b.start)
  return made(cursor, { kind: 'root', span: spanFrom(cursor, command.span.start), own, ...(index && { index }), inner })
}
