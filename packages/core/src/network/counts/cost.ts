/** What an expression costs, read off its products and sums; no operation is known by name. */
import { addS, size, type Size } from '../../shape/index.ts'
import { children, type Contraction, type Expr, type Index } from '../../expression/index.ts'
import { colouredHash } from '../../expression/hash.ts'
import { hashText } from '../../expression/intern.ts'
import { type Determined, determinedBy, independent, type IsOneHot, isOneHotEntry } from './selectors.ts'
import { addCost, type Cost, nothing, productCost } from './merge.ts'
import { compareSizes, product, type Resolve, valuesOf } from './sizes.ts'

/** What a count has to know about the tensors of an expression. */
export interface CostContext {
  readonly resolve: Resolve
  readonly isOneHot: IsOneHot
  /** True when the tensor depends on a parameter, so that training needs its gradient. */
  readonly wantsGradient: (key: string) => boolean
}

/** Multiply-adds and elementwise work of an expression for one sample; a part that occurs twice is computed once. */
export function expressionCost(e: Expr, context: CostContext): Cost {
  const seen = new Set<string>()
  const traits = traitsOf(context)
  let total = nothing
  const visit = (x: Expr): void => {
    if (!traits(x).data || x.kind === 'symbol') return
    const mark = contentMark(x)
    if (seen.has(mark)) return
    seen.add(mark)
    total = addCost(total, ownCost(x, context, traits))
    childrenOf(x).forEach(visit)
  }
  visit(e)
  return total
}

interface Traits { readonly data: boolean; readonly gradient: boolean }
type TraitsOf = (e: Expr) => Traits

/** Whether an expression depends on a tensor at all, and on a parameter. */
function traitsOf({ wantsGradient }: CostContext): TraitsOf {
  const memo = new Map<Expr, Traits>()
  const of = (e: Expr): Traits => {
    let known = memo.get(e)
    if (known) return known
    if (e.kind === 'symbol') {
      const data = e.tensor.size === undefined && e.tensor.constant === undefined
      known = { data, gradient: data && wantsGradient(e.tensor.key) }
    } else {
      const parts = childrenOf(e).map(of)
      known = { data: parts.some(p => p.data), gradient: parts.some(p => p.gradient) }
    }
    memo.set(e, known)
    return known
  }
  return of
}

/** The parts of a node, conditions of a maximum left out. */
const childrenOf = (e: Expr): readonly Expr[] => (e.kind === 'reduce' ? [e.body] : children(e))

/** Equal for expressions that differ only in the names of indices. */
function contentMark(e: Expr): string {
  const colour = new Map(e.free.map(i => [i, hashText(`${i.size.key}${i.sample ? '|data' : ''}`)]))
  return `${e.kind}|${colouredHash(e, colour)}|${e.free.map(i => i.size.key).sort().join()}`
}

function ownCost(e: Expr, context: CostContext, traits: TraitsOf): Cost {
  const { resolve } = context
  const each = (indices: Iterable<Index>): Size => product([...indices].map(i => valuesOf(i, resolve)))
  const elementwise = (n: Size): Cost => ({ ...nothing, elementwise: n })
  switch (e.kind) {
    case 'number': case 'symbol': case 'selector': case 'derivative': return nothing
    case 'sum': {
      const n = each(e.free)
      return elementwise(e.terms.slice(1).reduce(total => addS(total, n), size(0)))
    }
    case 'apply': return elementwise(each([...e.free, ...e.over.flat()]))
    case 'power': return elementwise(each(e.free))
    case 'reduce': return elementwise(each(independent([...e.free, ...e.over], determinedBy(e.where, new Set(e.over), resolve))))
    case 'contraction': return contractionCost(e, context, traits)
  }
}

function contractionCost(e: Contraction, { resolve, isOneHot }: CostContext, traits: TraitsOf): Cost {
  const bound = new Set(e.bound)
  const determined = determinedBy(e.factors, bound, resolve, isOneHot)
  const parts = e.factors
    .filter(f => traits(f).data && !isOneHotEntry(f, isOneHot))
    .map(f => ({ indices: independent(f.free, determined), gradient: traits(f).gradient }))
  return productCost(parts, { summed: bound, ...placement(e.free, determined, resolve) }, resolve)
}

/** The summed indices that give the place of a free one, and whether places coincide. */
function placement(free: readonly Index[], determined: Determined, resolve: Resolve): { placing: ReadonlySet<Index>; overlapping: boolean } {
  const placing = new Set<Index>()
  let overlapping = false
  for (const i of free) {
    if (!determined.has(i)) continue
    const by = independent([i], determined)
    const values = product([...by].map(j => valuesOf(j, resolve)))
    overlapping ||= (compareSizes(values, valuesOf(i, resolve)) ?? 0) > 0
    by.forEach(j => placing.add(j))
  }
  return { placing, overlapping }
}
