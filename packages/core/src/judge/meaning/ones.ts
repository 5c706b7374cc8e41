/** Vectors of ones: M 1 sums the rows of M, 1^T M its columns, v 1^T repeats v. */
import { contract, multiply, substitute } from '../../expression/index.ts'
import type { Meaning } from './meaning.ts'

/** A product with a vector of ones, or with a matrix that one made; undefined where it does not fit. */
export function withOnes(a: Meaning, b: Meaning, entrywise: boolean): Meaning | undefined {
  if (a.repeated || b.repeated) return entrywise ? repeatedOver(a, b) : undefined
  if (entrywise) return a.ones ? { ...b, expr: multiply(a.expr, b.expr) } : { ...a, expr: multiply(a.expr, b.expr) }
  if (b.ones === 'column' && !a.ones && (a.axes.length === 2 || (a.axes.length === 1 && a.row))) return summed(a, b, a.axes.length - 1)
  if (a.ones === 'row' && !b.ones && (b.axes.length === 2 || (b.axes.length === 1 && !b.row))) return { ...summed(b, a, 0), row: b.axes.length === 2 }
  if (b.ones === 'row' && !a.ones && a.axes.length === 1 && !a.row) return { kind: 'tensor', expr: multiply(a.expr, b.expr), axes: a.axes, row: false, repeated: 'columns' }
  if (a.ones === 'column' && !b.ones && b.axes.length === 1 && b.row) return { kind: 'tensor', expr: multiply(a.expr, b.expr), axes: b.axes, row: true, repeated: 'rows' }
  if (a.axes.length === 0 && !a.ones) return { ...b, expr: multiply(a.expr, b.expr) }
  if (b.axes.length === 0 && !b.ones) return { ...a, expr: multiply(a.expr, b.expr) }
  return undefined
}

function summed(m: Meaning, ones: Meaning, axis: number): Meaning {
  return { kind: 'tensor', expr: multiply(ones.expr, contract([m.axes[axis]!], [m.expr])), axes: m.axes.filter((_, k) => k !== axis), row: false }
}

/** The expression of a repeated matrix over the axes of a full one. */
export function overAxes(m: Meaning, full: Meaning): Meaning['expr'] | undefined {
  const axis = m.repeated === 'columns' ? full.axes[0] : full.axes[1]
  if (full.axes.length !== 2 || full.repeated || !axis || axis.size !== m.axes[0]!.size) return undefined
  return substitute(m.expr, new Map([[m.axes[0]!, axis]]))
}

function repeatedOver(a: Meaning, b: Meaning): Meaning | undefined {
  const [m, full] = a.repeated ? [a, b] : [b, a]
  const expr = overAxes(m, full)
  return expr && { ...full, expr: multiply(full.expr, expr) }
}
