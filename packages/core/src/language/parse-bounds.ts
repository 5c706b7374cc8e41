/** What a reduction binds: `sum_j`, `sum_{j: H, k}`, `sum_{k=1}^{n}`, `max_{a where p = a}`, `sum over data:`. */
import type { BoundIndex, Expression, Reduction } from './ast.ts'
import { accept, type Cursor, expect, isOperator, isWord, peek, placeOf, plain, spanFrom, take, unexpected, within } from './cursor.ts'
import { rangeFromOne } from './messages.ts'
import { reductionWords } from './read-name.ts'

/** The head of a reduction, without its body. */
export type Bounds =
  | { readonly kind: 'reduction'; readonly reduction: Reduction; readonly over: readonly BoundIndex[]; readonly where?: Expression }
  | { readonly kind: 'over-data'; readonly reduction: 'sum' | 'mean' }

/** The parsers that this file is given, so that imports point one way. */
export interface Parsers { readonly expression: (cursor: Cursor) => Expression; readonly condition: (cursor: Cursor) => Expression }

/** Whether a reduction starts at the cursor: `sum_`, `mean over`. */
export function startsReduction(cursor: Cursor): boolean {
  const token = peek(cursor)
  if (token.kind !== 'name' || token.primes > 0 || !reductionWords.includes(token.name.text)) return false
  const next = peek(cursor, 1)
  if (next.kind === 'operator' && next.text === '_' && next.glued) return true
  return (token.name.text === 'sum' || token.name.text === 'mean') && isWord(cursor, 'over', 1)
}

/** The head of the reduction at the cursor. */
export function parseBounds(cursor: Cursor, parsers: Parsers): Bounds {
  const word = take(cursor) as { name: { text: string } }
  const reduction = word.name.text as Reduction
  if (isWord(cursor, 'over')) {
    take(cursor)
    if (!isWord(cursor, 'data')) throw unexpected(cursor, `data after ${reduction} over`)
    take(cursor)
    expect(cursor, ':', `: after ${reduction} over data`)
    return { kind: 'over-data', reduction: reduction === 'mean' ? 'mean' : 'sum' }
  }
  expect(cursor, '_')
  if (!accept(cursor, '{')) return { kind: 'reduction', reduction, over: [boundName(cursor)] }
  const over: BoundIndex[] = []
  let where: Expression | undefined
  let open = false
  within(cursor, plain, () => {
    do {
      const index = boundIndex(cursor, parsers.expression)
      over.push(index.bound)
      open = over.length === 1 && index.open
      if (index.open && !isOperator(cursor, '}')) throw unexpected(cursor, '.. and the last value')
    } while (accept(cursor, ','))
    if (isWord(cursor, 'where')) { take(cursor); where = parsers.condition(cursor) }
  })
  expect(cursor, '}', ', or where or }')
  if (open) over[0] = { ...over[0]!, size: upperLimit(cursor, parsers.expression) }
  return where === undefined ? { kind: 'reduction', reduction, over } : { kind: 'reduction', reduction, over, where }
}

function boundName(cursor: Cursor): BoundIndex {
  const token = peek(cursor)
  if (token.kind !== 'name' || token.primes > 0) throw unexpected(cursor, 'the name of an index')
  take(cursor)
  return { name: token.name.text, span: token.span }
}

/** An index with its size: `i`, `i: H`, `i = 1..H`; `open` is `k = 1`, whose last value stands behind the brace. */
export function boundIndex(cursor: Cursor, expression: Parsers['expression']): { readonly bound: BoundIndex; readonly open: boolean } {
  const index = boundName(cursor)
  const bound = (size: Expression): BoundIndex => ({ name: index.name, size, span: spanFrom(cursor, index.span.start) })
  if (accept(cursor, ':')) return { bound: bound(expression(cursor)), open: false }
  if (!accept(cursor, '=')) return { bound: index, open: false }
  const first = peek(cursor)
  const from = expression(cursor)
  if (from.kind !== 'number' || from.text !== '1') throw rangeFromOne(placeOf(cursor, from.span), cursor.source.slice(first.span.start, from.span.end))
  return accept(cursor, '..') ? { bound: bound(expression(cursor)), open: false } : { bound: index, open: true }
}

function upperLimit(cursor: Cursor, expression: Parsers['expression']): Expression {
  expect(cursor, '^', '^{n} (the last value)')
  if (accept(cursor, '{')) {
    const size = within(cursor, plain, expression)
    expect(cursor, '}')
    return size
  }
  const token = peek(cursor)
  if (token.kind === 'number') { take(cursor); return { kind: 'number', text: token.text, span: token.span } }
  if (token.kind === 'name' && token.primes === 0) { take(cursor); return { kind: 'name', name: token.name, span: token.span } }
  throw unexpected(cursor, 'the last value')
}
