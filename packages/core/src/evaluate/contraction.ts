/** Contractions: selectors are solved for an index, then what is left is a sum of products of strided views. */
import type { Contraction, Expr, Index, Selector } from '../expression/index.ts'
import type { Rational, Size } from '../shape/index.ts'
import { type Affine, affineOf, rangeOf, type Solution, solve, substituteAffine } from './affine.ts'
import { addresses, type SizeOf, spread, type View, viewOf, volume } from './dense.ts'
import { einsum } from './einsum.ts'
import type { Field } from './field.ts'

/** Numbers of sizes at a point. */
export interface Sizes { readonly sizeOf: SizeOf; readonly numberOf: (s: Size) => Rational }

interface State<T> { views: View<T>[]; equations: Affine[]; bounds: Affine[]; placed: Solution[] }

const isSelector = (e: Expr): e is Selector => e.kind === 'selector'

/** The value of a contraction from the views of its factors that are not selectors. */
export function contraction<T>(e: Contraction, views: readonly View<T>[], sizes: Sizes, field: Field<T>): View<T> {
  const { sizeOf } = sizes
  const bound = new Set(e.bound)
  const selectors = e.factors.filter(isSelector)
  const state: State<T> = {
    views: [...views],
    equations: selectors.filter(s => s.relation === 'eq').map(s => affineOf(s, sizes.numberOf)),
    bounds: selectors.filter(s => s.relation === 'le').map(s => affineOf(s, sizes.numberOf)),
    placed: [],
  }
  const nothing = () => viewOf(e.free, e.free.map(sizeOf), field.alloc(volume(e.free.map(sizeOf))))
  const open = new Set([...e.free, ...e.bound])
  while (state.equations.length > 0) {
    if (state.equations.some(impossible)) return nothing()
    state.equations = state.equations.filter(q => q.terms.size > 0)
    const step = largest(state.equations, bound, sizeOf)
    if (!step) break
    open.delete(step.index)
    eliminate(state, step, bound.has(step.index), sizeOf, field)
  }
  for (const b of state.bounds) state.views.push(mask(b, sizeOf, field))
  const keep = new Set(e.free.filter(i => open.has(i)))
  for (const p of state.placed) for (const i of p.affine.terms.keys()) keep.add(i)
  const product = scaled(einsum(withIdle(state.views, [...open].filter(i => !keep.has(i)), sizeOf, field), keep, sizeOf, field), e.coefficient, field)
  return state.placed.length === 0 ? product : place(product, [...keep], state.placed, e.free, sizeOf, field)
}

function impossible(a: Affine): boolean {
  let g = 0
  for (const c of a.terms.values()) { let [x, y] = [Math.abs(c), g]; while (y) [x, y] = [y, x % y]; g = x }
  return g === 0 ? a.constant !== 0 : a.constant % g !== 0
}

/** The largest index that an equation can be solved for; one that is summed over counts double. */
function largest(equations: readonly Affine[], bound: ReadonlySet<Index>, sizeOf: SizeOf): Solution | undefined {
  let best: { a: Affine; index: Index } | undefined
  let most = -1
  for (const a of equations) for (const index of a.terms.keys()) {
    const gain = sizeOf(index) * (bound.has(index) ? 2 : 1)
    if (gain > most) { best = { a, index }; most = gain }
  }
  return best && solve(best.a, best.index)
}

/** Replaces an index everywhere: factors are gathered along it, and a free index is placed at the end. */
function eliminate<T>(state: State<T>, s: Solution, summed: boolean, sizeOf: SizeOf, field: Field<T>): void {
  const equation: Affine = { terms: new Map([...s.affine.terms, [s.index, -s.divisor]]), constant: s.affine.constant }
  const same = (a: Affine) => [-1, 1].some(sign => a.terms.size === equation.terms.size && a.constant === sign * equation.constant &&
    [...equation.terms].every(([i, c]) => a.terms.get(i) === sign * c))
  state.equations = state.equations.filter(a => !same(a)).map(a => substituteAffine(a, s))
  state.bounds = state.bounds.map(a => substituteAffine(a, s))
  state.placed = state.placed.map(p => {
    if (!p.affine.terms.has(s.index)) return p
    return { index: p.index, divisor: p.divisor * s.divisor, affine: substituteAffine(p.affine, s) }
  })
  if (!summed) state.placed.push(s)
  else if (!state.views.some(v => v.axes.includes(s.index))) state.views.push(constantAlong(s.index, sizeOf, field))
  state.views = state.views.map(v => (v.axes.includes(s.index) ? gather(v, s, sizeOf, field) : v))
}

function constantAlong<T>(index: Index, sizeOf: SizeOf, field: Field<T>): View<T> {
  const data = field.alloc(1)
  data[0] = field.one
  return { axes: [index], sizes: [sizeOf(index)], strides: [0], offset: 0, data }
}

/** Summed indices that no factor has count their positions. */
function withIdle<T>(views: readonly View<T>[], summed: readonly Index[], sizeOf: SizeOf, field: Field<T>): readonly View<T>[] {
  const idle = summed.filter(i => !views.some(v => v.axes.includes(i)))
  return idle.length === 0 ? views : [...views, ...idle.map(i => constantAlong(i, sizeOf, field))]
}

/**
 * The view with one index replaced by affine / divisor: the axis is laid out over all values of the affine form,
 * with zeros where it is out of range or not divisible; the new indices are strides along it.
 */
function gather<T>(view: View<T>, s: Solution, sizeOf: SizeOf, field: Field<T>): View<T> {
  const [low, high] = rangeOf(s.affine, sizeOf)
  const n = sizeOf(s.index)
  const axis = view.axes.indexOf(s.index)
  if (s.divisor === 1 && low >= 0 && high < n) return alongAffine(view, axis, s.affine, view.offset + s.affine.constant * view.strides[axis]!, sizeOf)
  const rest = view.axes.filter(i => i !== s.index)
  const sizes = rest.map(sizeOf)
  const from = spread(view, [...rest, s.index], [...sizes, n], field)
  const length = Math.max(0, high - low + 1)
  const rows = volume(sizes)
  const data = field.alloc(volume([rows, length]))
  for (let p = 0; p < n; p++) {
    const at = p * s.divisor - low
    if (at < 0 || at >= length) continue
    for (let r = 0; r < rows; r++) data[r * length + at] = from[r * n + p]!
  }
  const laid = viewOf([...rest, s.index], [...sizes, length], data)
  return alongAffine(laid, rest.length, s.affine, s.affine.constant - low, sizeOf)
}

function alongAffine<T>(view: View<T>, axis: number, affine: Affine, offset: number, sizeOf: SizeOf): View<T> {
  const strides = new Map(view.axes.map((i, k) => [i, view.strides[k]!]))
  strides.delete(view.axes[axis]!)
  for (const [i, c] of affine.terms) strides.set(i, (strides.get(i) ?? 0) + c * view.strides[axis]!)
  const axes = [...strides.keys()]
  return { axes, sizes: axes.map(sizeOf), strides: [...strides.values()], offset, data: view.data }
}

/** [affine <= 0] as numbers. */
export function mask<T>(a: Affine, sizeOf: SizeOf, field: Field<T>, holds = (x: number) => x <= 0): View<T> {
  const axes = [...a.terms.keys()]
  const sizes = axes.map(sizeOf)
  const values = addresses([...a.terms.values()], sizes, a.constant)
  const data = field.alloc(values.length)
  for (let k = 0; k < values.length; k++) if (holds(values[k]!)) data[k] = field.one
  return viewOf(axes, sizes, data)
}

function scaled<T>(view: View<T>, by: Rational, field: Field<T>): View<T> {
  if (by.n === 1n && by.d === 1n) return view
  const c = field.fromRational(by)
  const data = field.alloc(volume(view.sizes))
  const from = addresses(view.strides, view.sizes, view.offset)
  for (let k = 0; k < from.length; k++) data[k] = field.mul(c, view.data[from[k]!]!)
  return viewOf(view.axes, view.sizes, data)
}

/** Adds every entry at the position of the solved free indices. */
function place<T>(view: View<T>, from: readonly Index[], placed: readonly Solution[], free: readonly Index[], sizeOf: SizeOf, field: Field<T>): View<T> {
  const sizes = from.map(sizeOf)
  const data = spread(view, from, sizes, field)
  const out = viewOf(free, free.map(sizeOf), field.alloc(volume(free.map(sizeOf))))
  const stride = (i: Index) => out.strides[free.indexOf(i)] ?? 0
  const base = addresses(from.map(stride), sizes)
  const solved = placed.map(p => ({ n: sizeOf(p.index), stride: stride(p.index), divisor: p.divisor, at: addresses(from.map(i => p.affine.terms.get(i) ?? 0), sizes, p.affine.constant) }))
  cells: for (let k = 0; k < base.length; k++) {
    let to = base[k]!
    for (const s of solved) {
      const x = s.at[k]!
      if (x < 0 || x % s.divisor !== 0 || x >= s.n * s.divisor) continue cells
      to += (x / s.divisor) * s.stride
    }
    out.data[to] = field.add(out.data[to]!, data[k]!)
  }
  return out
}
