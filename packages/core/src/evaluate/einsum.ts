/** Sums of products of views: split into pairs, each pair a batch of matrix products. */
import type { Index } from '../expression/index.ts'
import { addresses, type SizeOf, stridesAlong, type View, viewOf, volume } from './dense.ts'
import type { Field, Store } from './field.ts'
import { multiplyFloats, type Plan } from './kernel.ts'
import { spend } from './limit.ts'

/** The product of the views summed over all indices that are not kept; a view over (some of) the kept indices. */
export function einsum<T>(views: readonly View<T>[], keep: ReadonlySet<Index>, sizeOf: SizeOf, field: Field<T>): View<T> {
  let rest = [...views]
  if (rest.length === 0) return viewOf([], [], one(field))
  rest = rest.map((v, k) => sumOut(v, needed(rest.filter((_, j) => j !== k), keep), sizeOf, field))
  while (rest.length > 1) {
    const [i, j] = cheapestPair(rest, keep, sizeOf)
    const others = rest.filter((_, k) => k !== i && k !== j)
    rest = [...others, multiplyPair(rest[i]!, rest[j]!, needed(others, keep), sizeOf, field)]
  }
  return rest[0]!
}

const one = <T>(field: Field<T>) => { const data = field.alloc(1); data[0] = field.one; return data }
const needed = (others: readonly View<unknown>[], keep: ReadonlySet<Index>): ReadonlySet<Index> => new Set([...keep, ...others.flatMap(v => v.axes)])

/** The pair whose product has the least size compared with its two parts; then the least work. */
function cheapestPair(views: readonly View<unknown>[], keep: ReadonlySet<Index>, sizeOf: SizeOf): readonly [number, number] {
  if (views.length === 2) return [0, 1]
  const counts = new Map<Index, number>()
  for (const v of views) for (const a of v.axes) counts.set(a, (counts.get(a) ?? 0) + 1)
  const volumes = views.map(v => v.sizes.reduce((p, n) => p * n, 1))
  let best: readonly [number, number] = [0, 1]
  let least = [Infinity, Infinity]
  for (let i = 0; i < views.length; i++) for (let j = i + 1; j < views.length; j++) {
    let [size, work] = [1, 1]
    for (const a of new Set([...views[i]!.axes, ...views[j]!.axes])) {
      const own = Number(views[i]!.axes.includes(a)) + Number(views[j]!.axes.includes(a))
      work *= sizeOf(a)
      if (keep.has(a) || counts.get(a)! > own) size *= sizeOf(a)
    }
    const growth = size - volumes[i]! - volumes[j]!
    if (growth < least[0]! || (growth === least[0] && work < least[1]!)) { best = [i, j]; least = [growth, work] }
  }
  return best
}

/** The view summed over its axes that are not kept. */
function sumOut<T>(view: View<T>, keep: ReadonlySet<Index>, sizeOf: SizeOf, field: Field<T>): View<T> {
  const gone = view.axes.filter(a => !keep.has(a))
  if (gone.length === 0) return view
  const left = view.axes.filter(a => keep.has(a))
  const sizes = left.map(sizeOf)
  const rows = addresses(stridesAlong(view, left), sizes, view.offset)
  const cells = addresses(stridesAlong(view, gone), gone.map(sizeOf))
  const out = field.alloc(rows.length)
  for (let r = 0; r < rows.length; r++) {
    let sum = field.zero
    for (let c = 0; c < cells.length; c++) sum = field.add(sum, view.data[rows[r]! + cells[c]!]!)
    out[r] = sum
  }
  return viewOf(left, sizes, out)
}

function multiplyPair<T>(first: View<T>, second: View<T>, keep: ReadonlySet<Index>, sizeOf: SizeOf, field: Field<T>): View<T> {
  const wide = (v: View<T>, w: View<T>) => v.axes.filter(i => keep.has(i) && !w.axes.includes(i)).reduce((p, i) => p * sizeOf(i), 1)
  // the inner loop runs along the second one
  const [a, b] = wide(first, second) > wide(second, first) ? [second, first] : [first, second]
  const both = a.axes.filter(i => b.axes.includes(i) && keep.has(i))
  const rows = a.axes.filter(i => !b.axes.includes(i) && keep.has(i))
  const columns = b.axes.filter(i => !a.axes.includes(i) && keep.has(i))
  const inner = [...new Set([...a.axes, ...b.axes])].filter(i => !keep.has(i))
  const table = (v: View<T>, of: readonly Index[], start = 0) => addresses(stridesAlong(v, of), of.map(sizeOf), start)
  const plan = {
    batchA: table(a, both, a.offset), batchB: table(b, both, b.offset),
    rows: table(a, rows), columns: table(b, columns), innerA: table(a, inner), innerB: table(b, inner),
  }
  const order = [...both, ...rows, ...columns]
  spend(plan.batchA.length * plan.rows.length * plan.columns.length * plan.innerA.length)
  const out = field.alloc(volume([plan.batchA.length, plan.rows.length, plan.columns.length]))
  if (out instanceof Float64Array) multiplyFloats(a.data as Store<number>, b.data as Store<number>, out, plan)
  else multiplyIn(field, a.data, b.data, out, plan)
  return viewOf(order, order.map(sizeOf), out)
}

function multiplyIn<T>(field: Field<T>, a: Store<T>, b: Store<T>, out: Store<T>, p: Plan): void {
  let at = 0
  for (let s = 0; s < p.batchA.length; s++) for (let r = 0; r < p.rows.length; r++) for (let c = 0; c < p.columns.length; c++, at++) {
    const [fromA, fromB] = [p.batchA[s]! + p.rows[r]!, p.batchB[s]! + p.columns[c]!]
    let sum = field.zero
    for (let k = 0; k < p.innerA.length; k++) {
      const x = a[fromA + p.innerA[k]!]!
      const y = b[fromB + p.innerB[k]!]!
      if (!field.isZero(x) && !field.isZero(y)) sum = field.add(sum, field.mul(x, y))
    }
    out[at] = sum
  }
}
