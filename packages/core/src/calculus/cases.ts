/** Splitting a result by i = j and i != j where a delta of two free indices stands in it. */
import { asDelta, type Expr, type Index, mapChildren, substitute, ZERO } from '../expression/index.ts'
import { simplify } from './simplify.ts'
import type { RewriteContext } from './types.ts'

export interface Cases { readonly left: Index; readonly right: Index; readonly equal: Expr; readonly different: Expr }

/** Free index pairs (i, j) that occur in a delta. */
function deltaPairs(e: Expr, found = new Map<string, [Index, Index]>()): Map<string, [Index, Index]> {
  if (e.kind === 'selector') {
    const d = asDelta(e)
    if (d?.b) found.set(`${d.a.id},${d.b.id}`, [d.a, d.b])
  } else if (e.kind === 'sum') e.terms.forEach(t => deltaPairs(t, found))
  else if (e.kind === 'contraction') e.factors.forEach(f => deltaPairs(f, found))
  return found
}

function withoutDelta(e: Expr, a: Index, b: Index): Expr {
  if (e.kind === 'selector') {
    const d = asDelta(e)
    return d?.b && ((d.a === a && d.b === b) || (d.a === b && d.b === a)) ? ZERO : e
  }
  return e.free.includes(a) && e.free.includes(b) ? mapChildren(e, c => withoutDelta(c, a, b)) : e
}

const shortest = (e: Expr, context: RewriteContext): Expr => simplify(e, context).at(-1)?.after ?? e

/** The two cases of a result, when it holds exactly one delta of free indices. */
export function casesOf(e: Expr, context: RewriteContext): Cases | undefined {
  const pairs = [...deltaPairs(e).values()].filter(([a, b]) => e.free.includes(a) && e.free.includes(b))
  if (pairs.length !== 1) return undefined
  const [left, right] = pairs[0]!
  return {
    left, right,
    equal: shortest(substitute(e, new Map([[right, left]])), context),
    different: shortest(withoutDelta(e, left, right), context),
  }
}
