/** Named tensors and derivatives as vectors and matrices. */
import type { Derivative, Expr, Index, Sym } from '../../expression/index.ts'
import { rational } from '../../shape/index.ts'
import type { Formula } from '../formula.ts'
import type { Mat, Shape, ShowSample } from './algebra.ts'
import { IDENTITY, leafM, onesM } from './build.ts'
import { type Axes, axesOf, type Printer } from './printer.ts'
import { hadamardM, productM, transposeM } from './products.ts'
import { toFormula } from './to-formula.ts'

interface Written { readonly write: (show: ShowSample) => Formula; readonly samples: readonly Index[] }

const position = (i: Index): Formula => ({ kind: 'number', value: rational(i.literal! + 1) })

/** The name of a tensor at its sample; undefined when only some of its axes are fixed. */
function named(e: Sym, p: Printer): Written | undefined {
  const { tensor } = e
  const axes = e.indices.slice(tensor.sample ? 1 : 0)
  const sample = tensor.sample ? e.indices[0] : undefined
  const fixed = axes.filter(i => i.literal !== undefined)
  if (fixed.length > 0 && fixed.length < axes.length) return undefined
  if (axes.some(i => i.sample) || (sample && !sample.sample && sample.literal === undefined)) return undefined
  const samples = sample?.sample ? [sample] : []
  return {
    samples,
    write: show => {
      const mark = sample === undefined ? undefined : sample.literal !== undefined ? position(sample) : show(sample)
      const base: Formula = p.context.nameOf?.(tensor, mark) ?? { kind: 'name', name: tensor.name }
      if (tensor.size) return { kind: 'size', size: tensor.size }
      const shown = mark && base.kind === 'name' ? mark : undefined
      return fixed.length > 0 || shown ? { kind: 'entry', base, indices: fixed.map(position), ...(shown ? { sample: shown } : {}) } : base
    },
  }
}

/** W[i, j] as W or Wᵀ, x[i] as x, a diagonal W[i, i] as (W ⊙ I)1. */
export function symbolForm(e: Sym, axes: Axes, p: Printer): Mat | null {
  const written = named(e, p)
  if (!written) return null
  const own = e.indices.slice(e.tensor.sample ? 1 : 0).filter(i => i.literal === undefined)
  if (own.length > 2) return null
  const shape: Shape = own.length === 0 ? 'scalar' : own.length === 1 ? 'column' : 'matrix'
  const leaf = leafM({ ...written, shape, size: e.tensor.size !== undefined, rank: e.tensor.rank, key: `${e.tensor.key}@${e.indices.map(i => (i.sample ? `s${i.id}` : i.literal ?? '')).join(',')}` })
  return placed(leaf, own, axes)
}

/** A leaf with these indices in the place that is asked for. */
function placed(leaf: Mat, own: readonly Index[], axes: Axes): Mat | null {
  const [a, b] = own
  if (a === undefined) return leaf
  if (b === undefined) return turned(leaf, axes)
  if (a === b) return turned(productM([hadamardM([leaf, IDENTITY]), onesM(a.size)]), axes)
  return axes.row === a && axes.column === b ? leaf : axes.row === b && axes.column === a ? transposeM(leaf) : null
}

/** A column or a row in the orientation that is asked for. */
export function turned(m: Mat, axes: Axes): Mat {
  const wanted = axes.row ? 'column' : 'row'
  return m.shape === wanted ? m : transposeM(m)
}

const isLeaf = (e: Expr): e is Sym => e.kind === 'symbol'

/** ∂E/∂x, ∂E/∂W, ∂y/∂x. */
export function derivativeForm(e: Derivative, axes: Axes, p: Printer): Mat | null {
  const by = named(e.by, p)
  const byAxes = e.by.indices.slice(e.by.tensor.sample ? 1 : 0).filter(i => i.literal === undefined)
  const ofAxes = axesOf(e.of)
  const order = ofAxes.length + byAxes.length
  if (!by || order > 2 || new Set([...ofAxes, ...byAxes]).size !== order) return null
  const of = isLeaf(e.of) ? named(e.of, p) : whole(e.of, ofAxes, p)
  if (!of) return null
  const shape: Shape = order === 0 ? 'scalar' : order === 2 ? 'matrix' : byAxes.length === 1 && p.context.layout === 'jacobian' ? 'row' : 'column'
  const own = ofAxes.length === 2 && isLeaf(e.of) ? e.of.indices.filter(i => i.literal === undefined && !i.sample) : [...ofAxes, ...byAxes]
  const leaf = leafM({
    shape, cost: 1.4, rank: e.by.tensor.rank, key: `∂${e.id}`, samples: [...of.samples, ...by.samples],
    write: show => ({ kind: 'partial', of: of.write(show), by: by.write(show) }),
  })
  return placed(leaf, own, axes)
}

/** The expression that a derivative is taken of, written out. */
function whole(e: Expr, axes: readonly Index[], p: Printer): Written | undefined {
  const m = p.form(e, { row: axes[0], column: axes[1] })
  return m ? { samples: [], write: show => toFormula(m, show) } : undefined
}

