/** An expression over other sizes: `d1` becomes `n[2]`, in every index, selector and size that is used as a number. */
import { add, apply, applyOver, contract, derivative, type Expr, freshIndex, type Index, number, open, openApply, openReduce, power, reduce, selector, sizeValue, substitute, type Sym } from '../../expression/index.ts'
import { type Size, substituteS } from '../../shape/index.ts'

type Bind = (name: string) => Size | undefined

/** The same index with its new size. */
const renewed = (i: Index, bind: Bind): Index => freshIndex(i.name, substituteS(i.size, bind), i.sample)

/** The expression with new sizes; its free indices are replaced by those of the map. */
export function resized(e: Expr, bind: Bind, free: ReadonlyMap<Index, Index>): Expr {
  const walk = (x: Expr): Expr => {
    switch (x.kind) {
      case 'number': return x
      case 'symbol': return x.tensor.size ? sizeValue(substituteS(x.tensor.size, bind)) : x
      case 'selector': return selector(x.relation, x.terms.map(t => ({ coefficient: substituteS(t.coefficient, bind), index: t.index })), substituteS(x.constant, bind))
      case 'sum': return add(...x.terms.map(walk))
      case 'power': return power(walk(x.base), walk(x.exponent))
      case 'contraction': {
        const inner = open(x)
        const { to, put } = opened(inner.bound)
        return contract(to, [number(x.coefficient), ...inner.factors.map(f => walk(put(f)))])
      }
      case 'reduce': {
        const inner = openReduce(x)
        const { to, put } = opened(inner.over)
        return reduce(x.op, to, walk(put(inner.body)), inner.where.map(w => walk(put(w))), x.at)
      }
      case 'apply': {
        if (x.over.every(o => o.length === 0)) return x.fn.partials.length === 0 ? apply(x.fn, x.args.map(walk)) : applyOver(x.fn, x.args.map(walk), x.over, x.at)
        const inner = openApply(x)
        const over = inner.over.map(opened)
        return applyOver(x.fn, inner.args.map((a, k) => walk(over[k]!.put(a))), over.map(o => o.to), x.at)
      }
      case 'derivative': return derivative(walk(x.of), walk(x.by) as Sym, x.direct)
    }
  }
  const opened = (bound: readonly Index[]): { to: Index[]; put: (x: Expr) => Expr } => {
    const to = bound.map(b => renewed(b, bind))
    const map = new Map(bound.map((b, k) => [b, to[k]!]))
    return { to, put: x => substitute(x, map) }
  }
  return walk(substitute(e, free))
}
