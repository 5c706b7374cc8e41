/** A place in the tokens while parsing, and the grammar to go on with. */
import type { ChainError, Place } from '../../errors.ts'
import type { Latex, Lexicon, Span } from './ast.ts'
import { expectedButFound, overLimit } from '../messages.ts'
import type { Limits, Token } from './token.ts'

/** What the enclosing text allows. */
export interface Mode {
  /** Wide spaces and words part statements or cells. */
  readonly parted: boolean
  /** The bars that close the norm around. */
  readonly norm: '' | '|' | '||'
  /** In a subscript: letters are labels, `max` is no function and d no differential. */
  readonly label: boolean
  /** A number above belongs to the order of a derivative: `\partial w^2`. */
  readonly order: boolean
  /** Behind d or ∂: a bracket is a factor, unless the name is a function's or the bracket holds its arguments. */
  readonly differential: boolean
}

/** The parts of the grammar that call each other. */
export interface Grammar {
  /** Clauses between commas up to the token at `end`; a list where there are several. */
  readonly content: (cursor: Cursor, end: number) => Latex
  readonly items: (cursor: Cursor, end: number) => Items
  readonly relation: (cursor: Cursor) => Latex
  readonly sum: (cursor: Cursor) => Latex
  /** The product that follows: what a sum or an operator applies to. */
  readonly body: (cursor: Cursor, what: string) => Latex
  readonly operand: (cursor: Cursor) => Latex
  /** An operand without scripts. */
  readonly primary: (cursor: Cursor) => Latex
}

/** Clauses, and the places of what stands between them. */
export interface Items { readonly items: readonly Latex[]; readonly own: readonly Span[] }

/** The state of one parse; `at`, `depth`, `nodes` and `mode` move, the rest stays. */
export interface Cursor {
  readonly tokens: readonly Token[]
  readonly source: string
  readonly path: string
  readonly lexicon: Lexicon
  /** Whether the lexicon was given, so that what it does not hold is not declared. */
  readonly declared: boolean
  readonly limits: Limits
  readonly grammar: Grammar
  /** Places without meaning that the parser finds. */
  readonly loose: Span[]
  /** Nodes from braces that nobody sees: `{a + b}`. */
  readonly unseen: WeakSet<Latex>
  /** Formulas that stand as notes below braces: statements of their own. */
  readonly notes: Latex[]
  at: number
  depth: number
  nodes: number
  mode: Mode
}

/** The mode inside brackets, where nothing outside matters. */
export const inside: Mode = { parted: false, norm: '', label: false, order: false, differential: false }

export function peek(cursor: Cursor, ahead = 0): Token { return cursor.tokens[Math.min(cursor.at + ahead, cursor.tokens.length - 1)]! }

/** Takes the token at the cursor. */
export function take(cursor: Cursor): Token {
  const token = peek(cursor)
  if (cursor.at < cursor.tokens.length - 1) cursor.at++
  return token
}

/** Whether a token of this kind, and text, stands at the cursor. */
export function isAt(cursor: Cursor, kind: Token['kind'], text?: string, ahead = 0): boolean {
  const token = peek(cursor, ahead)
  return token.kind === kind && (text === undefined || token.text === text)
}

/** The places of tokens; those that the source has no characters for have none. */
export function placesOf(...tokens: readonly Token[]): readonly Span[] { return tokens.map((token) => token.span).filter((span) => span.end > span.start) }

export function placeOf(cursor: Cursor, span: Span): Place { return { path: cursor.path, source: cursor.source, span } }

/** From an offset to the end of the last token taken. */
export function spanFrom(cursor: Cursor, start: number): Span {
  return { start, end: Math.max(start, cursor.tokens[cursor.at - 1]?.span.end ?? start) }
}

/** Counts a new node. */
export function made<T extends Latex>(cursor: Cursor, node: T): T {
  if (++cursor.nodes > cursor.limits.nodes) throw overLimit(placeOf(cursor, node.span), 'The formula', cursor.limits.nodes, 'parts')
  return node
}

/** How the token at the cursor is called in a message. */
export function describe(cursor: Cursor): string {
  const { kind, span } = peek(cursor)
  if (kind === 'finish') return 'the end of the formula'
  const text = cursor.source.slice(span.start, span.end)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

/** The error that something else was expected at the cursor. */
export function unexpected(cursor: Cursor, expected: string, advice?: string): ChainError {
  const { kind, span } = peek(cursor)
  const end = cursor.tokens[cursor.at - 1]?.span.end ?? span.start
  return expectedButFound(placeOf(cursor, kind === 'finish' ? { start: end, end } : span), expected, describe(cursor), advice)
}

/** Parses one level deeper, in another mode. */
export function within<T>(cursor: Cursor, mode: Mode, parse: () => T): T {
  const outer = cursor.mode
  if (cursor.depth >= cursor.limits.depth) throw overLimit(placeOf(cursor, peek(cursor).span), 'The nesting', cursor.limits.depth, 'levels')
  cursor.depth++
  cursor.mode = mode
  const result = parse()
  cursor.mode = outer
  cursor.depth--
  return result
}

/** What stands between an opening token that was just taken and its other end, which is taken too. */
export function enclosed<T>(cursor: Cursor, open: Token, mode: Mode, parse: (end: number) => T): { readonly inner: T; readonly close: Token } {
  const end = open.partner!
  const inner = within(cursor, mode, () => parse(end))
  if (cursor.at !== end) throw unexpected(cursor, `an operator or ${cursor.source.slice(cursor.tokens[end]!.span.start, cursor.tokens[end]!.span.end)}`)
  return { inner, close: take(cursor) }
}

/** The node with more places of its own, as of braces around it; a leaf has no list of them and grows to hold them. */
export function claim(node: Latex, places: readonly Span[]): Latex {
  if (places.length === 0) return node
  const span = { start: Math.min(node.span.start, places[0]!.start), end: Math.max(node.span.end, places.at(-1)!.end) }
  if (isLeaf(node)) return { ...node, span }
  return { ...node, span, own: [...node.own, ...places].sort((a, b) => a.start - b.start) }
}

export function isLeaf(node: Latex): boolean { return node.kind === 'number' || node.kind === 'symbol' || node.kind === 'text' || node.kind === 'dots' }
