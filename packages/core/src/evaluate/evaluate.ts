/** The value of an expression at a point: every distinct node is computed once, so the work is linear in the shared graph. */
import { ChainError } from '../errors.ts'
import type { Expr, Index, Sym } from '../expression/index.ts'
import { functional, pointwise } from './applied.ts'
import { contraction, mask, type Sizes } from './contraction.ts'
import { affineOf } from './affine.ts'
import { type Dense, spread, type View, viewOf, volume } from './dense.ts'
import type { Field } from './field.ts'
import { type Point, sizeNumber, sizesAt, wholeSize } from './point.ts'
import { reduction } from './reduction.ts'

/**
 * The entries of an expression over the free indices `order`, row-major.
 * Throws ChainError when the point lacks a number, when `order` lacks a free index, or when a max has no positions.
 */
export function evaluate<T>(expr: Expr, point: Point<T>, field: Field<T>, order: readonly Index[]): Dense<T> {
  const missing = expr.free.find(i => !order.includes(i))
  if (missing) throw new ChainError({ problem: `The index ${missing.name || `number ${missing.id}`} is free in the expression and not asked for.` })
  const shape = order.map(sizesAt(point.sizes))
  return { shape, data: spread(evaluateView(expr, point, field), order, shape, field) }
}

/** The value of an expression as a view over its free indices. */
export function evaluateView<T>(expr: Expr, point: Point<T>, field: Field<T>): View<T> {
  const sizes: Sizes = { sizeOf: sizesAt(point.sizes), numberOf: s => sizeNumber(s, point.sizes) }
  const stack: Expr[] = [expr]
  while (stack.length > 0) {
    const e = stack.at(-1)!
    if (!point.memo.has(e.id)) {
      const open = partsOf(e).filter(p => !point.memo.has(p.id))
      if (open.length > 0) { stack.push(...open); continue }
      point.memo.set(e.id, valueOf(e, p => point.memo.get(p.id)!, point, field, sizes))
    }
    stack.pop()
  }
  return point.memo.get(expr.id)!
}

/** The parts whose values a node is computed from. Selectors inside products and conditions are solved, not evaluated. */
export function partsOf(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'number': case 'symbol': case 'selector': case 'derivative': return []
    case 'sum': return e.terms
    case 'contraction': return e.factors.filter(f => f.kind !== 'selector')
    case 'apply': return e.args
    case 'power': return [e.base, e.exponent]
    case 'reduce': return [e.body, ...e.where.filter(w => w.kind !== 'selector')]
  }
}

function valueOf<T>(e: Expr, part: (e: Expr) => View<T>, point: Point<T>, field: Field<T>, sizes: Sizes): View<T> {
  const cells = e.free.map(sizes.sizeOf)
  const read = (p: Expr) => spread(part(p), e.free, cells, field)
  switch (e.kind) {
    case 'number': return constant(field.fromRational(e.value), field)
    case 'symbol': return symbol(e, point, field, sizes)
    case 'selector': return mask(affineOf(e, sizes.numberOf), sizes.sizeOf, field, e.relation === 'eq' ? x => x === 0 : undefined)
    case 'contraction': return contraction(e, e.factors.filter(f => f.kind !== 'selector').map(part), sizes, field)
    case 'sum': {
      const out = field.alloc(volume(cells))
      for (const term of e.terms) {
        const data = read(term)
        for (let k = 0; k < out.length; k++) out[k] = field.add(out[k]!, data[k]!)
      }
      return viewOf(e.free, cells, out)
    }
    case 'power': {
      const [base, exponent] = [read(e.base), read(e.exponent)]
      const out = field.alloc(volume(cells))
      for (let k = 0; k < out.length; k++) out[k] = field.power(base[k]!, exponent[k]!)
      return viewOf(e.free, cells, out)
    }
    case 'apply': return e.fn.whole || e.over.some(o => o.length > 0) ? functional(e, part, point, field, sizes.sizeOf)
      : viewOf(e.free, cells, pointwise(e.fn, e.args.map(read), volume(cells), point, field, evaluate))
    case 'reduce': return reduction(e, part, sizes, field)
    case 'derivative': {
      if (!point.derivative) throw new ChainError({ problem: `The derivative by ${e.by.tensor.name} is not resolved.`, expected: 'This point has no rule for unresolved derivatives.' })
      return viewOf(e.free, cells, point.derivative(e, e.free, point, field).data)
    }
  }
}

function constant<T>(value: T, field: Field<T>): View<T> {
  const data = field.alloc(1)
  data[0] = value
  return viewOf([], [], data)
}

/** An entry of a tensor: a view of its numbers. A repeated index takes the diagonal, a literal one position. */
function symbol<T>(e: Sym, point: Point<T>, field: Field<T>, sizes: Sizes): View<T> {
  if (e.tensor.size) return constant(field.fromRational(sizes.numberOf(e.tensor.size)), field)
  if (e.tensor.constant !== undefined) return constant(field.fromNumber(e.tensor.constant), field)
  const value = point.values.get(e.tensor.key)
  if (!value) throw new ChainError({ problem: `${e.tensor.name} has no value at this point.` })
  const shape = e.tensor.axes.map(a => wholeSize(a, point.sizes))
  if (shape.length !== value.shape.length || shape.some((n, k) => n !== value.shape[k])) {
    throw new ChainError({ problem: `${e.tensor.name} is declared [${shape.join(', ')}] and its value is [${value.shape.join(', ')}].` })
  }
  return pick(viewOf(e.indices, shape, value.data), sizes, e.tensor.name)
}

/** The view with its axes renamed to distinct indices: literals are read off, repeated ones become one. */
export function pick<T>(v: View<T>, sizes: Pick<Sizes, 'sizeOf'>, name: string): View<T> {
  let offset = v.offset
  const strides = new Map<Index, number>()
  v.axes.forEach((i, k) => {
    const n = v.sizes[k]!
    if (i.literal !== undefined) {
      if (i.literal < 0 || i.literal >= n) throw new ChainError({ problem: `Axis ${k + 1} of ${name} has ${n} positions, position ${i.literal + 1} is asked for.` })
      offset += i.literal * v.strides[k]!
      return
    }
    if (sizes.sizeOf(i) !== n) throw new ChainError({ problem: `Axis ${k + 1} of ${name} has ${n} positions, its index has ${sizes.sizeOf(i)}.` })
    strides.set(i, (strides.get(i) ?? 0) + v.strides[k]!)
  })
  const axes = [...strides.keys()]
  return { axes, sizes: axes.map(sizes.sizeOf), strides: [...strides.values()], offset, data: v.data }
}
