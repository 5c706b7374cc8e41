/** Cancelling a sum that stands opened above and whole below a quotient. */
import { addR, ONE, type Rational } from '../shape/rational.ts'
import type { Substitute } from './deltas.ts'
import type { Index } from './indices.ts'
import type { Contraction, Expr } from './node.ts'

/** The sum that was cancelled, the exponent it is left with, and what remains of the product. */
export interface Cancelled { readonly bound: readonly Index[]; readonly rest: readonly Expr[]; readonly sum: Contraction; readonly exponent: Rational }

/**
 * (sum_k u_k) v / (sum_k u_k)^n = v / (sum_k u_k)^(n-1): the sum above was opened into the product,
 * so its factors and its index are looked for among those of the product.
 */
export function cancelSum(factors: readonly Expr[], bound: readonly Index[], substitute: Substitute): Cancelled | undefined {
  if (bound.length === 0) return undefined
  for (const f of factors) {
    if (f.kind !== 'power' || f.base.kind !== 'contraction' || f.base.bound.length === 0) continue
    if (f.exponent.kind !== 'number' || f.exponent.value.n >= 0n || f.exponent.value.d !== 1n) continue
    const sum = f.base
    for (const at of placements(sum.bound, bound)) {
      const map = new Map(sum.bound.map((b, k) => [b, at[k]!]))
      const wanted = sum.factors.map(x => substitute(x, map))
      const rest = without(factors.filter(x => x !== f), wanted)
      if (!rest || rest.some(x => x.free.some(i => at.includes(i)))) continue
      return { bound: bound.filter(b => !at.includes(b)), rest, sum, exponent: addR(f.exponent.value, ONE) }
    }
  }
  return undefined
}

/** The list with each wanted item taken out once; undefined when one is not there. */
function without(list: readonly Expr[], wanted: readonly Expr[]): Expr[] | undefined {
  const rest = [...list]
  for (const w of wanted) {
    const at = rest.indexOf(w)
    if (at < 0) return undefined
    rest.splice(at, 1)
  }
  return rest
}

/** Ways to place indices on distinct ones of equal size; few, since sums below a quotient have few indices. */
function placements(from: readonly Index[], to: readonly Index[]): Index[][] {
  if (from.length > 3) return []
  let found: Index[][] = [[]]
  for (const b of from) found = found.flatMap(head => to.filter(t => t.size === b.size && t.sample === b.sample && !head.includes(t)).map(t => [...head, t]))
  return found
}
