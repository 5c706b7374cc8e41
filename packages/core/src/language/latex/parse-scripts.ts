/** Subscripts, superscripts and primes, in any order. */
import type { Latex, Raised, ScriptedNode, Span } from './ast.ts'
import { type Cursor, enclosed, inside, isAt, made, peek, placeOf, placesOf, spanFrom, take, unexpected } from './cursor.ts'
import { braceUnseen, subscriptTwice } from './messages.ts'
import { isTight } from './print-levels.ts'
import { isCondition } from './conditions.ts'
import { readRaised } from './parse-raised.ts'

/** What stands below and above a base. */
export interface Scripts { sub?: readonly Latex[]; readonly sup: Raised[]; primes: number; readonly own: Span[] }

/** The base with the scripts that follow it; the base itself where there are none. */
export function withScripts(cursor: Cursor, base: Latex): Latex {
  const scripts = scriptsBehind(cursor, base)
  if (scripts.own.length === 0 && scripts.sub === undefined && scripts.sup.length === 0) return base
  if (cursor.unseen.has(base) || !isTight(base)) throw braceUnseen(placeOf(cursor, base.span))
  if (isOne(base) && scripts.sub?.length === 1 && isCondition(scripts.sub[0]!)) {
    const indicator = made(cursor, { kind: 'indicator', span: spanFrom(cursor, base.span.start), own: [base.span, ...scripts.own], relation: scripts.sub[0] })
    return scripts.sup.length === 0 && scripts.primes === 0 ? indicator : made(cursor, { kind: 'scripted', span: indicator.span, own: [], base: indicator, sup: scripts.sup, primes: scripts.primes })
  }
  return made(cursor, joined(base, { kind: 'scripted', span: spanFrom(cursor, base.span.start), base, ...scripts }))
}

/** What makes an indicator of a condition below it: `1`, `\mathbf{1}`, `I`. */
function isOne(base: Latex): boolean {
  if (base.kind === 'number') return base.text === '1'
  return base.kind === 'symbol' && ((base.name === '1' && base.font !== undefined) || (base.name === 'I' && base.accent === undefined))
}

/** `{y^{(2)}}^T` is `y^{(2)T}`. */
function joined(base: Latex, outer: ScriptedNode): ScriptedNode {
  if (base.kind !== 'scripted' || (base.sub !== undefined && outer.sub !== undefined)) return outer
  const sub = base.sub ?? outer.sub
  const own = [...base.own, ...outer.own].sort((a, b) => a.start - b.start)
  return { ...outer, base: base.base, own, ...(sub && { sub }), sup: [...base.sup, ...outer.sup], primes: base.primes + outer.primes }
}

/** Takes every script at the cursor. */
export function scriptsBehind(cursor: Cursor, base: Latex): Scripts {
  const scripts: Scripts = { sup: [], primes: 0, own: [] }
  for (;;) {
    const token = peek(cursor)
    if (token.kind === 'prime') {
      scripts.own.push(...placesOf(take(cursor)))
      scripts.primes++
    } else if (token.kind === 'sub') {
      if (scripts.sub !== undefined) throw subscriptTwice(placeOf(cursor, token.span))
      scripts.own.push(...placesOf(take(cursor)))
      scripts.sub = subscript(cursor, scripts.own)
    } else if (token.kind === 'sup' && !(cursor.mode.order && isOrder(cursor))) {
      scripts.own.push(...placesOf(take(cursor)))
      readRaised(cursor, base, scripts)
    } else {
      return scripts
    }
  }
}

/** `^2` or `^{2}` */
export function isOrder(cursor: Cursor): boolean {
  const braced = isAt(cursor, 'open', 'brace', 1)
  const number = peek(cursor, braced ? 2 : 1)
  return number.kind === 'number' && /^[1-9]$/.test(number.text) && (!braced || peek(cursor, 1).partner === cursor.at + 3)
}

/** Takes a number that `isOrder` has seen. */
export function takeOrder(cursor: Cursor, own: Span[]): number {
  own.push(...placesOf(take(cursor)))
  const open = isAt(cursor, 'open') ? take(cursor) : undefined
  const number = take(cursor)
  own.push(...placesOf(...(open ? [open] : []), number, ...(open ? [take(cursor)] : [])))
  return Number(number.text)
}

/** The items below: `_{2,5}`, `_{{2,5}}`, `_i`, `_(i)`. */
export function subscript(cursor: Cursor, own: Span[]): readonly Latex[] {
  const label = { ...inside, label: true }
  if (isAt(cursor, 'open', 'brace')) {
    const open = take(cursor)
    if (open.partner === cursor.at) throw unexpected(cursor, 'a label')
    const { inner, close } = enclosed(cursor, open, label, (end) => isStar(cursor) ? { items: [star(cursor)], own: [] } : cursor.grammar.items(cursor, end))
    const lists = inner.items.filter((item) => item.kind === 'list')
    own.push(...placesOf(open), ...inner.own, ...lists.flatMap((list) => list.own), ...placesOf(close))
    own.sort((a, b) => a.start - b.start)
    return inner.items.flatMap((item) => item.kind === 'list' ? item.items : [item])
  }
  if (isStar(cursor)) return [star(cursor)]
  if (isAt(cursor, 'command') || isAt(cursor, 'text')) throw unexpected(cursor, 'a label')
  const outer = cursor.mode
  cursor.mode = label
  const item = cursor.grammar.primary(cursor)
  cursor.mode = outer
  return [item]
}

function isStar(cursor: Cursor): boolean { return isAt(cursor, 'operator', 'star') }

/** `\theta_*`: the star is the label. */
function star(cursor: Cursor): Latex {
  const { span } = take(cursor)
  return made(cursor, { kind: 'symbol', span, own: [], name: '*' })
}
