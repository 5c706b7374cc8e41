/** Functions and powers entry by entry, and functions of whole tensors. */
import { type Apply, type Expr, negate, number, type Power, power } from '../../expression/index.ts'
import { isInteger, negR, ONE, signR } from '../../shape/index.ts'
import { type CallHead, cheaper, type Mat, type ScaledM, type Shape } from './algebra.ts'
import { callM, inverseM, leafM, powerM, scaledM } from './build.ts'
import { turned } from './leaves.ts'
import { type Axes, axesOf, type Printer } from './printer.ts'
import { hadamardM, transposeM } from './products.ts'
import { toFormula } from './to-formula.ts'

const shapeOf = (a: Axes): Shape => (a.row && a.column ? 'matrix' : a.row ? 'column' : a.column ? 'row' : 'scalar')

/** f in the wished orientation or, when shorter, the transpose of f in the other one; a row is a transposed column. */
function eitherWay(axes: Axes, f: (a: Axes) => Mat | null): Mat | null {
  if (axes.row === undefined && axes.column === undefined) return f(axes)
  const swapped = { row: axes.column, column: axes.row }
  const back = (m: Mat | null) => m && transposeM(m)
  if (axes.row === undefined) return back(f(swapped))
  return axes.column === undefined ? f(axes) : cheaper(back(f(swapped)), f(axes))
}

/** How a function is written, with the marks of its derivatives. */
export function headOf(e: Apply): CallHead {
  const { fn } = e
  const symbol = fn.symbol ? { symbol: fn.symbol } : {}
  return fn.arity === 1 ? { name: fn.name, primes: fn.partials.length, ...symbol } : { name: fn.name, primes: 0, ...(fn.partials.length > 0 ? { partials: fn.partials } : {}), ...symbol }
}

/** g(z), entry by entry. */
export function applyForm(e: Apply, axes: Axes, p: Printer): Mat | null {
  if (e.over.some(o => o.length > 0) || e.at.some(o => o.length > 0) || e.fn.whole) return wholeForm(e, axes, p)
  return eitherWay(axes, a => {
    const args = e.args.map(x => (axesOf(x).length === 0 ? p.form(x, {}) : p.spread(x, a)))
    return args.every(m => m !== null) ? callM(headOf(e), args, shapeOf(a)) : null
  })
}

/** cost(a, y) of whole tensors, its partial derivatives, X⁻¹, det(X). */
function wholeForm(e: Apply, axes: Axes, p: Printer): Mat | null {
  const args = e.args.map((x, k) => {
    const [row, column, more] = e.over[k] ?? []
    const missing = e.over[k]!.some(i => !x.free.includes(i))
    return more || missing || axesOf(x).some(i => i !== row && i !== column) ? null : p.form(x, { row, column })
  })
  if (!args.every(m => m !== null)) return null
  if (e.fn.whole) return knownWhole(e, args, axes)
  const at = e.at.flat().filter(i => !i.sample)
  if (e.fn.partials.length === 0) return at.length === 0 ? callM(headOf(e), args, 'scalar') : null
  const [k, more] = e.fn.partials
  if (more !== undefined || at.length > 2 || at.some(i => i.literal !== undefined) || new Set(at).size !== at.length) return null
  const cost = callM({ ...headOf(e), primes: 0, partials: [] }, args, 'scalar')
  const by = args[k!]!
  const leaf = leafM({
    shape: at.length === 0 ? 'scalar' : at.length === 1 ? (p.context.layout === 'jacobian' ? 'row' : 'column') : 'matrix',
    cost: 1.5 + cost.cost, rank: cost.rank, key: `∂${e.id}`, samples: [],
    write: show => ({ kind: 'partial', of: { kind: 'call', name: e.fn.name, primes: 0, args: args.map(a => toFormula(a, show)), ...(e.fn.symbol ? { symbol: e.fn.symbol } : {}) }, by: toFormula(by, show) }),
  })
  if (by.kind !== 'leaf') return null
  if (at.length < 2) return at.length === 0 ? leaf : turned(leaf, axes)
  return axes.row === at[0] && axes.column === at[1] ? leaf : transposeM(leaf)
}

function knownWhole(e: Apply, args: readonly Mat[], axes: Axes): Mat | null {
  const at = e.at.flat()
  if (at.length === 0) return callM(headOf(e), args, 'scalar')
  if (e.fn.name !== 'inverse' || at.length !== 2 || args[0]!.shape !== 'matrix' || at.some(i => i.literal !== undefined) || at[0] === at[1]) return null
  const inverse = inverseM(args[0]!)
  return axes.row === at[0] && axes.column === at[1] ? inverse : transposeM(inverse)
}

/** Of a sum and its negative the one that reads better: the earlier term first, x minus a repeated number. */
function betterSign(a: Mat | null, b: Mat | null): Mat | null {
  const first = (m: Mat) => (m.kind === 'sum' ? m.terms[0]! : m)
  if (!a || !b || Math.abs(a.cost - b.cost) > 0.01) return cheaper(a, b)
  const repeated = (m: Mat) => Number(first(m).kind === 'scaled' && (first(m) as ScaledM).body?.kind === 'ones')
  const later = first(a).rank === first(b).rank ? 0 : first(a).rank - first(b).rank
  const order = repeated(a) - repeated(b) || later || first(a).cost - first(b).cost || (a.key < b.key ? -1 : 1)
  return order <= 0 ? a : b
}

/** x², 1 ⊘ x, √x: powers entry by entry. */
export function powerForm(e: Power, axes: Axes, p: Printer): Mat | null {
  return eitherWay(axes, a => {
    const shape = shapeOf(a)
    if (e.exponent.kind === 'number' && signR(e.exponent.value) < 0) {
      const below = p.form(power(e.base, number(negR(e.exponent.value))), a)
      return below && (shape === 'scalar' ? scaledM(ONE, [], [below]) : hadamardM([], [below]))
    }
    const written = (x: Expr) => (axesOf(x).length === 0 ? p.form(x, {}) : p.spread(x, a))
    const even = e.base.kind === 'sum' && e.exponent.kind === 'number' && isInteger(e.exponent.value) && e.exponent.value.n % 2n === 0n
    const base = even ? betterSign(written(e.base), written(negate(e.base))) : written(e.base)
    const exponent = axesOf(e.exponent).length === 0 ? p.form(e.exponent, {}) : p.spread(e.exponent, a)
    if (!base || !exponent) return null
    const half = e.exponent.kind === 'number' && !isInteger(e.exponent.value) && e.exponent.value.n === 1n && e.exponent.value.d === 2n
    return half ? callM({ name: 'sqrt', primes: 0 }, [base], shape) : powerM(base, exponent, shape)
  })
}
