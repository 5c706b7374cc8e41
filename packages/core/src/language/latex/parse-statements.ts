/**
 * The statements of a formula, parted by line breaks, wide spaces, commas and words.
 * A line that begins with a relation goes on with the chain of the line before.
 */
import type { Latex, RelationNode } from './ast.ts'
import { decimalComma } from './messages.ts'
import { type Cursor, inside, isAt, made, peek, placeOf, placesOf, take, unexpected, within } from './cursor.ts'
import { isColonEnd, isOperandText, relation, words } from './parse-clause.ts'
import { startsFactor } from './parse-sum.ts'

/** Every statement, in the order of writing. */
export function statements(cursor: Cursor): readonly Latex[] {
  const found: Latex[] = []
  let line: number[] = []
  let before: readonly number[] = []
  while (!isAt(cursor, 'finish')) {
    if (isAt(cursor, 'row')) {
      cursor.loose.push(...placesOf(take(cursor)))
      if (line.length > 0) before = line
      line = []
    } else if (isAt(cursor, 'comma') || isEndPoint(cursor)) {
      refuseDecimalComma(cursor, found.at(-1))
      cursor.loose.push(...placesOf(take(cursor)))
    } else {
      const made = statement(cursor)
      const chain = line.length === 0 ? chainOf(found, before) : undefined
      const joined = chain === undefined ? undefined : join(cursor, found[chain]!, made)
      if (joined !== undefined) found[chain!] = joined
      else found.push(made)
      line.push(joined === undefined ? found.length - 1 : chain!)
    }
  }
  if (found.length === 0) throw unexpected(cursor, 'a formula')
  return found
}

function statement(cursor: Cursor): Latex {
  if (isAt(cursor, 'text') && !isOperandText(cursor)) return words(cursor)
  const found = within(cursor, { ...inside, parted: true }, () => {
    const chain = relation(cursor)
    if (isColonEnd(cursor)) cursor.loose.push(...placesOf(take(cursor)))
    return chain
  })
  const { kind, gap } = peek(cursor)
  const ends = kind === 'finish' || kind === 'row' || kind === 'comma' || kind === 'text' || isEndPoint(cursor) || (gap === 'quad' && startsFactor(cursor))
  if (!ends) throw unexpected(cursor, 'an operator or the end of the formula')
  return found
}

/** `a = 0,4` is a decimal number for some and two numbers for others; of an index, `i = 1,2`, it is a list. */
function refuseDecimalComma(cursor: Cursor, before: Latex | undefined): void {
  const comma = peek(cursor)
  const [last, next, behind] = [cursor.tokens[cursor.at - 1], peek(cursor, 1), peek(cursor, 2)]
  const beforeNumber = cursor.tokens[cursor.at - 2]?.kind
  if (comma.text !== ',' || last?.kind !== 'number' || next.kind !== 'number' || comma.gap !== '' || next.gap !== '' || behind.kind === 'comma' || beforeNumber === 'comma' || beforeNumber === 'sub' || beforeNumber === 'sup') return
  const index = before?.kind === 'relation' && before.parts[0]?.kind === 'symbol' && /^[i-n]$/.test(before.parts[0].name)
  if (!index) throw decimalComma(placeOf(cursor, { start: last.span.start, end: next.span.end }), last.text, next.text)
}

/** A full stop that ends a statement. */
function isEndPoint(cursor: Cursor): boolean {
  if (!isAt(cursor, 'point', '.')) return false
  const { kind, gap } = peek(cursor, 1)
  return kind === 'finish' || kind === 'row' || kind === 'text' || gap === 'quad'
}

/** Which statement of a line a next line goes on with: its first chain, before any words, since conditions stand behind; else the last formula. */
function chainOf(found: readonly Latex[], line: readonly number[]): number | undefined {
  const words = line.findIndex((k) => found[k]!.kind === 'text')
  const formulas = line.slice(0, words < 0 ? undefined : words)
  return formulas.find((k) => found[k]!.kind === 'relation') ?? formulas.at(-1)
}

/** `a = b` and `= c` are `a = b = c`. */
function join(cursor: Cursor, chain: Latex, next: Latex): RelationNode | undefined {
  if (next.kind !== 'relation' || next.parts[0] !== undefined) return undefined
  const first: Pick<RelationNode, 'parts' | 'relations' | 'own'> = chain.kind === 'relation' ? chain : { parts: [chain], relations: [], own: [] }
  if (first.parts.at(-1) === undefined) return undefined
  return made(cursor, {
    kind: 'relation', span: { start: chain.span.start, end: next.span.end }, own: [...first.own, ...next.own],
    parts: [...first.parts, ...next.parts.slice(1)], relations: [...first.relations, ...next.relations],
  })
}
