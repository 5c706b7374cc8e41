/**
 * Products as they are meant: by shapes. Juxtaposition and dots are the product of matrices, or of two columns their sum of
 * products; a star is entry by entry where the shapes are equal; ⊙ always is. Where several fit, the run chooses.
 */
import { contract, divide, type Expr, freshLike, multiply } from '../../expression/index.ts'
import type { ProductNode, ProductOperator } from '../../language/latex/ast.ts'
import type { Span } from '../../language/ast.ts'
import { at, isZero, type Meaning, renewed, sameShape, sameSize, scalar, shapeText, squeezed, tensor } from './meaning.ts'
import { isUnsized, unsizedProduct } from './ones.ts'
import { guarded } from './guarded.ts'
import { ReadingProblem, type Run } from './run.ts'

type Way = (a: Meaning, b: Meaning) => Meaning | undefined

/** sum over the last axis of a and the first of b, where their shapes allow a product of matrices. */
export function matrixProduct(a: Meaning, b: Meaning): Meaning | undefined {
  if (a.axes.length === 0 || b.axes.length === 0) return undefined
  const columnA = a.axes.length === 1 && !a.row
  if (columnA && b.axes.length === 1 && b.row) return tensor(multiply(a.expr, b.expr), [...a.axes, ...b.axes])
  if (columnA || (b.axes.length === 1 && b.row)) return undefined
  const [last, first] = [a.axes.at(-1)!, b.axes[0]!]
  if (!sameSize(last.size, first.size)) return undefined
  const j = freshLike(last)
  const axes = [...a.axes.slice(0, -1), ...b.axes.slice(1)]
  const expr = contract([j], [at(a, [...a.axes.slice(0, -1), j]), at(b, [j, ...b.axes.slice(1)])])
  return { ...tensor(expr, axes, axes.length === 1 && a.axes.length === 1), ...(a.split !== undefined ? { split: Math.min(a.split, axes.length) } : {}) }
}

/** The chain rule's product: the axes by which a is differentiated, summed with those of what b differentiates. */
const chained: Way = (a, b) => {
  if (b.split === undefined || b.split < 2 || a.axes.length < b.split) return undefined
  const from = a.axes.length - b.split
  if (!b.axes.slice(0, b.split).every((x, k) => sameSize(x.size, a.axes[from + k]!.size))) return undefined
  const inner = b.axes.slice(0, b.split).map(freshLike)
  const axes = [...a.axes.slice(0, from), ...b.axes.slice(b.split)]
  return tensor(contract(inner, [at(a, [...a.axes.slice(0, from), ...inner]), at(b, [...inner, ...b.axes.slice(b.split)])]), axes)
}

/** u . v of two columns, or of two rows. */
const dot: Way = (a, b) => {
  if (a.axes.length !== 1 || b.axes.length !== 1 || a.row !== b.row || !sameSize(a.axes[0]!.size, b.axes[0]!.size)) return undefined
  const j = freshLike(a.axes[0]!)
  return scalar(contract([j], [at(a, [j]), at(b, [j])]))
}

const entrywise: Way = (a, b) => (sameShape(a, b) && (a.axes.length !== 1 || a.row === b.row) ? { kind: 'tensor', expr: multiply(a.expr, at(b, a.axes)), axes: a.axes, row: a.row } : undefined)

/** Entry by entry, of vectors alone: two matrices side by side are a product of matrices. */
const vectorsEntrywise: Way = (a, b) => (a.axes.length === 1 ? entrywise(a, b) : undefined)

const scaled: Way = (a, b) => (a.axes.length === 0 ? { ...b, expr: multiply(a.expr, b.expr) } : b.axes.length === 0 ? { ...a, expr: multiply(a.expr, b.expr) } : undefined)

/** u ⊗ v = u v^T */
const outer: Way = (a, b) => (a.axes.length === 1 && b.axes.length === 1 ? tensor(multiply(a.expr, b.expr), [...a.axes, ...b.axes]) : undefined)

const WAYS: Readonly<Record<Exclude<ProductOperator, 'slash' | 'oslash'>, readonly Way[]>> = {
  juxtapose: [chained, matrixProduct, dot, vectorsEntrywise],
  cdot: [chained, matrixProduct, dot, vectorsEntrywise],
  times: [chained, matrixProduct, vectorsEntrywise, dot],
  star: [entrywise, chained, matrixProduct, dot],
  odot: [entrywise],
  otimes: [outer],
}

/** The product of two meanings; undefined where no way fits their shapes. */
export function product(a: Meaning, b: Meaning, operator: ProductOperator, span: Span, run: Run): Meaning | undefined {
  if (isUnsized(a) || isUnsized(b)) return unsizedProduct(a, b, operator)
  if (operator === 'slash' || operator === 'oslash') return quotient(a, b, span)
  const one = guardedWay(scaled, a, b, span)
  if (one) return one
  const right = renewed(b)
  const found = WAYS[operator].flatMap(way => { const made = guardedWay(way, a, right, span); return made ? [{ way, made }] : [] })
  if (found.length > 0) {
    const { way, made } = found[found.length > 1 ? run.choose(found.length) : 0]!
    if (way === vectorsEntrywise) run.grant('a product of two vectors is meant entry by entry')
    if (way === dot && operator === 'juxtapose') run.note('two vectors side by side are read as their dot product')
    return made
  }
  // a matrix of one row or column beside a vector
  const [x, y] = [squeezed(a), squeezed(b)]
  return x.axes.length < a.axes.length || y.axes.length < b.axes.length ? product(x, y, operator, span, run) : undefined
}

function guardedWay(way: Way, a: Meaning, b: Meaning, span: Span): Meaning | undefined {
  let made: Meaning | undefined
  guarded((): Expr => { made = way(a, b); return made?.expr ?? a.expr }, span)
  return made
}

/** a / b: by a number, or entry by entry. */
function quotient(a: Meaning, b: Meaning, span: Span): Meaning | undefined {
  if (isZero(b)) throw new ReadingProblem('form', 'This divides by zero.', span)
  if (b.axes.length === 0) return { ...a, expr: guarded(() => divide(a.expr, b.expr), span) }
  if (a.axes.length === 0) return { ...b, expr: guarded(() => divide(a.expr, b.expr), span) }
  if (!sameShape(a, b) || (a.axes.length === 1 && a.row !== b.row)) return undefined
  return { ...a, expr: guarded(() => divide(a.expr, at(b, a.axes)), span) }
}

/** How tightly an operator binds: `W^T d ⊙ g` is (W^T d) ⊙ g. */
const LOOSE: ReadonlySet<ProductOperator> = new Set(['odot', 'oslash'])

/**
 * A product of several factors: from the left, ⊙ last. Where shapes do not fit that way, from the right
 * (`a ⊙ W · x` is a ⊙ (W x)), and from the left without regard to ⊙.
 */
export function productOf(e: ProductNode, factors: readonly Meaning[], run: Run): Meaning {
  let problem: ReadingProblem | undefined
  for (const group of [looseLast, fromTheLeft, fromTheRight]) {
    try {
      return group(e, factors, run)
    } catch (error) {
      if (!(error instanceof ReadingProblem) || (error.sort !== 'shape' && error.sort !== 'form')) throw error
      problem ??= error
    }
  }
  throw problem!
}

const pairSpan = (e: ProductNode, from: number, to: number): Span => ({ start: e.factors[from]!.span.start, end: e.factors[to]!.span.end })

function joined(a: Meaning, b: Meaning, e: ProductNode, k: number, from: number, to: number, run: Run): Meaning {
  const made = product(a, b, e.operators[k]!, pairSpan(e, from, to), run)
  // what takes its size from elsewhere may fit in a way that is not read here
  if (!made) throw new ReadingProblem(isUnsized(a) || isUnsized(b) ? 'form' : 'shape', `${shapeText(a)} times ${shapeText(b)}${LOOSE.has(e.operators[k]!) ? ' entry by entry' : ''} does not fit.`, pairSpan(e, from, to))
  return made
}

function fromTheLeft(e: ProductNode, factors: readonly Meaning[], run: Run): Meaning {
  return factors.slice(1).reduce((a, b, k) => joined(a, b, e, k, 0, k + 1, run), factors[0]!)
}

function fromTheRight(e: ProductNode, factors: readonly Meaning[], run: Run): Meaning {
  const last = factors.length - 1
  let made = factors[last]!
  for (let k = last - 1; k >= 0; k--) made = joined(factors[k]!, made, e, k, k, last, run)
  return made
}

function looseLast(e: ProductNode, factors: readonly Meaning[], run: Run): Meaning {
  let total: Meaning | undefined
  let [operator, start] = [-1, 0]
  for (let k = 0; k < factors.length;) {
    let made = factors[k]!
    const from = k
    while (k < e.operators.length && !LOOSE.has(e.operators[k]!)) { made = joined(made, factors[k + 1]!, e, k, from, k + 1, run); k++ }
    total = total ? joined(total, made, e, operator, start, k, run) : made
    operator = k
    start = 0
    k++
  }
  return total!
}

