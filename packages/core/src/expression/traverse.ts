/** Looking inside binders: bound indices are opened with fresh ones, so that nothing put in can be captured. */
import { apply, applyOver, contract, open, power, reduce, substitute } from './construct.ts'
import { freshLike, type Index } from './indices.ts'
import { derivative } from './leaves.ts'
import { add } from './sums.ts'
import type { Apply, Expr, Reduce } from './node.ts'

/** The body and conditions of a reduction with its bound indices replaced by fresh free ones. */
export function openReduce(e: Reduce): { over: Index[]; body: Expr; where: readonly Expr[] } {
  const over = e.over.map(freshLike)
  const map = new Map(e.over.map((b, k) => [b, over[k]!]))
  return { over, body: substitute(e.body, map), where: e.where.map(w => substitute(w, map)) }
}

/** The arguments of a functional with their bound axes replaced by fresh free ones. */
export function openApply(e: Apply): { over: Index[][]; args: readonly Expr[] } {
  const over = e.over.map(o => o.map(freshLike))
  return { over, args: e.args.map((a, k) => (over[k]!.length ? substitute(a, new Map(e.over[k]!.map((b, j) => [b, over[k]![j]!]))) : a)) }
}

/**
 * The expression with every child replaced by `f(child)`, bound indices opened first,
 * so that what `f` puts in can never be captured.
 */
export function mapChildren(x: Expr, f: (child: Expr) => Expr): Expr {
  switch (x.kind) {
    case 'number': case 'symbol': case 'selector': return x
    case 'sum': return add(...x.terms.map(f))
    case 'contraction': {
      const inner = open(x)
      return contract(inner.bound, inner.factors.map(f), x.coefficient)
    }
    case 'apply': {
      if (x.over.every(o => o.length === 0)) return x.fn.partials.length === 0 ? apply(x.fn, x.args.map(f)) : applyOver(x.fn, x.args.map(f), x.over, x.at)
      const inner = openApply(x)
      return applyOver(x.fn, inner.args.map(f), inner.over, x.at)
    }
    case 'power': return power(f(x.base), f(x.exponent))
    case 'reduce': {
      const inner = openReduce(x)
      return reduce(x.op, inner.over, f(inner.body), inner.where.map(f), x.at)
    }
    case 'derivative': return derivative(f(x.of), x.by, x.direct)
  }
}
