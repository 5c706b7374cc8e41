/**
 * Brackets and environments get their other end; what only lays out the page is put aside.
 * A bar alone in its bracket is the bar of a condition; a line that starts with + goes on with the line before.
 */
import type { Place } from '../../errors.ts'
import type { Span } from './ast.ts'
import { environmentKind } from './environments.ts'
import type { Lexer } from './lexer.ts'
import { neverClosed, overLimit, wrongClosing } from '../messages.ts'
import { joinedLines } from './lines.ts'
import { evaluationBar } from './messages.ts'
import type { Token } from './token.ts'

/** The tokens for the parser, ended by `finish`, and the places put aside. */
export interface Paired { readonly tokens: readonly Token[]; readonly loose: Span[] }

interface Open { readonly token: Token; readonly at: number; readonly bars: number[]; /** The name of an environment of lines. */ readonly lines?: string }

/** Pairs the tokens of a formula. */
export function pair(lexer: Lexer): Paired {
  const loose = [...lexer.loose]
  const kept = joinedLines(laidOut(lexer, loose), loose)
  const end = lexer.source.length
  kept.push({ kind: 'finish', text: '', span: { start: end, end }, gap: lexer.gap })
  return { tokens: partnered(kept), loose }
}

/** The tokens without display environments, alignment outside of tables, and line breaks inside brackets. */
function laidOut(lexer: Lexer, loose: Span[]): Token[] {
  const { tokens } = lexer
  const kept: Token[] = []
  const open: Open[] = []
  const placeOf = ({ span }: Token): Place => ({ path: lexer.path, source: lexer.source, span })
  const inTable = (): boolean => {
    const inner = open.at(-1)?.token
    return inner !== undefined && (isTable(inner) || (inner.text === 'brace' && kept[open.at(-1)!.at - 1]?.text === 'substack'))
  }
  let brackets = 0
  tokens.forEach((token, k) => {
    switch (token.kind) {
      case 'open': case 'begin': {
        if (open.length >= lexer.limits.depth) throw overLimit(placeOf(token), 'The nesting', lexer.limits.depth, 'levels')
        const lines = token.kind === 'begin' && isLines(token, kept, tokens[k - 1])
        open.push(lines ? { token: { ...token, text: 'lines' }, at: kept.length, bars: [], lines: token.text } : { token, at: kept.length, bars: [] })
        if (lines) { loose.push(token.span); return }
        brackets++
        break
      }
      case 'close': case 'end': {
        const inner = open.pop()
        const fits = inner !== undefined && (inner.lines ?? inner.token.text) === token.text && (inner.token.kind === 'begin') === (token.kind === 'end')
        if (token.text === '|' && token.kind === 'close' && !fits) throw evaluationBar(placeOf(token))
        if (inner === undefined || !fits) throw wrongClosing(placeOf(token), written(lexer, token), inner && ending(lexer, inner.token))
        if (inner.token.text === 'lines') { loose.push(token.span); return }
        condition(inner, kept)
        brackets--
        if (isNothing(inner, kept)) { loose.push(kept.pop()!.span, token.span); return }
        if (isHalf(open.at(-1), inner, tokens[k + 1])) {
          kept[inner.at - 1] = { ...kept[inner.at - 1]!, text: 'half' }
          open.pop()
          brackets--
        }
        break
      }
      case 'bar': open.at(-1)?.bars.push(kept.length); break
      case 'align': if (!inTable()) { loose.push(token.span); return } break
      case 'row': if (brackets > 0 && !inTable()) { loose.push(token.span); return } break
      default:
    }
    kept.push(token)
  })
  const last = open.filter(({ token }) => token.text !== 'lines').at(-1) ?? open.at(-1)
  if (last !== undefined) throw neverClosed(placeOf(last.token), written(lexer, last.token))
  return kept
}

const isTable = (token: Token): boolean => token.kind === 'begin' && token.text !== 'lines'

/** Lines of formulas: a display, or an array that the formula begins with. Behind a brace, `\left\{`, they are cases. */
function isLines(token: Token, kept: readonly Token[], before: Token | undefined): boolean {
  if (before?.kind === 'open' && before.text === '{') return false
  return environmentKind(token.text) === 'display' || (token.text === 'array' && kept.length === 0)
}

/** `{}` that is no argument: `W^{(2)}{}^T`. */
function isNothing({ token, at }: Open, kept: readonly Token[]): boolean {
  if (token.text !== 'brace' || at !== kept.length - 1) return false
  const before = kept[at - 1]?.kind
  return before !== 'command' && before !== 'font' && before !== 'accent' && before !== 'sup' && before !== 'sub'
}

/** `\left\{ \begin{array} ... \end{array} \right.`: a brace that only opens, around an environment that ends here. */
function isHalf(brace: Open | undefined, inner: Open, next: Token | undefined): boolean {
  return inner.token.kind === 'begin' && brace?.token.kind === 'open' && brace.token.text === '{' && brace.at === inner.at - 1 && !(next?.kind === 'close' && next.text === '{')
}

/** A bar alone in round, square or curly brackets, or two side by side with something around them: `P(y | x)`, `KL(p || q)`. */
function condition({ token, at, bars }: Open, kept: Token[]): void {
  if (token.text !== '(' && token.text !== '[' && token.text !== '{') return
  const [first, second] = bars as [number, number]
  const lone = bars.length === 1 || (bars.length === 2 && second === first + 1 && kept[second]!.gap === '' && second < kept.length - 1)
  if (!lone || first === at + 1) return
  const bar = kept[first]!
  kept[first] = { ...bar, kind: 'relation', text: '|', span: { start: bar.span.start, end: kept[bars.at(-1)!]!.span.end } }
  if (bars.length === 2) kept.splice(second, 1)
}

function written({ source }: Lexer, { span }: Token): string { return source.slice(span.start, span.end) }

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '\\}', brace: '}', '|': '\\right|', '||': '\\right\\|', floor: '\\rfloor', ceil: '\\rceil' }

function ending(lexer: Lexer, token: Token): string {
  return token.kind === 'open' ? closers[token.text]! : written(lexer, token).replace('begin', 'end').replace(/\}.*$/s, '}')
}

/** The tokens with the place of their other end. */
function partnered(tokens: readonly Token[]): readonly Token[] {
  const open: number[] = []
  const result = [...tokens]
  tokens.forEach((token, k) => {
    if ((token.kind === 'open' && token.text !== 'half') || token.kind === 'begin') open.push(k)
    if (token.kind !== 'close' && token.kind !== 'end') return
    const start = open.pop()!
    result[start] = { ...result[start]!, partner: k }
    result[k] = { ...token, partner: start }
  })
  return result
}
