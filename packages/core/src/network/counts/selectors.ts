/** Which indices of a product are determined by the others: a window p = s*i + a - P leaves i and a. */
import type { Expr, Index, Selector, Sym } from '../../expression/index.ts'
import { compareSizes, leadingSign, type Resolve, valuesOf } from './sizes.ts'

/** An index and those that determine it. */
export type Determined = ReadonlyMap<Index, readonly Index[]>

/** True for a tensor of which each line along the last axis has one entry 1 and the rest 0. */
export type IsOneHot = (key: string) => boolean

/**
 * The indices that the selectors among the factors determine. An affine selector determines an index of coefficient
 * 1 or -1: the one whose sign is opposite to all others (p in p = s*i + a - P, the place in place = row*n + column).
 * A one-hot determines its last index.
 */
export function determinedBy(factors: readonly Expr[], bound: ReadonlySet<Index>, resolve: Resolve, isOneHot: IsOneHot = () => false): Determined {
  const map = new Map<Index, readonly Index[]>()
  for (const f of factors) {
    if (f.kind === 'selector' && f.relation === 'eq') {
      const chosen = choose(f, bound, map, resolve)
      if (chosen) map.set(chosen, f.terms.map(t => t.index).filter(i => i !== chosen))
    } else if (isOneHotEntry(f, isOneHot)) {
      const last = f.indices.at(-1)!
      if (last.literal === undefined && !map.has(last)) map.set(last, f.indices.slice(0, -1).filter(i => i.literal === undefined))
    }
  }
  return map
}

/** True for an entry of a one-hot tensor. */
export const isOneHotEntry = (e: Expr, isOneHot: IsOneHot): e is Sym => e.kind === 'symbol' && e.indices.length > (e.tensor.sample ? 1 : 0) && isOneHot(e.tensor.key)

function choose(s: Selector, bound: ReadonlySet<Index>, taken: Determined, resolve: Resolve): Index | undefined {
  const unit = s.terms.filter(t => (t.coefficient.value === 1 || t.coefficient.value === -1) && !taken.has(t.index))
  const larger = (a: Index, b: Index): number => -(compareSizes(valuesOf(a, resolve), valuesOf(b, resolve)) ?? 0)
  const order = (list: readonly Index[]): Index[] => [...list].sort((a, b) => Number(bound.has(b)) - Number(bound.has(a)) || larger(a, b))
  const lone = unit.filter(t => s.terms.every(o => o === t || leadingSign(o.coefficient) !== leadingSign(t.coefficient))).map(t => t.index)
  const candidates = unit.map(t => t.index)
  const best = order(lone)[0]
  if (best && !bound.has(best) && lone.length === 1) {
    // y[i] = sum_k w[k] x[i - k] written with i alone: where x is longer than y, the place in x is what i and k determine
    const rival = candidates.filter(i => bound.has(i)).sort(larger)[0]
    if (rival && larger(rival, best) < 0) return rival
  }
  return best ?? order(candidates)[0]
}

/** The independent indices behind a set of indices; with `within`, free determined indices are replaced as well. */
export function independent(indices: Iterable<Index>, determined: Determined): Set<Index> {
  const result = new Set<Index>()
  const seen = new Set<Index>()
  const visit = (i: Index): void => {
    if (seen.has(i)) return
    seen.add(i)
    const by = determined.get(i)
    if (by) by.forEach(visit)
    else result.add(i)
  }
  for (const i of indices) visit(i)
  return result
}
