/** Lines of a `.chain` text: declarations, definitions, layers, blocks, remarks. */
import type { ChainError } from '../errors.ts'
import type { Expression, Statement, Target } from './ast.ts'
import { accept, type Cursor, describe, expect, isOperator, peek, placeOf, plain, spanFrom, take, unexpected, within } from './cursor.ts'
import { badIndentation, emptyBlock, unknownStatement } from './messages.ts'
import { boundIndex } from './parse-bounds.ts'
import { declarationKinds, declarations, optionalCondition, parameters } from './parse-declaration.ts'
import { expression, list, requireName } from './parse-expression.ts'
import type { Token } from './tokens.ts'

type Line = Extract<Token, { kind: 'line' }>

/** The words that begin a statement. */
export const keywords: readonly string[] = [...declarationKinds, 'layers', 'loss', 'block', 'return']

/** The statements from the cursor on that are indented by `indent`; a line with less ends them. */
export function statements(cursor: Cursor, indent: number | undefined, inBlock: boolean): readonly Statement[] {
  const result: Statement[] = []
  for (let line = peek(cursor); line.kind === 'line'; line = peek(cursor)) {
    const remarks = remarkRun(cursor)
    const next = peek(cursor, remarks.length)
    const body: Line | undefined = next.kind === 'line' ? next : undefined
    indent ??= body?.indent ?? 0
    if (inBlock && (body === undefined || body.indent < indent)) {
      const inner = remarks.map((remark) => remark.comment !== undefined && remark.indent >= indent!)
      result.push(...remarks.slice(0, inner.lastIndexOf(true) + 1).map((remark) => asRemark(cursor, remark)))
      return result
    }
    result.push(...remarks.map((remark) => asRemark(cursor, remark)))
    if (body === undefined) return result
    if (body.indent !== indent) throw badIndentation(placeOf(cursor, body.span), indent, body.indent)
    result.push(...statementLine(cursor, body))
  }
  return result
}

/** The blank and comment lines at the cursor. */
function remarkRun(cursor: Cursor): readonly Line[] {
  const lines: Line[] = []
  for (;;) {
    const line = peek(cursor, lines.length)
    const next = peek(cursor, lines.length + 1)
    if (line.kind !== 'line' || (next.kind !== 'line' && next.kind !== 'end')) return lines
    lines.push(line)
  }
}

function asRemark(cursor: Cursor, line: Line): Statement {
  take(cursor)
  return { kind: 'remark', ...commentOf(line), span: line.span }
}

function commentOf(line: Line): { comment?: string } { return line.comment === undefined ? {} : { comment: line.comment } }

function statementLine(cursor: Cursor, line: Line): readonly Statement[] {
  take(cursor)
  const keyword = keywordAt(cursor)
  const comment = commentOf(line)
  if (keyword === 'block') return [block(cursor, line)]
  const parsed = keyword === 'layers' ? [layers(cursor)] : keyword === 'return' ? [returned(cursor)]
    : keyword === undefined || keyword === 'loss' ? [definition(cursor, keyword === 'loss')] : declarations(cursor)
  const end = peek(cursor)
  if (end.kind !== 'line' && end.kind !== 'end') throw unexpected(cursor, 'the end of the line')
  return [...parsed.slice(0, -1), { ...parsed.at(-1)!, ...comment }]
}

/** The keyword at the cursor, unless it is defined as a name here (`input = …`). */
function keywordAt(cursor: Cursor): string | undefined {
  const token = peek(cursor)
  if (token.kind !== 'name' || !keywords.includes(token.name.text)) return undefined
  const next = peek(cursor, 1)
  const defined = next.kind === 'operator' && (next.text === '=' || (next.text === '[' && next.glued) || next.text === ',')
  return defined ? undefined : token.name.text
}

function layers(cursor: Cursor): Statement {
  const { start } = take(cursor).span
  const variable = requireName(cursor, 'the name of the layer index')
  expect(cursor, '=')
  const from = expression(cursor)
  expect(cursor, '..', '.. and the last layer')
  const to = expression(cursor)
  return { kind: 'layers', variable: variable.text, from, to, span: spanFrom(cursor, start) }
}

function returned(cursor: Cursor): Statement {
  const { start } = take(cursor).span
  const values: Expression[] = [expression(cursor)]
  while (accept(cursor, ',')) values.push(expression(cursor))
  return { kind: 'return', values, span: spanFrom(cursor, start) }
}

function definition(cursor: Cursor, loss: boolean): Statement {
  const first = peek(cursor)
  if (loss) take(cursor)
  const targets = loss ? [target(cursor)] : targetList(cursor)
  if (!isOperator(cursor, '=')) throw missingEquals(cursor, loss ? undefined : first)
  take(cursor)
  const value = expression(cursor)
  const when = optionalCondition(cursor)
  return { kind: 'define', loss, targets, value, ...when, span: spanFrom(cursor, first.span.start) }
}

function missingEquals(cursor: Cursor, first: Token | undefined): ChainError {
  const next = peek(cursor)
  const word = first?.kind === 'name' && cursor.tokens[cursor.at - 1] === first ? first.name.text : undefined
  if (word !== undefined && /^\p{L}{2,}$/u.test(word) && next.kind === 'name') return unknownStatement(placeOf(cursor, first!.span), word, describe(cursor), keywords)
  const advice = isOperator(cursor, '(') ? 'A function with arguments is written as a block: block f(x):' : undefined
  return unexpected(cursor, '=', advice)
}

function targetList(cursor: Cursor): readonly Target[] {
  if (accept(cursor, '(')) {
    const targets = within(cursor, plain, () => list(cursor, ')', () => target(cursor)))
    expect(cursor, ')')
    return targets
  }
  const targets = [target(cursor)]
  while (accept(cursor, ',')) targets.push(target(cursor))
  return targets
}

function target(cursor: Cursor): Target {
  const name = requireName(cursor, 'a name')
  const open = peek(cursor)
  if (!isOperator(cursor, '[') || !open.glued) return { name, span: name.span }
  take(cursor)
  const indices = within(cursor, plain, () => list(cursor, ']', () => targetIndex(cursor)))
  expect(cursor, ']')
  return { name, indices, span: spanFrom(cursor, name.span.start) }
}

function targetIndex(cursor: Cursor): NonNullable<Target['indices']>[number] {
  const { span } = peek(cursor)
  if (accept(cursor, '...')) return { ellipsis: true, span }
  const { bound, open } = boundIndex(cursor, expression)
  if (open) throw unexpected(cursor, '.. and the last value')
  return bound
}

function block(cursor: Cursor, line: Line): Statement {
  const { start } = take(cursor).span
  const name = requireName(cursor, 'the name of the block')
  const params = parameters(cursor)
  expect(cursor, ':', ': after the block header')
  const end = peek(cursor)
  if (end.kind !== 'line' && end.kind !== 'end') throw unexpected(cursor, 'the end of the line')
  const ahead = peek(cursor, remarkRun(cursor).length)
  if (ahead.kind !== 'line' || ahead.indent <= line.indent) throw emptyBlock(placeOf(cursor, name.span), name.text)
  const body = within(cursor, plain, () => statements(cursor, ahead.indent, true))
  return { kind: 'block', name, parameters: params, body, ...commentOf(line), span: spanFrom(cursor, start) }
}
