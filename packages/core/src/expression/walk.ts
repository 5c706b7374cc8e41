/** The direct parts of an expression, and questions answered by looking at all of them once. */
import type { Expr } from './node.ts'

/** The direct parts of an expression, bound indices as they are. */
export function children(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'number': case 'symbol': case 'selector': return []
    case 'sum': return e.terms
    case 'contraction': return e.factors
    case 'apply': return e.args
    case 'power': return [e.base, e.exponent]
    case 'reduce': return [e.body, ...e.where]
    case 'derivative': return [e.of, e.by]
  }
}

/**
 * A question of the form "does it hold anywhere inside?", answered once per shared node.
 * Parts of an expression for which `enter` is false are not looked into.
 */
export function somewhere(holds: (e: Expr) => boolean, enter: (e: Expr) => boolean = () => true): (e: Expr) => boolean {
  const memo = new WeakMap<Expr, boolean>()
  const ask = (e: Expr): boolean => {
    const known = memo.get(e)
    if (known !== undefined) return known
    const answer = holds(e) || (enter(e) && children(e).some(ask))
    memo.set(e, answer)
    return answer
  }
  return ask
}
