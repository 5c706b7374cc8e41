/**
 * What stands above: labels `(2)`, `[l]`, transposes, stars, primes and powers, also side by side: `^{(2)T}`, `^{[l]\prime}`.
 * A bracket is a label where nothing but a transpose, a star, a prime or another label stands beside it.
 */
import type { Latex, Raised, Span } from './ast.ts'
import { type Cursor, enclosed, inside, isAt, made, peek, placesOf, spanFrom, take, unexpected, within } from './cursor.ts'

interface Above { readonly sup: Raised[]; primes: number; readonly own: Span[] }

/** Reads what follows ^. */
export function readRaised(cursor: Cursor, base: Latex, above: Above): void {
  if (isAt(cursor, 'open', 'brace')) {
    const open = take(cursor)
    if (open.partner === cursor.at) throw unexpected(cursor, 'an exponent or a label')
    const { close } = enclosed(cursor, open, inside, (end) => { while (cursor.at < end) piece(cursor, base, above, end) })
    above.own.push(...placesOf(open, close))
    above.own.sort((a, b) => a.start - b.start)
    return
  }
  const bracket = peek(cursor)
  if (bracket.kind === 'open' && (bracket.text === '(' || bracket.text === '[')) {
    above.sup.push(isNumeric(base) ? power(cursor, () => cursor.grammar.primary(cursor)) : label(cursor))
    return
  }
  if (isSimple(cursor, base, above, cursor.at + 1)) return
  above.sup.push(power(cursor, () => within(cursor, inside, () => {
    const sign = isAt(cursor, 'operator', '-') ? take(cursor) : undefined
    const inner = cursor.grammar.primary(cursor)
    return sign === undefined ? inner : made(cursor, { kind: 'sum', span: spanFrom(cursor, sign.span.start), own: placesOf(sign), terms: [{ sign: '-', body: inner }] })
  })))
}

/** One piece between braces. */
function piece(cursor: Cursor, base: Latex, above: Above, end: number): void {
  const token = peek(cursor)
  if (token.kind === 'comma') {
    above.own.push(...placesOf(take(cursor)))
  } else if (token.kind === 'operator' && token.text === '-' && isTranspose(cursor, 1, end) && !(isNumeric(base) && peek(cursor, 1).text !== 'top')) {
    above.sup.push(inverse(cursor), transpose(cursor))
  } else if (token.kind === 'operator' && token.text === 'odot' && cursor.at + 1 < end) {
    const own = placesOf(take(cursor))
    above.sup.push({ ...power(cursor, () => cursor.grammar.sum(cursor)), span: spanFrom(cursor, token.span.start), own, entrywise: true })
  } else if (token.kind === 'open' && isLabel(cursor, base, end)) {
    above.sup.push(label(cursor))
    if (isAt(cursor, 'sup')) {
      above.own.push(...placesOf(take(cursor)))
      readRaised(cursor, base, above)
    }
  } else if (!isSimple(cursor, base, above, end)) {
    above.sup.push(power(cursor, () => cursor.grammar.sum(cursor)))
    if (cursor.at < end && !isAt(cursor, 'comma') && !isMark(cursor, 0, end)) throw unexpected(cursor, 'an operator or }')
  }
}

/** A star, a prime or a transpose; false where something else stands. */
function isSimple(cursor: Cursor, base: Latex, above: Above, end: number): boolean {
  const token = peek(cursor)
  if (token.kind === 'prime') {
    above.own.push(...placesOf(take(cursor)))
    above.primes++
  } else if (token.kind === 'operator' && token.text === 'star') {
    above.sup.push({ kind: 'star', span: token.span, own: placesOf(take(cursor)) })
  } else if (isTranspose(cursor, 0, end) && !(isNumeric(base) && token.text !== 'top')) {
    above.sup.push(transpose(cursor))
  } else {
    return false
  }
  return true
}

/** `\top`; T or t where nothing but a mark or a comma follows. */
function isTranspose(cursor: Cursor, ahead: number, end: number): boolean {
  const token = peek(cursor, ahead)
  if (token.kind === 'command' && token.text === 'top') return true
  if (token.kind !== 'name' || (token.text !== 'T' && token.text !== 't') || (token.font !== undefined && token.font !== 'roman' && token.font !== 'sans')) return false
  return cursor.at + ahead + 1 === end || isMark(cursor, ahead + 1, end) || peek(cursor, ahead + 1).kind === 'comma'
}

/** What may stand behind a label or a transpose: a prime, a star, \top, T at the end. */
function isMark(cursor: Cursor, ahead: number, end: number): boolean {
  const token = peek(cursor, ahead)
  if (token.kind === 'prime' || (token.kind === 'command' && token.text === 'top')) return true
  const last = cursor.at + ahead + 1 === end
  return last && ((token.kind === 'operator' && token.text === 'star') || (token.kind === 'name' && (token.text === 'T' || token.text === 't')))
}

function transpose(cursor: Cursor): Raised {
  const { text, font, span } = take(cursor)
  const letter = font === undefined && (text === 'T' || text === 't') ? text : undefined
  return { kind: 'transpose', span, own: placesOf({ kind: 'name', text, span, gap: '' }), ...(letter && { letter }) }
}

/** `^{-T}`: the inverse, then its transpose; the 1 of -1 is not written. */
function inverse(cursor: Cursor): Raised {
  const sign = take(cursor)
  const one: Latex = made(cursor, { kind: 'number', span: { start: sign.span.end, end: sign.span.end }, own: [], text: '1' })
  return { kind: 'power', span: sign.span, own: [], exponent: made(cursor, { kind: 'sum', span: sign.span, own: placesOf(sign), terms: [{ sign: '-', body: one }] }) }
}

function label(cursor: Cursor): Raised {
  const open = take(cursor)
  const { inner, close } = enclosed(cursor, open, inside, (end) => cursor.grammar.content(cursor, end))
  return { kind: 'label', span: spanFrom(cursor, open.span.start), own: placesOf(open, close), bracket: open.text as '(' | '[', inner }
}

function power(cursor: Cursor, parse: () => Latex): Raised & { kind: 'power' } {
  const exponent = parse()
  return { kind: 'power', span: exponent.span, own: [], exponent }
}

/** Whether the bracket at the cursor is a label: `^{(2)}`, `^{(2)T}`, `^{[l](i)}`, `^{(i),[l]}`; not `^{(a + b)/2}` nor `e^{(a + b)}`. */
function isLabel(cursor: Cursor, base: Latex, end: number): boolean {
  const open = peek(cursor)
  if (open.text !== '(' && open.text !== '[') return false
  const behind = open.partner! - cursor.at + 1
  const next = peek(cursor, behind)
  const alone = cursor.at + behind === end || isMarkAbove(cursor, behind) || isMark(cursor, behind, end) || next.kind === 'comma' || (next.kind === 'open' && (next.text === '(' || next.text === '['))
  return alone && !(isNumeric(base) && !(isE(base) && isIndex(cursor, behind)))
}

/** `^{(2)^T}`: a mark above the label itself. */
function isMarkAbove(cursor: Cursor, ahead: number): boolean {
  if (!isAt(cursor, 'sup', undefined, ahead)) return false
  const braced = isAt(cursor, 'open', 'brace', ahead + 1)
  const inner = ahead + (braced ? 2 : 1)
  const end = cursor.at + inner + 1
  return isMark(cursor, inner, end) && (!braced || cursor.tokens[end]?.kind === 'close')
}

/** Numbers and e have powers, not layers: `2^{(n)}`, `e^{(a + b)}`; a vector of errors may be `e^{(i)}`. */
function isNumeric(base: Latex): boolean { return base.kind === 'number' || isE(base) }

function isE(base: Latex): boolean { return base.kind === 'symbol' && base.name === 'e' && base.font === undefined && base.accent === undefined }

function isIndex(cursor: Cursor, behind: number): boolean {
  const first = peek(cursor, 1)
  return behind === 3 && (first.kind === 'number' || (first.kind === 'name' && /^[i-nLNt]$/.test(first.text)))
}
