/** Lines of a page that are one line of mathematics: `a = b \\ + c`, `a = \\ b`, `a = \\ = b`. */
import type { Span } from './ast.ts'
import type { Token } from './token.ts'

/** The tokens without line breaks in the middle of an expression; their places are put aside. */
export function joinedLines(tokens: readonly Token[], loose: Span[]): Token[] {
  const breaks = outerBreaks(tokens)
  const kept: Token[] = []
  for (const [k, token] of tokens.entries()) {
    const last = kept.at(-1)
    const first = breaks.get(k)
    const repeated = token.kind === 'relation' && last?.kind === 'relation' && last.text === token.text && tokens[k - 1]?.kind === 'row'
    if (repeated || (first !== undefined && last !== undefined && goesOn(last, kept.at(-2), tokens[k + 1], first))) loose.push(token.span)
    else kept.push(token)
  }
  return kept
}

/** What a line starts with, as far as it matters: a minus and no relation behind it, or anything else. */
type First = 'minus' | 'other'

/** The line breaks outside of brackets and tables, with what their line starts with. */
function outerBreaks(tokens: readonly Token[]): ReadonlyMap<number, First> {
  const found = new Map<number, First>()
  let depth = 0
  let minus: number | undefined
  for (const [k, token] of tokens.entries()) {
    if (token.kind === 'open' ? token.text !== 'half' : token.kind === 'begin') depth++
    if (token.kind === 'close' || token.kind === 'end') depth--
    if (depth > 0) continue
    if (token.kind === 'relation' && minus !== undefined) found.set(minus, 'other')
    if (token.kind === 'relation' || token.kind === 'row') minus = undefined
    if (token.kind !== 'row') continue
    if (tokens[k + 1]?.text === '-') minus = k
    found.set(k, minus === undefined ? 'other' : 'minus')
  }
  return found
}

/** Whether a line goes on with what stands before it. */
function goesOn(last: Token, before: Token | undefined, next: Token | undefined, first: First): boolean {
  if (next === undefined) return false
  switch (last.kind) {
    case 'row': case 'text': case 'comma': case 'point': return false
    case 'relation': return last.text !== ':' && next.kind !== 'row' && (next.kind !== 'relation' || next.text === last.text)
    case 'operator': if (before?.kind !== 'sup' && before?.kind !== 'sub') return next.kind !== 'row'
      break
    default:
  }
  return next.kind === 'operator' && (next.text !== '-' || first === 'minus')
}
