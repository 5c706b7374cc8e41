/**
 * Operands: whatever stands between operators, with its scripts.
 *
 * A name directly before a bracket is one node, `applied`. To tell a call from a product here, by a list of functions, would
 * read `a_2(1 - a_2)` and `g_2(z_2)` apart only where the list knows better than the page; the judge knows what is declared.
 */
import type { GroupNode, Latex, SymbolNode } from './ast.ts'
import { bareFunction } from '../messages.ts'
import { braceUnseen, notRead } from './messages.ts'
import { type Cursor, describe, isAt, made, peek, placeOf, spanFrom, take, unexpected, within } from './cursor.ts'
import { big, isBig, underset } from './parse-big.ts'
import { braced, group, halfCases, indicatorHead, norm, rounded } from './parse-brackets.ts'
import { differential, isDifferential, nabla, partial } from './parse-differential.ts'
import { accented, braceNote, inFont } from './parse-font.ts'
import { fraction, root } from './parse-fraction.ts'
import { scriptsBehind, withScripts } from './parse-scripts.ts'
import { words } from './parse-clause.ts'
import { productOf, startsFactor } from './parse-sum.ts'
import { isOpen } from './print-levels.ts'
import { table } from './parse-table.ts'
import { functionLetters, functionWords } from './words.ts'

/** Words whose arguments may stand in square brackets: `\mathrm{Var}[w]`. */
const momentWords: ReadonlySet<string> = new Set(['Var', 'Cov', 'var', 'cov', 'Pr'])

/** An operand with its scripts, applied to a bracket or to what follows where it is a function's name. */
export function operand(cursor: Cursor): Latex {
  if (!cursor.mode.label) {
    if (isDifferential(cursor)) return differential(cursor)
    if (isBig(cursor)) return big(cursor)
  }
  const indicator = indicatorHead(cursor)
  if (indicator !== undefined) return withScripts(cursor, indicator)
  const base = withScripts(cursor, primary(cursor))
  if (cursor.mode.label && !isAt(cursor, 'open', '(')) return base
  if (!cursor.mode.label && base.kind === 'scripted' && base.sub !== undefined && isLimited(base)) throw notRead(placeOf(cursor, base.span), `${baseOf(base)!.name} with these scripts`, 'Write \\max_k z_k.')
  if (callsBracket(cursor, base)) return applied(cursor, base)
  return isFunction(base) && !cursor.mode.label ? applyTo(cursor, base) : base
}

/** An operand without scripts. */
export function primary(cursor: Cursor): Latex {
  const token = peek(cursor)
  switch (token.kind) {
    case 'name': return symbol(cursor)
    case 'number': take(cursor); return made(cursor, { kind: 'number', span: token.span, own: [], text: token.text })
    case 'text': return words(cursor)
    case 'dots': take(cursor); return made(cursor, { kind: 'dots', span: token.span, own: [] })
    case 'bar': return norm(cursor)
    case 'accent': return accented(cursor)
    case 'font': return inFont(cursor)
    case 'begin': return table(cursor)
    case 'open': return bracketed(cursor)
    case 'command': return command(cursor)
    default: throw unexpected(cursor, 'an expression')
  }
}

function bracketed(cursor: Cursor): Latex {
  switch (peek(cursor).text) {
    case 'brace': return braced(cursor)
    case 'half': return halfCases(cursor)
    case 'floor': case 'ceil': return rounded(cursor)
    case '|': case '||': return norm(cursor)
    default: return group(cursor)
  }
}

function command(cursor: Cursor): Latex {
  switch (peek(cursor).text) {
    case 'frac': return fraction(cursor)
    case 'sqrt': return root(cursor)
    case 'sum': case 'prod': return big(cursor)
    case 'underset': return underset(cursor)
    case 'partial': return partial(cursor)
    case 'nabla': return nabla(cursor)
    case 'braced': return braceNote(cursor)
    default: throw unexpected(cursor, 'an expression')
  }
}

function symbol(cursor: Cursor): SymbolNode {
  const { text, span, font, accent } = take(cursor)
  return made(cursor, { kind: 'symbol', span, own: [], name: text, ...(accent && { accent }), ...(font && { font }) })
}

/** A symbol, with scripts or not; a bracket with primes, `(g^{[l]})'`. */
function isNameLike(node: Latex): boolean {
  if (node.kind === 'symbol') return true
  if (node.kind !== 'scripted') return false
  if (node.base.kind === 'group') return node.primes > 0
  const exponential = node.base.kind === 'symbol' && node.base.name === 'e' && node.sup.some(({ kind }) => kind === 'power')
  return node.base.kind === 'symbol' && !exponential
}

/** The symbol that a head starts with. */
function baseOf(node: Latex): SymbolNode | undefined {
  const base = node.kind === 'scripted' ? node.base : node
  return base.kind === 'symbol' ? base : undefined
}

/** max and its like, which take what stands below them. */
function isLimited(node: Latex): boolean { return /^(?:arg)?(?:max|min)$/.test(baseOf(node)?.name ?? '') && baseOf(node)!.font === undefined }

function isFunction(node: Latex): boolean { return functionWords.has(baseOf(node)?.name ?? '') }

/** Whether the bracket at the cursor belongs to the name before it; a thin space parts a product. */
function callsBracket(cursor: Cursor, head: Latex): boolean {
  const { kind, text, gap } = peek(cursor)
  if (kind !== 'open' || !isNameLike(head) || isPrimedFunction(cursor)) return false
  if (isFunction(head)) return text === '(' || text === '[' || text === '{'
  if (text === '[' || text === '{') return (baseOf(head)?.font === 'blackboard' || momentWords.has(baseOf(head)?.name ?? '')) && gap !== 'quad'
  return text === '(' && gap !== 'thin' && gap !== 'quad' && !(cursor.mode.differential && !holdsArguments(cursor, head))
}

/** Whether a bracket behind a differential is a call: `d\sigma(z)`, `dL(a, y)`, `dE(w)`; not `dz (a^{(1)})^T`. */
function holdsArguments(cursor: Cursor, head: Latex): boolean {
  if (functionLetters.has(baseOf(head)!.name)) return true
  const close = peek(cursor).partner!
  if (close === cursor.at + 2) return cursor.tokens[cursor.at + 1]!.kind === 'name' && cursor.tokens[close + 1]!.kind !== 'sup'
  for (let k = cursor.at + 1; k < close; k++) {
    const { kind, partner } = cursor.tokens[k]!
    if (kind === 'comma' || kind === 'text') return true
    if (kind === 'open' || kind === 'begin') k = partner ?? k
  }
  return false
}

/** `(g^{[l]})'(z)`: the bracket holds a function and is applied itself. */
function isPrimedFunction(cursor: Cursor): boolean {
  const first = peek(cursor, 1)
  if (first.kind !== 'name' || !(functionWords.has(first.text) || functionLetters.has(first.text))) return false
  let at = peek(cursor).partner! + 1
  const behind = at
  while (cursor.tokens[at]?.kind === 'prime') at++
  return at > behind && cursor.tokens[at]?.kind === 'open' && cursor.tokens[at]!.text === '('
}

function applied(cursor: Cursor, head: Latex): Latex {
  const argument = group(cursor, true) as GroupNode
  const scripts = scriptsBehind(cursor, argument)
  return made(cursor, { kind: 'applied', span: spanFrom(cursor, head.span.start), head, group: argument, ...scripts })
}

/** `\log y_c`, `\tanh W x`: the names side by side that follow, up to an operator, a bracket, another function. */
function applyTo(cursor: Cursor, head: Latex): Latex {
  const next = peek(cursor)
  if (isAt(cursor, 'operator', '-') || isAt(cursor, 'operator', '+')) throw bareFunction(placeOf(cursor, next.span), baseOf(head)!.name, describe(cursor))
  if (!startsFactor(cursor) || next.kind === 'dots' || (cursor.mode.parted && next.gap === 'quad')) return head
  const argument = within(cursor, cursor.mode, () => juxtaposed(cursor))
  if (argument.kind === 'group' && argument.bracket === '(') return made(cursor, { kind: 'applied', span: spanFrom(cursor, head.span.start), own: [], head, group: argument, sup: [], primes: 0 })
  if (argument.kind === 'scripted' && argument.base.kind === 'group' && argument.base.bracket === '(') {
    const { own, sub, sup, primes } = argument
    return made(cursor, { kind: 'applied', span: spanFrom(cursor, head.span.start), own, head, group: argument.base, ...(sub && { sub }), sup, primes })
  }
  return made(cursor, { kind: 'prefix', span: spanFrom(cursor, head.span.start), own: [], head, argument })
}

function juxtaposed(cursor: Cursor): Latex {
  const factors = [operand(cursor)]
  if (cursor.unseen.has(factors[0]!) && !isNames(factors[0]!) && !isOpen(factors[0]!)) throw braceUnseen(placeOf(cursor, factors[0]!.span))
  while (joinsArgument(cursor, factors.at(-1)!)) factors.push(operand(cursor))
  if (factors.length === 1) return factors[0]!
  return made(cursor, productOf(cursor, factors[0]!.span.start, factors, factors.slice(1).map(() => 'juxtapose'), []))
}

/** `a b` in braces that nobody sees, which is what \log takes without them too. */
function isNames(node: Latex): boolean {
  return node.kind === 'product' && node.operators.every((operator) => operator === 'juxtapose') && node.factors.every((factor) => factor.kind === 'number' || (baseOf(factor) !== undefined && !isFunction(factor)))
}

function joinsArgument(cursor: Cursor, before: Latex): boolean {
  const { kind, text, gap, font } = peek(cursor)
  if (gap === 'thin' || gap === 'quad' || !(baseOf(before) !== undefined || before.kind === 'number' || before.kind === 'fraction')) return false
  if (kind !== 'name' && kind !== 'accent' && kind !== 'font') return false
  if (text === '1' || text === 'I' || (text === 'd' && (font === undefined || font === 'roman'))) return false
  return !functionWords.has(text) && !(text === 'e' && isAt(cursor, 'sup', undefined, 1)) && !isDifferential(cursor)
}
