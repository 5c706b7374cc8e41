/** Expressions to nodes of a program: one case for each kind, each shared expression once. */
import type { Apply, Expr, Index, Power, Sum, Sym } from '../expression/index.ts'
import { signR, toNumber } from '../shape/index.ts'
import { scale, splitCoefficient } from '../expression/sums.ts'
import { MINUS_ONE } from '../shape/rational.ts'
import { type Labelled, nodeOf, numberNode } from './builder.ts'
import { maximum } from './extreme.ts'
import type { Lowering } from './lowering.ts'
import { map } from './map.ts'
import { abstractFunction, noKernel, noValue, openDerivative } from './messages.ts'
import { entryOf, product, productOf } from './product.ts'

/** The value of an expression; each is lowered once. */
export function lowerExpression(l: Lowering, e: Expr): Labelled {
  const known = l.memo.get(e.id)
  if (known) return known
  const made = valueOf(l, e)
  l.memo.set(e.id, made)
  return made
}

function valueOf(l: Lowering, e: Expr): Labelled {
  const { b } = l
  switch (e.kind) {
    case 'number': return numberNode(b, toNumber(e.value))
    case 'symbol': return symbol(l, e)
    case 'sum': return sum(l, e)
    case 'contraction': return product(l, e)
    case 'selector': return productOf(l, { factors: [e], bound: [], free: e.free, coefficient: 1 })
    case 'apply': return applied(l, e)
    case 'power': return power(l, e)
    case 'reduce': return e.op === 'max' ? maximum(l, e) : productOf(l, { factors: [e], bound: [], free: e.free, coefficient: 1 })
    case 'derivative': throw openDerivative(e.by.tensor.name)
  }
}

/** An entry of a tensor: its value with other indices. */
function symbol(l: Lowering, e: Sym): Labelled {
  const { tensor } = e
  if (tensor.size) return numberNode(l.b, toNumber(l.numberOf(tensor.size)))
  if (tensor.constant !== undefined) return numberNode(l.b, tensor.constant)
  const known = l.tensors.get(tensor.key)
  if (!known) throw noValue(tensor.name)
  const at = new Map(known.indices.map((i, k) => [i, e.indices[k]!]))
  const axes = known.value.axes.map(i => at.get(i)!)
  if (axes.every(i => i.literal === undefined) && new Set(axes).size === axes.length) return { node: known.value.node, axes }
  return entryOf(l, known.value, at, e.free)
}

/** Positive terms first, then what is subtracted. */
function sum(l: Lowering, e: Sum): Labelled {
  const terms = e.terms.map(t => ({ t, negative: signR(splitCoefficient(t)[0]) < 0 })).sort((x, y) => Number(x.negative) - Number(y.negative))
  let total: Labelled | undefined
  for (const { t, negative } of terms) {
    const value = l.lower(negative ? scale(MINUS_ONE, t) : t)
    total = total ? map(l.b, negative ? 'sub' : 'add', total, value) : negative ? map(l.b, 'neg', value) : value
  }
  return total ?? numberNode(l.b, 0)
}

const power = (l: Lowering, e: Power): Labelled => map(l.b, 'pow', l.lower(e.base), l.lower(e.exponent))

function applied(l: Lowering, e: Apply): Labelled {
  const { fn } = e
  if (fn.abstract) throw abstractFunction(fn.name)
  switch (fn.kernel) {
    case 'inverse': case 'det': return ofMatrix(l, e, fn.kernel)
    case undefined: {
      const definition = fn.definition?.(e.args)
      if (!definition || definition === e) throw noKernel(fn.name)
      return l.lower(definition)
    }
    default: return map(l.b, fn.kernel, ...e.args.map(l.lower))
  }
}

/** A function of a whole matrix: the axes bound in the call go last. */
function ofMatrix(l: Lowering, e: Apply, kind: 'inverse' | 'det'): Labelled {
  const { b } = l
  const [rows, columns] = e.over[0]! as [Index, Index]
  const body = l.lower(e.args[0]!)
  const outer = body.axes.filter(i => i !== rows && i !== columns)
  const order = [...outer, rows, columns]
  const whole = ordered(l, body, order)
  const shape = kind === 'det' ? outer.map(b.sizeOf) : order.map(b.sizeOf)
  const node = nodeOf(b, { kind, arg: whole, shape })
  if (kind === 'det') return { node, axes: outer }
  const [i, j] = e.at[0]! as [Index, Index]
  return entryOf(l, { node, axes: order }, new Map([...outer.map((o): [Index, Index] => [o, o]), [rows, i], [columns, j]]), e.free)
}

/** The node whose axes are exactly these, in this order. */
export function ordered(l: Lowering, v: Labelled, order: readonly Index[]): number {
  const { b } = l
  if (v.axes.length === order.length && v.axes.every((i, k) => i === order[k])) return v.node
  const loops = order.map(b.sizeOf)
  const loop = (i: Index) => ({ terms: [[order.indexOf(i), 1] as [number, number]], constant: 0 })
  return nodeOf(b, { kind: 'contract', loops, operands: [{ node: v.node, at: v.axes.map(loop) }], out: order.map(loop), coefficient: 1, shape: loops })
}

