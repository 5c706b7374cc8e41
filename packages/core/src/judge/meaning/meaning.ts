/** What a piece of a page means: the entry of a tensor over ordered axes, in the expressions of the network. */
import { type Expr, freshLike, type Index, literalIndex, ONE_E, substitute } from '../../expression/index.ts'
import { constantS, isOne, printSize, type Size, ZERO } from '../../shape/index.ts'

/**
 * `axes` are those of the tensor in order; other free indices of `expr` are the sample index and index letters of the page.
 * A vector is a column unless `row`. Of a derivative, the first `split` axes are those of what is differentiated.
 */
export interface Meaning {
  readonly kind: 'tensor'
  readonly expr: Expr
  readonly axes: readonly Index[]
  readonly row: boolean
  readonly split?: number
  /** One name for several tensors of the network: a derivative by it is by all of them. */
  readonly shared?: true
  /** The identity matrix before its size is known. */
  readonly identity?: boolean
  /** A vector of ones (times `expr`) before its size is known. */
  readonly ones?: 'column' | 'row'
  /** A matrix that is the same along one axis, whose size is not known: v 1^T has equal columns. */
  readonly repeated?: 'columns' | 'rows'
}

/** `(32, 1024)`, `28 \times 28` read as a shape. */
export interface Tuple { readonly kind: 'tuple'; readonly items: readonly Meaning[] }

export type Content = Meaning | Tuple

export const scalar = (expr: Expr): Meaning => ({ kind: 'tensor', expr, axes: [], row: false })
export const column = (expr: Expr, axis: Index): Meaning => ({ kind: 'tensor', expr, axes: [axis], row: false })
export const tensor = (expr: Expr, axes: readonly Index[], row = false): Meaning => ({ kind: 'tensor', expr, axes, row })
export const identityMatrix: Meaning = { kind: 'tensor', expr: ONE_E, axes: [], row: false, identity: true }

export const onesVector: Meaning = { kind: 'tensor', expr: ONE_E, axes: [], row: false, ones: 'column' }

/** The entry of a meaning at these indices, one per axis. */
export const at = (m: Meaning, indices: readonly Index[]): Expr => substitute(m.expr, new Map(m.axes.map((a, k) => [a, indices[k]!])))

/** The same meaning over new axes, so that it can stand beside itself. */
export function renewed(m: Meaning): Meaning {
  if (m.axes.length === 0) return m
  const axes = m.axes.map(freshLike)
  return { ...m, expr: at(m, axes), axes }
}

export const sizesOf = (m: Meaning): readonly Size[] => m.axes.map(a => a.size)

const isUnit = (a: Index): boolean => isOne(a.size)

/** Whether two sizes are equal. */
export const sameSize = (a: Size, b: Size): boolean => a === b

/** Equal shapes, axis by axis. */
export const sameShape = (a: Meaning, b: Meaning): boolean => a.axes.length === b.axes.length && a.axes.every((x, k) => sameSize(x.size, b.axes[k]!.size))

/** The meaning without its axes of one entry: a 1 × 2 matrix is a row, a vector of one entry a scalar. */
export function squeezed(m: Meaning): Meaning {
  const kept = m.axes.filter(a => !isUnit(a))
  if (kept.length === m.axes.length) return m
  const row = kept.length === 1 && (m.axes.length === 2 ? m.axes[1] === kept[0] : m.row)
  return { ...tensor(substitute(m.expr, new Map(m.axes.filter(isUnit).map(a => [a, literalIndex(0)]))), kept, row), ...(m.split === undefined ? {} : { split: m.axes.slice(0, m.split).filter(a => !isUnit(a)).length }) }
}

/** `a number`, `a row of n2 entries`, `n1 × n0`. */
export function shapeText(m: Meaning): string {
  if (m.ones) return `a ${m.ones} of ones`
  if (m.axes.length === 0) return m.identity ? 'the identity' : 'a number'
  if (m.axes.length === 1) return `a ${m.row ? 'row' : 'column'} of ${printSize(m.axes[0]!.size)} ${m.axes[0]!.size.value === 1 ? 'entry' : 'entries'}`
  return m.axes.map(a => printSize(a.size)).join(' × ')
}

/** True for the number 0. */
export const isZero = (m: Meaning): boolean => m.expr.kind === 'number' && m.expr.value.n === ZERO.n

/** A size as a number, when it is one. */
export const sizeNumber = (s: Size): number | undefined => { const c = constantS(s); return c && c.d === 1n ? Number(c.n) : undefined }
