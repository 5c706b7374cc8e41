/** Accents, fonts, boxes and braces with a note: they change a symbol, or nothing. */
import type { Accent, Font, Latex, Span } from './ast.ts'
import { mapLatexChildren } from './children.ts'
import { claim, type Cursor, enclosed, inside, isAt, placeOf, placesOf, take, unexpected, within } from './cursor.ts'
import { isLoose } from './loose.ts'
import type { Token } from './token.ts'
import { accentOnMany, missingArgument } from './messages.ts'

/** The argument of a command in braces, or the one symbol that follows; the braces belong to it. */
export function argumentOf(cursor: Cursor, command: Token): Latex {
  if (isAt(cursor, 'open', 'brace')) {
    const open = take(cursor)
    if (open.partner === cursor.at) throw unexpected(cursor, 'an expression')
    const { inner, close } = enclosed(cursor, open, { ...inside, label: cursor.mode.label }, (end) => cursor.grammar.content(cursor, end))
    return claim(inner, placesOf(open, close))
  }
  if (isAt(cursor, 'finish') || isAt(cursor, 'close')) throw missingArgument(placeOf(cursor, command.span), cursor.source.slice(command.span.start + 1, command.span.end))
  if (!isAt(cursor, 'name') && !isAt(cursor, 'number') && !isAt(cursor, 'accent') && !isAt(cursor, 'font')) throw unexpected(cursor, 'a symbol')
  return within(cursor, cursor.mode, () => cursor.grammar.primary(cursor))
}

/** `\hat{y}`, `\bar{\mathbf{x}}`, `\hat{y_i}` */
export function accented(cursor: Cursor): Latex {
  const command = take(cursor)
  const argument = argumentOf(cursor, command)
  const result = withAccent(argument, command.text as Accent)
  if (result === undefined) throw accentOnMany(placeOf(cursor, argument.span), cursor.source.slice(command.span.start, command.span.end))
  return claim(result, placesOf(command))
}

function withAccent(node: Latex, accent: Accent): Latex | undefined {
  if (node.kind === 'symbol' && node.accent === undefined) return { ...node, accent }
  if (node.kind === 'number') return { kind: 'symbol', span: node.span, own: [], name: node.text, accent }
  if (node.kind !== 'scripted') return undefined
  const base = withAccent(node.base, accent)
  return base && { ...node, base }
}

/** `\mathbf{W x}`: each symbol is in the font; roman letters and boxes change nothing. */
export function inFont(cursor: Cursor): Latex {
  const command = take(cursor)
  const argument = argumentOf(cursor, command)
  const font = command.text
  const result = claim(font === 'plain' || font === 'roman' || font === 'sans' ? argument : withFont(argument, font as Font), placesOf(command))
  if (isLoose(result)) cursor.unseen.add(result)
  return result
}

function withFont(node: Latex, font: Font): Latex {
  if (node.kind === 'symbol') return node.font === undefined ? { ...node, font } : node
  return mapLatexChildren(node, (part) => withFont(part, font))
}

/** `\underbrace{a}_{\text{why}}`: words say nothing about the value; a formula there is a statement of its own. */
export function braceNote(cursor: Cursor): Latex {
  const command = take(cursor)
  const argument = argumentOf(cursor, command)
  cursor.loose.push(...placesOf(command))
  if (isAt(cursor, 'sub') || isAt(cursor, 'sup')) {
    cursor.loose.push(...placesOf(take(cursor)))
    if (isAt(cursor, 'open', 'brace')) cursor.loose.push(...note(cursor))
    else cursor.notes.push(cursor.grammar.primary(cursor))
  }
  const result = { ...argument }
  if (isLoose(result) && result.kind !== 'product') cursor.unseen.add(result)
  return result
}

function note(cursor: Cursor): readonly Span[] {
  const open = take(cursor)
  const { inner, close } = enclosed(cursor, open, inside, (end) => isWords(cursor, end) ? { items: [], own: takeAll(cursor, end) } : cursor.grammar.items(cursor, end))
  cursor.notes.push(...inner.items)
  return [...placesOf(open), ...inner.own, ...placesOf(close)]
}

/** Words alone, be they one word that is read as a name. */
function isWords(cursor: Cursor, end: number): boolean {
  return cursor.tokens.slice(cursor.at, end).every((token) => token.kind === 'text' || cursor.source.startsWith('\\text', token.span.start))
}

function takeAll(cursor: Cursor, end: number): readonly Span[] {
  const taken: Token[] = []
  while (cursor.at < end) taken.push(take(cursor))
  return placesOf(...taken)
}
