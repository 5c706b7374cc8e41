/** What all parts of the matrix printer share: the context, memory, and the budget. */
import type { Contraction, Expr, Index, Tensor } from '../../expression/index.ts'
import { children, open } from '../../expression/index.ts'
import type { Formula } from '../formula.ts'
import type { Mat } from './algebra.ts'

export interface MatrixContext {
  /** How a tensor is written; default its name. With `sample` it belongs to that sample, and the result must show it. */
  readonly nameOf?: (tensor: Tensor, sample: Formula | undefined) => Formula
  /** In Jacobian layout the derivative of a scalar by a vector is a row; in gradient layout (default) a column. */
  readonly layout?: 'gradient' | 'jacobian'
  /** The letter of a free sample index; default none, the index is hidden. */
  readonly sampleName?: (index: Index) => Formula | undefined
  /** Letters for sample indices that are summed over, the innermost first; default i, j, k. */
  readonly sampleLetters?: readonly string[]
}

/** The indices of the rows and columns of what is asked for. */
export interface Axes { readonly row?: Index | undefined; readonly column?: Index | undefined }

export interface Printer {
  readonly context: MatrixContext
  /** The form of an expression whose free indices are exactly the axes (sample indices apart). */
  readonly form: (e: Expr, axes: Axes) => Mat | null
  /** The form of an expression that may lack some of the axes; it is repeated along them. */
  readonly spread: (e: Expr, axes: Axes) => Mat | null
  /** The contraction with fresh indices, the same ones whenever it is asked. */
  readonly opened: (e: Contraction) => { readonly bound: readonly Index[]; readonly factors: readonly Expr[] }
  /** Letters of the sample indices that are summed over. */
  readonly letters: Map<Index, Formula>
  /** False once the budget is used up. */
  readonly step: () => boolean
  /** False once enough shorter forms were looked for; what is needed is still tried. */
  readonly explore: () => boolean
}

/** Free indices that are axes of matrices: not sample indices. */
export const axesOf = (e: Expr): readonly Index[] => e.free.filter(i => !i.sample)

export const given = (a: Axes): readonly Index[] => [a.row, a.column].filter(i => i !== undefined)

/** True when the free indices of the expression are exactly the axes. */
export const fits = (e: Expr, a: Axes): boolean => {
  const free = axesOf(e)
  const wanted = given(a)
  return a.row !== a.column ? free.length === wanted.length && wanted.every(i => free.includes(i)) : wanted.length === 0 && free.length === 0
}

const counts = new WeakMap<Expr, number>()
/** How many leaves the expression has when it is written out; at most about 2^50. */
export function leafCount(e: Expr): number {
  const known = counts.get(e)
  if (known !== undefined) return known
  const made = Math.min(2 ** 50, Math.max(1, children(e).reduce((n, x) => n + leafCount(x), 0)))
  counts.set(e, made)
  return made
}

/** Contractions opened once each. */
export function opener(): Printer['opened'] {
  const memory = new Map<Contraction, { bound: readonly Index[]; factors: readonly Expr[] }>()
  return e => {
    let made = memory.get(e)
    if (!made) memory.set(e, made = open(e))
    return made
  }
}
