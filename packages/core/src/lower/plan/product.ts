/** Products of one or two operands along loops: sums, products entry by entry, matrix products. */
import { type Held, type Label, align, moves, sizeOf, ungrouped } from './held.ts'
import { gemm, map, matmul, type Planner, reduce, reshape, scalar, shapeOf, transpose, volume } from './planner.ts'

export interface ProductRequest {
  /** Loops that stay. */
  readonly keep: ReadonlySet<Label>
  readonly coefficient: number
  /** The loop over the data, when one stays: it keeps the side it has. */
  readonly sample: Label | undefined
  /** The order that is liked best, of loops that stay. */
  readonly wish: readonly Label[] | undefined
}

const times = (p: Planner, h: Held, c: number): Held => (c === 1 ? h : { id: c === -1 ? map(p, 'neg', h.id) : map(p, 'mul', scalar(p, c), h.id), labels: h.labels })

/** The operand summed over what does not stay. */
export function sumOut(p: Planner, h: Held, { keep, coefficient }: ProductRequest): Held {
  const gone = h.labels.flatMap((l, k) => (keep.has(l) ? [] : [k]))
  return times(p, { id: reduce(p, h.id, 'sum', gone), labels: h.labels.filter(l => keep.has(l)) }, coefficient)
}

/** Entry by entry, broadcast. */
export function multiplied(p: Planner, a: Held, b: Held): Held {
  const size = (h: Held): number => volume(shapeOf(p, h.id))
  const [first, second] = size(a) >= size(b) ? [a, b] : [b, a]
  const order = [...first.labels, ...second.labels.filter(l => !first.labels.includes(l))]
  const lead = second.labels.filter(l => !first.labels.includes(l))
  // labels of the smaller one alone go last, so that the larger one stays as it lies
  const x = lead.length === 0 ? first.id : align(p, first, order).id
  return { id: map(p, 'mul', x, trailing(p, second, order)), labels: order }
}

/** The tensor in this order, without leading axes of size 1. */
export function trailing(p: Planner, h: Held, order: readonly Label[]): number {
  const { id } = align(p, h, order)
  const shape = shapeOf(p, id)
  const own = order.findIndex(l => h.labels.includes(l))
  return own < 0 ? reshape(p, id, []) : reshape(p, id, shape.slice(own))
}

/** The sum over all other loops of a times b. */
export function contracted(p: Planner, given: readonly [Held, Held], r: ProductRequest): Held {
  const [a, b] = given
  const batch = a.labels.filter(l => b.labels.includes(l) && r.keep.has(l))
  const inner = a.labels.filter(l => b.labels.includes(l) && !r.keep.has(l))
  const rows = a.labels.filter(l => !b.labels.includes(l))
  const columns = b.labels.filter(l => !a.labels.includes(l))
  if (inner.length === 0) return times(p, multiplied(p, a, b), r.coefficient)
  const size = (ls: readonly Label[], h: Held): number => volume(ls.map(l => sizeOf(p, h, l)))
  if (size(rows, a) === 1 && size(columns, b) === 1) {
    const alike = a.id === b.id && a.labels.every((l, k) => l === b.labels[k])
    return sumOut(p, alike ? { id: map(p, 'square', a.id), labels: a.labels } : multiplied(p, a, b), r)
  }
  return matrixProduct(p, a, b, { batch, inner, rows, columns }, r)
}

interface Groups { readonly batch: readonly Label[]; readonly inner: readonly Label[]; readonly rows: readonly Label[]; readonly columns: readonly Label[] }

function matrixProduct(p: Planner, a: Held, b: Held, g: Groups, r: ProductRequest): Held {
  if (swapped(p, a, b, g, r)) return matrixProduct(p, b, a, { ...g, rows: g.columns, columns: g.rows }, { ...r, wish: undefined, sample: undefined })
  const size = (l: Label): number => sizeOf(p, a.labels.includes(l) ? a : b, l)
  // a free group that lies before the inner one with something behind it can stay outside, as further batches
  const split = g.batch.length === 0 ? around(p, b, g.inner) : undefined
  if (split && !around(p, a, g.inner)) {
    const id = matmul(p, block(p, a, [g.rows, split.inner]), block(p, b, [split.outer, split.inner, split.own]))
    return times(p, ungrouped(p, id, [...split.outer, ...g.rows, ...split.own], size), r.coefficient)
  }
  if (g.batch.length === 0 && !split && around(p, a, g.inner)) return matrixProduct(p, b, a, { ...g, rows: g.columns, columns: g.rows }, { ...r, wish: undefined, sample: undefined })
  const inner = orderOfInner(p, a, b, g)
  if (g.batch.length === 0) {
    const [x, transA] = matrix(p, a, g.rows, inner)
    const [y, transB] = matrix(p, b, inner, g.columns)
    return ungrouped(p, gemm(p, x, y, transA, transB, r.coefficient), [...g.rows, ...g.columns], size)
  }
  const id = matmul(p, batched(p, a, g.batch, g.rows, inner), batched(p, b, g.batch, inner, g.columns))
  return times(p, ungrouped(p, id, [...g.batch, ...g.rows, ...g.columns], size), r.coefficient)
}

/** Should the second one be on the left? By what is wished for, else so that the samples stay on the side where they are. */
function swapped(p: Planner, a: Held, b: Held, g: Groups, r: ProductRequest): boolean {
  if (g.batch.length > 0) {
    // stacks of matrices: the side on which fewer have to be turned around
    const before = (h: Held, first: readonly Label[], second: readonly Label[]): number => Number(first.length > 0 && second.length > 0 && h.labels.indexOf(first[0]!) > h.labels.indexOf(second[0]!))
    const asIs = before(a, g.rows, g.inner) + before(b, g.inner, g.columns)
    const turned = before(b, g.columns, g.inner) + before(a, g.inner, g.rows)
    if (asIs !== turned) return turned < asIs
  }
  if (r.wish) {
    const at = (ls: readonly Label[]): number => ls.reduce((s, l) => s + r.wish!.indexOf(l), 0) / Math.max(1, ls.length)
    if (g.rows.length > 0 && g.columns.length > 0) return at(g.columns) < at(g.rows)
  }
  if (r.sample && (g.rows.includes(r.sample) || g.columns.includes(r.sample))) {
    const inRows = g.rows.includes(r.sample)
    const h = inRows ? a : b
    const wide = h.labels.filter(l => sizeOf(p, h, l) > 1)
    const last = wide.at(-1) === r.sample
    // last in its operand: the columns hold it; else the rows
    return last === inRows
  }
  return false
}

/** The order of the summed loops that moves least. */
function orderOfInner(p: Planner, a: Held, b: Held, g: Groups): readonly Label[] {
  const orders = [a, b].map(h => h.labels.filter(l => g.inner.includes(l)))
  const cost = (inner: readonly Label[]): number => [[a, g.rows], [b, g.columns]].reduce((s, [h, free]) => {
    const held = h as Held
    const groups = [g.batch, free as readonly Label[]]
    const fine = [[...groups[0]!, ...groups[1]!, ...inner], [...groups[0]!, ...inner, ...groups[1]!]].some(o => !moves(p, held, o))
    return s + (fine ? 0 : volume(shapeOf(p, held.id)))
  }, 0)
  return cost(orders[1]!) < cost(orders[0]!) ? orders[1]! : orders[0]!
}

/** A matrix of two groups; transposed when the second one lies first, or when entries that lie side by side stay so only then. */
function matrix(p: Planner, h: Held, first: readonly Label[], second: readonly Label[]): readonly [id: number, transposed: boolean] {
  const wide = h.labels.filter(l => sizeOf(p, h, l) > 1)
  const turned = moves(p, h, [...first, ...second]) && (!moves(p, h, [...second, ...first]) || wide.at(-1) === first.filter(l => wide.includes(l)).at(-1))
  return turned ? [block(p, h, [second, first]), true] : [block(p, h, [first, second]), false]
}

/** A stack of matrices; a transposition of the last two axes is left to the runtime, which fuses it. */
function batched(p: Planner, h: Held, batch: readonly Label[], first: readonly Label[], second: readonly Label[]): number {
  if (moves(p, h, [...batch, ...first, ...second]) && !moves(p, h, [...batch, ...second, ...first])) {
    const id = stack(p, h, batch, second, first)
    const rank = shapeOf(p, id).length
    return transpose(p, id, [...Array.from({ length: rank - 2 }, (_, k) => k), rank - 1, rank - 2])
  }
  return stack(p, h, batch, first, second)
}

function stack(p: Planner, h: Held, batch: readonly Label[], first: readonly Label[], second: readonly Label[]): number {
  const a = align(p, h, [...batch, ...first, ...second])
  const size = (ls: readonly Label[]): number => volume(ls.map(l => sizeOf(p, h, l)))
  return reshape(p, a.id, [...batch.map(l => sizeOf(p, h, l)), size(first), size(second)])
}

/** Groups merged to one axis each. */
function block(p: Planner, h: Held, groups: readonly (readonly Label[])[]): number {
  const a = align(p, h, groups.flat())
  const size = (ls: readonly Label[]): number => volume(ls.map(l => sizeOf(p, h, l)))
  return reshape(p, a.id, groups.map(size))
}

interface Split { readonly outer: readonly Label[]; readonly own: readonly Label[]; readonly inner: readonly Label[] }

/** Free loops that lie on both sides of the summed ones: those before become batches, so that nothing moves. */
function around(p: Planner, h: Held, inner: readonly Label[]): Split | undefined {
  const at = h.labels.findIndex(l => inner.includes(l))
  const run = h.labels.slice(at, at + inner.length)
  const [outer, own] = [h.labels.slice(0, at), h.labels.slice(at + inner.length)]
  const size = (ls: readonly Label[]): number => volume(ls.map(l => sizeOf(p, h, l)))
  return run.every(l => inner.includes(l)) && size(outer) > 1 && size(own) > 1 ? { outer, own, inner: run } : undefined
}
