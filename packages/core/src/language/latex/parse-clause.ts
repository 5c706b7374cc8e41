/** Lists of clauses, and chains of relations: `i, j`, `a = b = c`, `\text{if } i = j`. */
import type { Latex, Relation, Span } from './ast.ts'
import { type Cursor, type Items, isAt, made, peek, placesOf, spanFrom, take, unexpected } from './cursor.ts'
import { startsFactor } from './parse-sum.ts'
import { texts } from './words.ts'

/** `a = b = c`; a part may be missing at either end. */
export function relation(cursor: Cursor): Latex {
  const { start } = peek(cursor).span
  const first = isAt(cursor, 'relation') ? undefined : cursor.grammar.sum(cursor)
  if (first !== undefined && (!isAt(cursor, 'relation') || isColonEnd(cursor))) return first
  const parts: (Latex | undefined)[] = [first]
  const relations: Relation[] = []
  const own: Span[] = []
  while (isAt(cursor, 'relation') && !(relations.length > 0 && isColonEnd(cursor))) {
    const sign = take(cursor)
    own.push(...placesOf(sign))
    relations.push(sign.text as Relation)
    parts.push(endsClause(cursor) ? undefined : cursor.grammar.sum(cursor))
  }
  return made(cursor, { kind: 'relation', span: spanFrom(cursor, start), own, parts, relations })
}

/** `i = j: \quad a = b`: the colon ends a statement. */
export function isColonEnd(cursor: Cursor): boolean {
  if (!cursor.mode.parted || !isAt(cursor, 'relation', ':')) return false
  const { kind, gap } = peek(cursor, 1)
  return gap === 'quad' || kind === 'row' || kind === 'text'
}

/** Whether nothing of a clause can stand here. */
function endsClause(cursor: Cursor): boolean {
  switch (peek(cursor).kind) {
    case 'comma': case 'close': case 'end': case 'row': case 'align': case 'finish': case 'point': return true
    case 'text': return !isOperandText(cursor)
    default: return false
  }
}

/** Words that stand for a quantity: `\text{number of weights} = 2500`; not `\text{if } i = j`. */
export function isOperandText(cursor: Cursor): boolean {
  const token = peek(cursor)
  if (token.kind !== 'text') return false
  const before = cursor.tokens[cursor.at - 1]
  const next = peek(cursor, 1)
  if (texts.has(token.text.split(' ')[0]!.toLowerCase()) || /[:,;.]$/.test(token.text)) return false
  if (before?.kind === 'operator' || before?.kind === 'relation') return true
  return next.kind === 'relation' || next.kind === 'operator' || next.kind === 'sub' || next.kind === 'sup' || next.kind === 'prime'
}

/** Words and formulas side by side, up to a comma or a closing bracket. */
export function clause(cursor: Cursor): readonly Latex[] {
  const found: Latex[] = []
  do {
    if (isAt(cursor, 'text') && !isOperandText(cursor)) found.push(words(cursor))
    else found.push(relation(cursor))
  } while (isAt(cursor, 'text') || (found.at(-1)!.kind === 'text' && !endsClause(cursor)) || (cursor.mode.parted && peek(cursor).gap === 'quad' && (startsFactor(cursor) || isAt(cursor, 'relation'))))
  return found
}

export function words(cursor: Cursor): Latex {
  const { text, span } = take(cursor)
  return made(cursor, { kind: 'text', span, own: [], text })
}

/** Clauses between commas, up to the token at `end`. */
export function items(cursor: Cursor, end: number): Items {
  const found: Latex[] = []
  const own: Span[] = []
  for (;;) {
    found.push(...clause(cursor))
    if (!isAt(cursor, 'comma') || cursor.at >= end) return { items: found, own }
    own.push(...placesOf(take(cursor)))
  }
}

/** The same as one node. */
export function content(cursor: Cursor, end: number): Latex {
  const { start } = peek(cursor).span
  if (cursor.at === end) throw unexpected(cursor, 'an expression')
  const { items: found, own } = items(cursor, end)
  if (found.length === 1) return found[0]!
  return made(cursor, { kind: 'list', span: spanFrom(cursor, start), own, items: found })
}
