/** `\sum_{i=1}^{n} body`, `\max_k z_k`, `\underset{w}{\operatorname{argmin}} E`: what runs, up to where, over what. */
import type { BigNode, Latex, Span } from './ast.ts'
import { type Cursor, enclosed, inside, isAt, made, peek, placeOf, placesOf, spanFrom, take, unexpected } from './cursor.ts'
import { subscriptTwice } from './messages.ts'
import { subscript } from './parse-scripts.ts'
import type { Token } from './token.ts'

const operators: Readonly<Record<string, BigNode['operator']>> = { sum: 'sum', prod: 'product', max: 'max', min: 'min', argmax: 'argmax', argmin: 'argmin' }

/** Whether a name such as `max` stands at the cursor with something below it. */
export function isBig(cursor: Cursor): boolean {
  const { kind, text, font } = peek(cursor)
  if (kind !== 'name' || font !== undefined || !(text in operators)) return false
  if (!isAt(cursor, 'sup', undefined, 1)) return isAt(cursor, 'sub', undefined, 1)
  const { kind: above, partner } = peek(cursor, 2)
  return isAt(cursor, 'sub', undefined, above === 'open' && partner !== undefined ? partner + 1 - cursor.at : 3)
}

export function big(cursor: Cursor): Latex {
  const sign = take(cursor)
  return withLimits(cursor, sign, sign, [], [])
}

/** `\underset{k}{\max}` */
export function underset(cursor: Cursor): Latex {
  const command = take(cursor)
  const own: Span[] = []
  const under = subscript(cursor, own)
  const open = isAt(cursor, 'open', 'brace') ? take(cursor) : undefined
  const sign = peek(cursor)
  if (!((sign.kind === 'name' || sign.kind === 'command') && sign.text in operators)) throw unexpected(cursor, '\\max, \\min, \\operatorname{argmax} or \\sum')
  own.push(...placesOf(...(open ? [open] : []), take(cursor)))
  if (open !== undefined && !isAt(cursor, 'close')) throw unexpected(cursor, '}')
  if (open !== undefined) own.push(...placesOf(take(cursor)))
  return withLimits(cursor, command, sign, under, own)
}

function withLimits(cursor: Cursor, first: Token, sign: Token, below: readonly Latex[], more: readonly Span[]): Latex {
  const own = [...placesOf(first), ...more]
  let under = below
  let upper: Latex | undefined
  while (isAt(cursor, 'sub') || isAt(cursor, 'sup')) {
    const script = take(cursor)
    if (script.kind === 'sub' ? under.length > 0 : upper !== undefined) throw subscriptTwice(placeOf(cursor, script.span))
    own.push(...placesOf(script))
    if (script.kind === 'sub') under = isStack(cursor) ? stack(cursor, own) : subscript(cursor, own)
    else upper = limit(cursor, own)
  }
  own.sort((a, b) => a.start - b.start)
  const what = cursor.source.slice(sign.span.start, sign.span.end)
  const body = cursor.grammar.body(cursor, what)
  return made(cursor, { kind: 'big', span: spanFrom(cursor, first.span.start), own, operator: operators[sign.text]!, under, ...(upper && { upper }), body })
}

function limit(cursor: Cursor, own: Span[]): Latex {
  if (!isAt(cursor, 'open', 'brace')) return cursor.grammar.primary(cursor)
  const open = take(cursor)
  const { inner, close } = enclosed(cursor, open, inside, (end) => cursor.grammar.content(cursor, end))
  own.push(...placesOf(open, close))
  return inner
}

/** `_{\substack{i = 1 \\ i \ne j}}`: each line is an item. */
function isStack(cursor: Cursor): boolean { return isAt(cursor, 'open', 'brace') && isAt(cursor, 'command', 'substack', 1) && isAt(cursor, 'open', 'brace', 2) }

function stack(cursor: Cursor, own: Span[]): readonly Latex[] {
  const outer = take(cursor)
  own.push(...placesOf(outer, take(cursor)))
  const open = take(cursor)
  const { inner, close } = enclosed(cursor, open, { ...inside, label: true }, (end) => {
    const found: Latex[] = []
    while (cursor.at < end) {
      const { items, own: commas } = cursor.grammar.items(cursor, end)
      found.push(...items)
      own.push(...commas)
      if (!isAt(cursor, 'row')) break
      own.push(...placesOf(take(cursor)))
    }
    return found
  })
  own.push(...placesOf(open, close))
  if (cursor.at !== outer.partner) throw unexpected(cursor, '}')
  own.push(...placesOf(take(cursor)))
  return inner
}
