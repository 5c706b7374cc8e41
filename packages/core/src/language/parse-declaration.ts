/** Declarations: `param W^(1)[n1, n0], A[n,n] = [[1,2],[2,5]] symmetric`, and the parameters of a block. */
import type { BlockParameter, DeclarationKind, Declared, Expression, Name, Statement } from './ast.ts'
import { accept, type Cursor, expect, isOperator, isWord, peek, plain, spanFrom, take, unexpected, within } from './cursor.ts'
import { condition, expression, indexArgs, list, requireName } from './parse-expression.ts'
import { reserved } from './pratt.ts'

/** The words that begin a declaration. */
export const declarationKinds: readonly DeclarationKind[] = ['dim', 'input', 'target', 'param', 'given', 'function', 'rate']

/** The declarations of one line; `input x, target y` are two. */
export function declarations(cursor: Cursor): readonly Statement[] {
  const result: Statement[] = []
  do {
    const start = peek(cursor).span.start
    const declaration = kindAt(cursor)
    if (declaration === undefined) throw unexpected(cursor, 'a declaration')
    take(cursor)
    const items = [declared(cursor)]
    while (isOperator(cursor, ',') && !startsKind(cursor, 1)) { take(cursor); items.push(declared(cursor)) }
    const when = optionalCondition(cursor)
    result.push({ kind: 'declare', declaration, items, ...when, span: spanFrom(cursor, start) })
  } while (accept(cursor, ','))
  return result
}

/** A trailing `if condition`. */
export function optionalCondition(cursor: Cursor): { when?: Expression } {
  if (!isWord(cursor, 'if')) return {}
  take(cursor)
  return { when: condition(cursor) }
}

function kindAt(cursor: Cursor, ahead = 0): DeclarationKind | undefined {
  return declarationKinds.find((kind) => isWord(cursor, kind, ahead))
}

/** Whether a keyword and a name stand `ahead`: behind a comma, `target y` begins a new declaration. */
function startsKind(cursor: Cursor, ahead: number): boolean {
  return kindAt(cursor, ahead) !== undefined && peek(cursor, ahead + 1).kind === 'name'
}

function declared(cursor: Cursor): Declared {
  const name = requireName(cursor, 'a name')
  const axes: Expression[] = []
  if (accept(cursor, '[')) {
    within(cursor, plain, () => axes.push(...list(cursor, ']', () => expression(cursor))))
    expect(cursor, ']')
  }
  const early = facts(cursor)
  const value = early.length === 0 && accept(cursor, '=') ? within(cursor, { ...plain, juxtaposition: false }, expression) : undefined
  if (value !== undefined && isOperator(cursor, '(')) throw unexpected(cursor, 'a comma, a fact or the end of the line', 'Write the product of a declared value with *.')
  const late = value === undefined ? early : facts(cursor)
  return { name, axes, ...(value === undefined ? {} : { value }), facts: late, span: spanFrom(cursor, name.span.start) }
}

/** Bare words such as `one-hot symmetric`. */
function facts(cursor: Cursor): readonly string[] {
  const result: string[] = []
  for (let token = peek(cursor); token.kind === 'name' && !reserved.has(token.name.text); token = peek(cursor)) {
    let fact = requireName(cursor, 'a fact').text
    while (isOperator(cursor, '-') && peek(cursor).glued && peek(cursor, 1).kind === 'name' && peek(cursor, 1).glued) {
      take(cursor)
      fact += `-${requireName(cursor, 'a fact').text}`
    }
    result.push(fact)
    // `class of 10`: the one fact that goes on with a number
    const next = peek(cursor)
    if (fact === 'of' && next.kind === 'number') { take(cursor); result.push(next.text) }
  }
  return result
}

/** The parameters of a block: `(x[..., C, H], filters, stride=1)`. */
export function parameters(cursor: Cursor): readonly BlockParameter[] {
  expect(cursor, '(', '( and the parameters')
  if (accept(cursor, ')')) return []
  const result = within(cursor, plain, () => list(cursor, ')', () => parameter(cursor)))
  expect(cursor, ')')
  return result
}

function parameter(cursor: Cursor): BlockParameter {
  const name: Name = requireName(cursor, 'the name of a parameter')
  const axes = accept(cursor, '[') ? { axes: indexArgs(cursor) } : {}
  const value = accept(cursor, '=') ? { value: expression(cursor) } : {}
  return { name, ...axes, ...value, span: spanFrom(cursor, name.span.start) }
}
