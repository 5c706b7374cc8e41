/** max and argmax over positions that fulfil conditions; equations among the conditions are solved, not searched. */
import { ChainError } from '../errors.ts'
import type { Expr, Index, Reduce, Selector } from '../expression/index.ts'
import { type Affine, affineOf, type Solution, solve, substituteAffine } from './affine.ts'
import type { Sizes } from './contraction.ts'
import { addresses, rowMajor, spread, stridesAlong, type View, viewOf, volume } from './dense.ts'
import type { Field } from './field.ts'

/** Where the positions of the bound indices come from: some are run through, the others follow from them. */
interface Search { readonly loops: readonly Index[]; readonly solved: readonly Solution[]; readonly equations: readonly Affine[]; readonly bounds: readonly Affine[] }

function searchOf(e: Reduce, sizes: Sizes): Search {
  const selectors = e.where.filter((w): w is Selector => w.kind === 'selector')
  let equations = selectors.filter(s => s.relation === 'eq').map(s => affineOf(s, sizes.numberOf))
  let bounds = selectors.filter(s => s.relation === 'le').map(s => affineOf(s, sizes.numberOf))
  let solved: Solution[] = []
  const fixed: Affine[] = []
  while (equations.length > 0) {
    const [q, ...rest] = equations as [Affine, ...Affine[]]
    const index = [...q.terms.keys()].filter(i => e.over.includes(i)).sort((a, b) => sizes.sizeOf(b) - sizes.sizeOf(a))[0]
    equations = rest
    if (!index) { fixed.push(q); continue }
    const s = solve(q, index)
    equations = equations.map(a => substituteAffine(a, s))
    bounds = bounds.map(a => substituteAffine(a, s))
    solved = solved.map(p => (p.affine.terms.has(index) ? { index: p.index, divisor: p.divisor * s.divisor, affine: substituteAffine(p.affine, s) } : p))
    solved.push(s)
  }
  return { loops: e.over.filter(i => !solved.some(s => s.index === i)), solved, equations: fixed, bounds }
}

/** The max of the body, or with `argmax` 1 where `at` is the first position that attains it. */
export function reduction<T>(e: Reduce, part: (e: Expr) => View<T>, sizes: Sizes, field: Field<T>): View<T> {
  const { sizeOf } = sizes
  const search = searchOf(e, sizes)
  const outer = [...new Set([e.body, ...e.where].flatMap(p => p.free))].filter(i => !e.over.includes(i))
  const best = searchBest(e, search, outer, part, sizes, field)
  const shape = outer.map(sizeOf)
  if (e.op === 'max') return viewOf(outer, shape, best.value)
  const free = e.free.map(sizeOf)
  const ranks = rowMajor(e.over.map(sizeOf))
  const cell = addresses(stridesAlong(viewOf(outer, shape, best.value), e.free), free)
  const strides = e.free.map(i => e.at.reduce((s, a, k) => s + (a === i ? ranks[k]! : 0), 0))
  const asked = addresses(strides, free, e.at.reduce((s, a, k) => s + (a.literal ?? 0) * ranks[k]!, 0))
  const out = field.alloc(cell.length)
  for (let k = 0; k < cell.length; k++) if (best.rank[cell[k]!] === asked[k]) out[k] = field.one
  return viewOf(e.free, free, out)
}

/** The max and the lexicographic rank of its first position, for every cell of the outer indices. */
function searchBest<T>(e: Reduce, search: Search, outer: readonly Index[], part: (e: Expr) => View<T>, sizes: Sizes, field: Field<T>) {
  const { sizeOf } = sizes
  const order = [...outer, ...search.loops]
  const shape = order.map(sizeOf)
  const axes = [...outer, ...e.over]
  const body = spread(part(e.body), axes, axes.map(sizeOf), field)
  const strides = rowMajor(axes.map(sizeOf))
  const stride = (i: Index) => { const k = axes.indexOf(i); return k < 0 ? 0 : strides[k]! }
  const table = (a: Affine) => addresses(order.map(i => a.terms.get(i) ?? 0), shape, a.constant)
  const base = addresses(order.map(stride), shape)
  const follow = search.solved.map(s => ({ at: table(s.affine), divisor: s.divisor, limit: s.divisor * sizeOf(s.index), stride: stride(s.index) }))
  const equal = search.equations.map(table)
  const bounds = search.bounds.map(table)
  const others = e.where.filter(w => w.kind !== 'selector').map(w => spread(part(w), axes, axes.map(sizeOf), field))
  const cells = volume(outer.map(sizeOf))
  const inner = volume(search.loops.map(sizeOf))
  const block = volume(e.over.map(sizeOf))
  const value = field.alloc(cells)
  const rank = new Int32Array(cells).fill(-1)
  for (let c = 0; c < cells; c++) {
    next: for (let k = c * inner; k < (c + 1) * inner; k++) {
      let at = base[k]!
      for (const s of follow) {
        const x = s.at[k]!
        if (x < 0 || x >= s.limit || x % s.divisor !== 0) continue next
        at += (x / s.divisor) * s.stride
      }
      if (equal.some(q => q[k] !== 0) || bounds.some(b => b[k]! > 0) || others.some(w => field.isZero(w[at]!))) continue
      const sign = rank[c]! < 0 ? 1 : field.compare(body[at]!, value[c]!)
      const r = at - c * block
      if (sign > 0 || (sign === 0 && r < rank[c]!)) { value[c] = body[at]!; rank[c] = r }
    }
    if (rank[c]! < 0) throw new ChainError({ problem: `A max has no positions to run over${inner === 0 ? '' : ': its conditions are never fulfilled'}.` })
  }
  return { value, rank }
}
