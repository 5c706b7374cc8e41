/** The matrix form of an expression: transposes, diag, ⊙, outer products; null where there is none. */
import { asDelta, type Expr, type Index, type Sum } from '../../expression/index.ts'
import { ONE } from '../../shape/index.ts'
import type { Formula } from '../formula.ts'
import { cheaper, type Mat } from './algebra.ts'
import { IDENTITY, numberM, onesM, scaledM } from './build.ts'
import { applyForm, powerForm } from './entrywise.ts'
import { factoredSum } from './factor.ts'
import { derivativeForm, symbolForm } from './leaves.ts'
import { type Axes, axesOf, fits, given, leafCount, type MatrixContext, opener, type Printer } from './printer.ts'
import { productM, transposeM } from './products.ts'
import { asChain } from './rows.ts'
import { contractionForm } from './term.ts'
import { toFormula } from './to-formula.ts'

export type { MatrixContext } from './printer.ts'

/** Longer formulas are not worth reading. */
const LONGEST = 400
const LEAVES = 1000
const STEPS = 5000
const EXPLORED = 100

/**
 * The formula of expr as a matrix (row and column given), a column (row), a row (column) or a scalar (none).
 * A free sample index is hidden. Null when there is no matrix form: entries with three indices, windows, max.
 */
export function matrixForm(expr: Expr, axes: { readonly row?: Index; readonly column?: Index }, context: MatrixContext = {}): Formula | null {
  const free = axesOf(expr)
  if (leafCount(expr) > LEAVES) return null
  const shown = (i: Index) => context.sampleName?.(i)
  if (free.some(i => i !== axes.row && i !== axes.column) || (axes.row !== undefined && axes.row === axes.column)) return null
  if (expr.free.filter(i => i.sample && shown(i) === undefined).length > 1) return null
  const p = printer(context)
  const m = p.spread(expr, axes)
  const chained = m && context.layout === 'jacobian' && axes.column && !axes.row ? asChain(m) : m
  return chained && toFormula(chained, i => shown(i) ?? p.letters.get(i))
}

function printer(context: MatrixContext): Printer {
  const memory = new Map<Expr, { axes: Axes; made: Mat | null }[]>()
  let steps = 0
  let explored = 0
  const p: Printer = {
    context,
    letters: new Map(),
    opened: opener(),
    step: () => ++steps < STEPS,
    explore: () => ++explored < EXPLORED,
    form: (e, axes) => {
      const known = memory.get(e) ?? []
      const found = known.find(k => k.axes.row === axes.row && k.axes.column === axes.column)
      if (found) return found.made
      const made = p.step() && fits(e, axes) ? bounded(formOf(e, axes, p)) : null
      memory.set(e, [...known, { axes, made }])
      return made
    },
    spread: (e, axes) => spread(e, axes, p),
  }
  return p
}

const bounded = (m: Mat | null): Mat | null => (m && m.cost <= LONGEST ? m : null)

function formOf(e: Expr, axes: Axes, p: Printer): Mat | null {
  switch (e.kind) {
    case 'number': return numberM(e.value)
    case 'symbol': return symbolForm(e, axes, p)
    case 'sum': return sumForm(e, axes, p)
    case 'contraction': return contractionForm(e, axes, p)
    case 'selector': return asDelta(e)?.b && axes.row && axes.column ? IDENTITY : null
    case 'apply': return applyForm(e, axes, p)
    case 'power': return powerForm(e, axes, p)
    case 'reduce': return null
    case 'derivative': return derivativeForm(e, axes, p)
  }
}

/** The terms in the same orientation; a row also as the transpose of the column. */
function sumForm(e: Sum, axes: Axes, p: Printer): Mat | null {
  const full = e.terms.some(t => axesOf(t).length === 2 && t.kind !== 'selector')
  const terms = (a: Axes) => {
    const list = e.terms.map(t => (full && axesOf(t).length === 0 && a.row && a.column ? constant(t, a.row, a.column, p) : p.spread(t, a)))
    return list.every(m => m !== null) ? factoredSum(list) : null
  }
  const straight = terms(axes)
  if (given(axes).length === 0) return straight
  const turned = terms({ row: axes.column, column: axes.row })
  return cheaper(straight, turned && transposeM(turned))
}

/** A scalar as a multiple of the matrix of ones. */
function constant(e: Expr, row: Index, column: Index, p: Printer): Mat | null {
  const m = p.form(e, {})
  return m && scaledM(ONE, [m], [], onesM(row.size, column.size))
}

/** An expression that lacks some axes is repeated along them: c·1, v1ᵀ, 1vᵀ. */
function spread(e: Expr, axes: Axes, p: Printer): Mat | null {
  const free = axesOf(e)
  const { row, column } = axes
  if (fits(e, axes)) return p.form(e, axes)
  if (free.some(i => i !== row && i !== column)) return null
  const own = p.form(e, free.length === 0 ? {} : free[0] === row ? { row } : { column })
  if (!own) return null
  const ones = (i: Index) => onesM(i.size)
  if (row && column) return productM(free.length === 0 ? [own, ones(row), transposeM(ones(column))] : free[0] === row ? [own, transposeM(ones(column))] : [ones(row), own])
  return scaledM(ONE, [own], [], row ? ones(row) : transposeM(ones(column!)))
}
