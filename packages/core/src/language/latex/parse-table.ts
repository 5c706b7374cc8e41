/** Cases and matrices: rows of cells. */
import type { CasesNode, Latex, MatrixNode, Span } from './ast.ts'
import { type Cursor, inside, isAt, made, peek, placesOf, spanFrom, take, unexpected, within } from './cursor.ts'
import { environmentKind } from './environments.ts'
import { clause } from './parse-clause.ts'

/** An environment of cases or a matrix; `vmatrix` is a determinant, written with bars. */
export function table(cursor: Cursor): Latex {
  const { text } = peek(cursor)
  if (environmentKind(text) !== 'matrix') return tableRows(cursor, 'cases')
  const matrix = tableRows(cursor, 'matrix')
  if (text !== 'vmatrix' && text !== 'Vmatrix') return matrix
  return made(cursor, { kind: 'norm', span: matrix.span, own: [], bars: text === 'vmatrix' ? 1 : 2, inner: matrix })
}

/** The rows of an environment, whatever its name, as cases or as a matrix. */
export function tableRows(cursor: Cursor, kind: 'cases' | 'matrix'): Latex {
  const begin = take(cursor)
  const own = [...placesOf(begin)]
  const node = within(cursor, { ...inside, parted: kind === 'cases' }, (): CasesNode | MatrixNode => {
    const rows = kind === 'cases' ? { kind, rows: eachRow(cursor, own, caseRow) } : { kind, rows: eachRow(cursor, own, matrixRow) }
    if (!isAt(cursor, 'end')) throw unexpected(cursor, `an operator, \\\\ or \\end{${begin.text}}`)
    own.push(...placesOf(take(cursor)))
    return { ...rows, span: spanFrom(cursor, begin.span.start), own }
  })
  return made(cursor, node)
}

function eachRow<Row>(cursor: Cursor, own: Span[], row: (cursor: Cursor, own: Span[]) => Row): readonly Row[] {
  const rows: Row[] = []
  while (!isAt(cursor, 'end')) {
    if (isAt(cursor, 'row')) { own.push(...placesOf(take(cursor))); continue }
    rows.push(row(cursor, own))
    if (!isAt(cursor, 'row')) break
  }
  if (rows.length === 0) throw unexpected(cursor, 'an expression')
  return rows
}

/** `a & \text{if } i = j`, `a, \quad i = j`, `a \text{ if } i = j`, `a` */
function caseRow(cursor: Cursor, own: Span[]): CasesNode['rows'][number] {
  while (isAt(cursor, 'align')) own.push(...placesOf(take(cursor)))
  const value = within(cursor, cursor.mode, () => cursor.grammar.relation(cursor))
  passMarks(cursor, own)
  const { start } = peek(cursor).span
  const conditions: Latex[] = []
  const commas: Span[] = []
  while (!isRowEnd(cursor)) {
    conditions.push(...clause(cursor))
    passMarks(cursor, commas)
  }
  const last = conditions.at(-1)?.span.end ?? 0
  own.push(...commas.filter((span) => span.start >= last))
  const between = commas.filter((span) => span.start < last)
  if (conditions.length === 0) return { value }
  if (conditions.length === 1) return { value, condition: conditions[0]! }
  return { value, condition: made(cursor, { kind: 'list', span: { start, end: last }, own: between, items: conditions }) }
}

function isRowEnd(cursor: Cursor): boolean { return isAt(cursor, 'row') || isAt(cursor, 'end') }

/** Commas, full stops and alignment between a value and its condition. */
function passMarks(cursor: Cursor, own: Span[]): void {
  while (isAt(cursor, 'comma') || isAt(cursor, 'align') || isAt(cursor, 'point', '.')) own.push(...placesOf(take(cursor)))
}

function matrixRow(cursor: Cursor, own: Span[]): readonly Latex[] {
  const cells: Latex[] = []
  for (;;) {
    cells.push(isAt(cursor, 'align') || isRowEnd(cursor) ? emptyCell(cursor) : within(cursor, cursor.mode, () => cursor.grammar.content(cursor, -1)))
    if (!isAt(cursor, 'align')) return cells
    own.push(...placesOf(take(cursor)))
  }
}

/** A cell that is left empty. */
function emptyCell(cursor: Cursor): Latex {
  const { start } = peek(cursor).span
  return made(cursor, { kind: 'text', span: { start, end: start }, own: [], text: '' })
}
