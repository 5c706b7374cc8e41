/** Brackets: groups, indicators, norms, floor and ceiling, and the braces that nobody sees. */
import type { GroupNode, IndicatorNode, Latex, Relation } from './ast.ts'
import { conditionSigns, isCondition } from './conditions.ts'
import { claim, type Cursor, enclosed, inside, isAt, made, peek, placeOf, placesOf, spanFrom, take, unexpected, within } from './cursor.ts'
import { braceUnseen, evaluationBar } from './messages.ts'
import { fractionOver } from './parse-fraction.ts'
import { isLoose } from './loose.ts'
import { tableRows } from './parse-table.ts'

/** `(a + b)`, `(32, 1024)`, `\{0, 1\}`; `[i = j]` is an indicator unless a function's name stands before it. */
export function group(cursor: Cursor, called = false): GroupNode | Latex {
  const open = take(cursor)
  const array = isAt(cursor, 'begin', 'array')
  const { inner, close } = enclosed(cursor, open, inside, (end) => cursor.at === end ? { items: [], own: [] } : cursor.grammar.items(cursor, end))
  const span = spanFrom(cursor, open.span.start)
  const [first] = inner.items
  if (!called && open.text === '[' && inner.items.length === 1 && isCondition(first!)) return made(cursor, { kind: 'indicator', span, own: placesOf(open, close), relation: first })
  if (!called && array && open.text !== '{' && inner.items.length === 1 && first!.kind === 'matrix') return claim(first, placesOf(open, close))
  const own = [...placesOf(open), ...inner.own, ...placesOf(close)]
  return made(cursor, { kind: 'group', span, own, bracket: open.text as '(' | '[' | '{', items: inner.items })
}

/** `\mathbb{1}\{i = j\}`, `\mathbf{1}_{z > 0}`, `1[z > 0]`, `I(i = j)`; undefined, with nothing taken, where no condition follows. */
export function indicatorHead(cursor: Cursor): IndicatorNode | undefined {
  const head = peek(cursor)
  const one = head.kind === 'name' ? (head.text === '1' && head.font !== undefined) || (head.text === 'I' && head.accent === undefined) : head.kind === 'number' && head.text === '1'
  if (!one) return undefined
  const below = isAt(cursor, 'sub', undefined, 1)
  const open = peek(cursor, below ? 2 : 1)
  if (open.kind !== 'open' || open.partner === undefined || (below ? open.text !== 'brace' : open.text === 'brace') || !holdsCondition(cursor, open.partner)) return undefined
  const own = [...placesOf(take(cursor))]
  if (below) own.push(...placesOf(take(cursor)))
  const bracket = take(cursor)
  const { inner, close } = enclosed(cursor, bracket, inside, (end) => cursor.grammar.content(cursor, end))
  const nested = inner.kind === 'group' && inner.items.length === 1 ? inner : undefined
  const places = [...own, ...placesOf(bracket), ...(nested?.own ?? []), ...placesOf(close)]
  return made(cursor, { kind: 'indicator', span: spanFrom(cursor, head.span.start), own: places, relation: nested?.items[0] ?? inner })
}

/** Whether a relation stands between the bracket's ends, outside of other brackets but \{ \}. */
function holdsCondition(cursor: Cursor, close: number): boolean {
  const start = cursor.tokens[close]!.partner! + 1
  for (let k = start; k < close; k++) {
    const token = cursor.tokens[k]!
    if (token.kind === 'relation') return conditionSigns.has(token.text as Relation)
    if ((token.kind === 'open' || token.kind === 'begin') && !(token.text === '{' && k === start)) k = token.partner ?? k
  }
  return false
}

/** `|x|`, `\|x\|`, `\left| x \right|` */
export function norm(cursor: Cursor): Latex {
  const open = take(cursor)
  if (open.kind === 'open') {
    const { inner, close } = enclosed(cursor, open, inside, (end) => cursor.grammar.content(cursor, end))
    return made(cursor, { kind: 'norm', span: spanFrom(cursor, open.span.start), own: placesOf(open, close), bars: open.text === '|' ? 1 : 2, inner })
  }
  if (isAt(cursor, 'sub')) throw evaluationBar(placeOf(cursor, open.span))
  const twice = open.text === '|' && isAt(cursor, 'bar', '|') && peek(cursor).gap === ''
  const own = [...placesOf(open), ...(twice ? placesOf(take(cursor)) : [])]
  const inner = within(cursor, { ...inside, norm: twice ? '||' : open.text as '|' | '||' }, () => cursor.grammar.content(cursor, -1))
  for (let k = twice ? 2 : 1; k > 0; k--) {
    if (!isAt(cursor, 'bar', open.text)) throw unexpected(cursor, `an operator or ${twice ? '||' : cursor.source.slice(open.span.start, open.span.end)}`)
    own.push(...placesOf(take(cursor)))
  }
  return made(cursor, { kind: 'norm', span: spanFrom(cursor, open.span.start), own, bars: twice || open.text === '||' ? 2 : 1, inner })
}

/** `\lfloor a \rfloor` */
export function rounded(cursor: Cursor): Latex {
  const open = take(cursor)
  const { inner, close } = enclosed(cursor, open, inside, (end) => cursor.grammar.content(cursor, end))
  return made(cursor, { kind: 'rounded', span: spanFrom(cursor, open.span.start), own: placesOf(open, close), direction: open.text as 'floor' | 'ceil', inner })
}

/** `{...}`: the braces belong to what they hold. What only the braces hold together is remembered as unseen. */
export function braced(cursor: Cursor): Latex {
  const open = take(cursor)
  if (open.partner === cursor.at) throw unexpected(cursor, 'an expression')
  const { inner, close } = enclosed(cursor, open, { ...inside, label: cursor.mode.label }, (end) => fractionOver(cursor, end) ?? cursor.grammar.content(cursor, end))
  const result = claim(inner, placesOf(open, close))
  if (result.kind === 'list' && !cursor.mode.label) throw braceUnseen(placeOf(cursor, result.span))
  if (isLoose(result)) cursor.unseen.add(result)
  return result
}

/** `\left\{ \begin{array}{ll} a & b \\ c & d \end{array} \right.` */
export function halfCases(cursor: Cursor): Latex {
  const open = take(cursor)
  return claim(tableRows(cursor, 'cases'), placesOf(open))
}
