/** What an expression of the text means: an entry with its ordered axes. */
import { type Expr, freshIndex, type Index, substitute } from '../expression/index.ts'
import { printSize, type Size } from '../shape/index.ts'

/**
 * A tensor written by its entry. `axes` are its axes in order, without the sample axis; other free indices of `expr`
 * are the sample index and letters that the text binds around it. A transposed vector is a `row`.
 */
export interface Value { readonly expr: Expr; readonly axes: readonly Index[]; readonly row: boolean }

export const scalar = (expr: Expr): Value => ({ expr, axes: [], row: false })
export const tensor = (expr: Expr, axes: readonly Index[]): Value => ({ expr, axes, row: false })

/** New indices for axes of these sizes. */
export const freshAxes = (sizes: readonly Size[], hints?: readonly string[]): Index[] => sizes.map((s, k) => freshIndex(hints?.[k] ?? '', s))

/** The entry of a value at the given indices, one per axis. */
export const at = (v: Value, indices: readonly Index[]): Expr => substitute(v.expr, new Map(v.axes.map((a, k) => [a, indices[k]!])))

export const sizesOf = (v: Value): readonly Size[] => v.axes.map(a => a.size)

/** `n1 × n0`; `a scalar` for none. */
export const shapeText = (sizes: readonly Size[]): string => (sizes.length === 0 ? 'a scalar' : sizes.map(s => printSize(s)).join(' × '))

/** `is a scalar`, `is a vector of n0 entries`, `is n1 × n0`. */
export function isShape(sizes: readonly Size[], row = false): string {
  if (sizes.length === 1) return `is a ${row ? 'row' : 'vector'} of ${printSize(sizes[0]!)} ${sizes[0]!.value === 1 ? 'entry' : 'entries'}`
  return `is ${shapeText(sizes)}`
}
