/**
 * What has no size of its own: the identity, vectors of ones, vectors repeated by them. M 1 sums the rows of M, 1^T M its
 * columns, v 1^T repeats v; I takes the size of what it stands beside.
 */
import { contract, delta, divide, type Expr, freshIndex, multiply, substitute, ZERO } from '../../expression/index.ts'
import type { ProductOperator } from '../../language/latex/ast.ts'
import type { Span } from '../../language/ast.ts'
import type { Size } from '../../shape/index.ts'
import { type Meaning, tensor } from './meaning.ts'
import { ReadingProblem } from './run.ts'

export const isUnsized = (m: Meaning): boolean => m.identity === true || m.ones !== undefined || m.repeated !== undefined

/** The meaning, where its size is its own. Throws a ReadingProblem for what takes its size from elsewhere. */
export function sized(m: Meaning, span: Span): Meaning {
  if (isUnsized(m)) throw new ReadingProblem('form', m.identity ? 'How large the identity is cannot be told here.' : 'How many ones these are cannot be told here.', span)
  return m
}

/** A product in which something has no size of its own; undefined where it does not fit. */
export function unsizedProduct(a: Meaning, b: Meaning, operator: ProductOperator): Meaning | undefined {
  const isNumber = (m: Meaning): boolean => m.axes.length === 0 && !isUnsized(m)
  if (operator === 'slash' || operator === 'oslash') return unsizedQuotient(a, b, isNumber)
  if (isNumber(a)) return { ...b, expr: multiply(a.expr, b.expr) }
  if (isNumber(b)) return { ...a, expr: multiply(a.expr, b.expr) }
  const entrywise = operator === 'odot' || operator === 'star'
  if (operator === 'otimes') return undefined
  if (a.identity || b.identity) return withIdentity(a, b, operator === 'odot')
  return withOnes(a, b, entrywise)
}

/** c I / d keeps the identity, 1 / x is entry by entry. */
function unsizedQuotient(a: Meaning, b: Meaning, isNumber: (m: Meaning) => boolean): Meaning | undefined {
  const expr = (): Expr => divide(a.expr, b.expr)
  if (isNumber(b)) return { ...a, expr: expr() }
  if (a.identity || b.identity || a.repeated || b.repeated) return undefined
  if (a.ones) return goesWith(a.ones, b) ? { ...b, expr: expr() } : undefined
  return b.ones && goesWith(b.ones, a) ? { ...a, expr: expr() } : undefined
}

/** Ones stand entry by entry beside a vector of their own orientation alone. */
export const goesWith = (ones: 'column' | 'row', m: Meaning): boolean => (m.ones ? m.ones === ones : !isUnsized(m) && m.axes.length === 1 && m.row === (ones === 'row'))

/** I M is M, entry by entry the diagonal of M. */
function withIdentity(a: Meaning, b: Meaning, entrywise: boolean): Meaning | undefined {
  const [eye, other] = a.identity ? [a, b] : [b, a]
  if (other.repeated) return undefined
  const scaled = { ...other, expr: multiply(eye.expr, other.expr) }
  if (other.identity) return scaled
  if (entrywise) {
    const [r, c] = other.axes
    return other.axes.length === 2 && r!.size === c!.size ? { ...other, expr: multiply(scaled.expr, delta(r!, c!)) } : undefined
  }
  const row = other.ones ? other.ones === 'row' : other.row
  const isVector = other.axes.length === 1 || other.ones !== undefined
  return isVector && row !== (eye === b) ? undefined : scaled
}

/** A product with a vector of ones, or with a matrix that one made; undefined where it does not fit. */
function withOnes(a: Meaning, b: Meaning, entrywise: boolean): Meaning | undefined {
  if (a.repeated || b.repeated) return entrywise ? repeatedOver(a, b) : undefined
  if (entrywise) {
    const [ones, other] = a.ones ? [a.ones, b] : [b.ones!, a]
    return goesWith(ones, other) ? { ...other, expr: multiply(a.expr, b.expr) } : undefined
  }
  if (b.ones === 'column' && !a.ones && (a.axes.length === 2 || (a.axes.length === 1 && a.row))) return summed(a, b, a.axes.length - 1)
  if (a.ones === 'row' && !b.ones && (b.axes.length === 2 || (b.axes.length === 1 && !b.row))) return { ...summed(b, a, 0), row: b.axes.length === 2 }
  if (b.ones === 'row' && !a.ones && a.axes.length === 1 && !a.row) return { kind: 'tensor', expr: multiply(a.expr, b.expr), axes: a.axes, row: false, repeated: 'columns' }
  if (a.ones === 'column' && !b.ones && b.axes.length === 1 && b.row) return { kind: 'tensor', expr: multiply(a.expr, b.expr), axes: b.axes, row: true, repeated: 'rows' }
  return undefined
}

/** Terms of one kind that have no size of their own, added; undefined for different kinds. */
export function unsizedSum(terms: readonly Meaning[], expr: () => Expr): Meaning | undefined {
  const lead = terms.find(isUnsized)!
  const fits = (t: Meaning): boolean => {
    if (t.identity || lead.identity) return t.identity === lead.identity
    if (!isUnsized(t)) return t.axes.length === 0
    return t.ones === lead.ones && t.repeated === lead.repeated && t.row === lead.row && t.axes.every((a, k) => a.size === lead.axes[k]?.size)
  }
  return terms.every(fits) ? { ...lead, expr: expr() } : undefined
}

/** A full matrix of the sizes that the terms of a sum give together: I - 1 v^T is as large as v both ways. */
export function sizedTogether(terms: readonly Meaning[]): Meaning | undefined {
  const sizeOf = (which: Meaning['repeated']): Size | undefined => terms.find(t => t.repeated === which)?.axes[0]!.size
  const square = terms.some(t => t.identity)
  const [rows, columns] = [sizeOf('columns'), sizeOf('rows')]
  const [r, c] = [rows ?? (square ? columns : undefined), columns ?? (square ? rows : undefined)]
  return r && c && tensor(ZERO, [freshIndex('', r), freshIndex('', c)])
}

function summed(m: Meaning, ones: Meaning, axis: number): Meaning {
  return { kind: 'tensor', expr: multiply(ones.expr, contract([m.axes[axis]!], [m.expr])), axes: m.axes.filter((_, k) => k !== axis), row: false }
}

/** The expression of a repeated matrix over the axes of a full one. */
export function overAxes(m: Meaning, full: Meaning): Meaning['expr'] | undefined {
  const axis = m.repeated === 'columns' ? full.axes[0] : full.axes[1]
  if (full.axes.length !== 2 || isUnsized(full) || !axis || axis.size !== m.axes[0]!.size) return undefined
  return substitute(m.expr, new Map([[m.axes[0]!, axis]]))
}

function repeatedOver(a: Meaning, b: Meaning): Meaning | undefined {
  const [m, full] = a.repeated ? [a, b] : [b, a]
  const expr = overAxes(m, full)
  return expr && { ...full, expr: multiply(full.expr, expr) }
}
