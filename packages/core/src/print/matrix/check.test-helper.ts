/** Prints an expression in matrix form and compares the value of what is printed with the value of the expression. */
import { type Expr, freshIndex, type Index, type ScalarFunction, type Tensor } from '../../expression/index.ts'
import { size, type Size, sizeSymbol } from '../../shape/index.ts'
import type { Formula } from '../formula.ts'
import { renderText } from '../text.ts'
import { sizeAt, tensorsIn, valueOf, type World } from './evaluate-expression.test-helper.ts'
import { matrixOf } from './evaluate-formula.test-helper.ts'
import { type MatrixContext, matrixForm } from './index.ts'

export interface Axes { readonly row?: Index; readonly column?: Index }

/** A tensor of these sizes; numbers, or names of sizes. With `m` as sample size when it has one per sample. */
let rank = 0
export function tensor(name: string, axes: readonly (number | Size)[], sample = false): Tensor {
  const sizes = axes.map(a => (typeof a === 'number' ? size(a) : a))
  return { key: name, name, axes: sample ? [sizeSymbol('m'), ...sizes] : sizes, sample, rank: ++rank }
}
export const axis = (name: string, n: number): Index => freshIndex(name, size(n))
export const sampleAxis = (name = 's'): Index => freshIndex(name, sizeSymbol('m'), true)
export const fn = (name: string, abstract = false): ScalarFunction => ({ name, arity: 1, abstract, partials: [] })
export const primed = (f: ScalarFunction): ScalarFunction => ({ ...f, partials: [...f.partials, 0] })

export function world(seed: number, positive = true): World {
  return { seed, positive, memory: new Map(), functions: {}, dims: { m: 3, n: 4 } }
}

/** The greatest relative difference between formula and expression over all entries (and all samples of a free one). */
export function difference(f: Formula, e: Expr, axes: Axes, w: World, context: MatrixContext = {}): number {
  const free = e.free.find(i => i.sample)
  const rows = axes.row ? sizeAt(axes.row.size, w) : 1
  const columns = axes.column ? sizeAt(axes.column.size, w) : 1
  let worst = 0
  for (let s = 0; s < (free ? 2 : 1); s++) {
    const got = matrixOf(f, rows, columns, w, { tensors: tensorsIn(e), rows: context.layout === 'jacobian' }, free ? s : undefined)
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) {
      const env = new Map<Index, number>()
      if (axes.row) env.set(axes.row, i)
      if (axes.column) env.set(axes.column, j)
      if (free) env.set(free, s)
      const want = valueOf(e, env, w)
      if (!(Math.abs(want) < 1e12)) continue
      const d = Math.abs(got[i]![j]! - want) / (1 + Math.abs(want))
      worst = Math.max(worst, Number.isNaN(d) ? Infinity : d)
    }
  }
  return worst
}

/** The text of the matrix form, after its value was compared at two points; `null` when there is none. */
export function printed(e: Expr, axes: Axes, context: MatrixContext = {}): string | null {
  const f = matrixForm(e, axes, context)
  if (!f) return null
  const text = renderText(f)
  for (const seed of [1, 2]) {
    const d = difference(f, e, axes, world(seed), context)
    if (!(d < 1e-9)) throw new Error(`${text} differs from its expression by ${d}`)
  }
  return text
}
