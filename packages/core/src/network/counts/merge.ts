/** The order in which the factors of a product are multiplied: A(Bx), not (AB)x. */
import { addS, evaluateS, size, type Size } from '../../shape/index.ts'
import type { Index } from '../../expression/index.ts'
import { product, type Resolve, valuesOf } from './sizes.ts'

/** What a product is summed over. */
export interface Summation {
  readonly summed: ReadonlySet<Index>
  /** Summed indices that give the place of an output index: they stay until the last product. */
  readonly placing: ReadonlySet<Index>
  /** True where several of their values give the same place, as in a transposed convolution: then they are summed. */
  readonly overlapping: boolean
}

/** A factor of a product: the independent indices it runs over, and whether its gradient is wanted. */
export interface Part { readonly indices: ReadonlySet<Index>; readonly gradient: boolean }

/** What a computation costs for one sample. */
export interface Cost {
  /** Multiply-adds of products that are summed over an index. */
  readonly macs: Size
  /** Multiply-adds of the backward pass: one product for each factor whose gradient is wanted. */
  readonly backwardMacs: Size
  /** Every other addition, multiplication, comparison or function value. */
  readonly elementwise: Size
}

export const nothing: Cost = { macs: size(0), backwardMacs: size(0), elementwise: size(0) }

export const addCost = (a: Cost, b: Cost): Cost =>
  ({ macs: addS(a.macs, b.macs), backwardMacs: addS(a.backwardMacs, b.backwardMacs), elementwise: addS(a.elementwise, b.elementwise) })

/** Stands for a symbol without a number where two orders are compared. */
const TYPICAL = 64
const MOST_EXACT = 8

interface Plan { readonly part: Part; readonly cost: Cost; readonly weight: number }

/**
 * The cost of a product summed over some indices: factors are multiplied two at a time in the cheapest order, and an index
 * is summed as soon as no factor left needs it. With sizes that stay symbols the order is chosen as if each were 64.
 */
export function productCost(parts: readonly Part[], sum: Summation, resolve: Resolve): Cost {
  if (parts.length === 0) return nothing
  const plans = parts.map((p, k) => presummed(p, parts.filter((_, j) => j !== k), sum, resolve))
  return (parts.length <= MOST_EXACT ? cheapest(plans, sum, resolve) : inOrder(plans, sum, resolve)).cost
}

const weigh = (s: Size): number => s.value ?? Number(toDouble(evaluateS(s, () => TYPICAL)))
const toDouble = (q: { n: bigint; d: bigint } | undefined): number => (q ? Number(q.n) / Number(q.d) : Infinity)
const volume = (indices: Iterable<Index>, resolve: Resolve): Size => product([...indices].map(i => valuesOf(i, resolve)))
const uses = (parts: readonly Part[], i: Index): boolean => parts.some(p => p.indices.has(i))

/** A factor summed over the indices that it alone has. */
function presummed(part: Part, others: readonly Part[], sum: Summation, resolve: Resolve): Plan {
  const own = [...part.indices].filter(i => sum.summed.has(i) && !sum.placing.has(i) && !uses(others, i))
  if (own.length === 0) return { part, cost: nothing, weight: 0 }
  const elementwise = volume(part.indices, resolve)
  const kept = new Set([...part.indices].filter(i => !own.includes(i)))
  return { part: { indices: kept, gradient: part.gradient }, cost: { ...nothing, elementwise }, weight: weigh(elementwise) }
}

function merge(a: Plan, b: Plan, rest: readonly Part[], sum: Summation, resolve: Resolve): Plan {
  const all = new Set([...a.part.indices, ...b.part.indices])
  const last = rest.length === 0
  const gone = new Set([...all].filter(i => sum.summed.has(i) && (last ? sum.overlapping || !sum.placing.has(i) : !sum.placing.has(i) && !uses(rest, i))))
  const n = volume(all, resolve)
  const contracted = [...gone].some(i => !i.sample)
  const wanted = Number(a.part.gradient) + Number(b.part.gradient)
  const own: Cost = contracted
    ? { macs: n, backwardMacs: wanted === 0 ? size(0) : wanted === 1 ? n : addS(n, n), elementwise: size(0) }
    : { ...nothing, elementwise: n }
  return {
    part: { indices: new Set([...all].filter(i => !gone.has(i))), gradient: wanted > 0 },
    cost: addCost(addCost(a.cost, b.cost), own), weight: a.weight + b.weight + weigh(n),
  }
}

function inOrder(plans: readonly Plan[], sum: Summation, resolve: Resolve): Plan {
  return plans.slice(1).reduce((a, b, k) => merge(a, b, plans.slice(k + 2).map(p => p.part), sum, resolve), plans[0]!)
}

function cheapest(plans: readonly Plan[], sum: Summation, resolve: Resolve): Plan {
  const full = (1 << plans.length) - 1
  const best = new Map<number, Plan>(plans.map((p, k) => [1 << k, p]))
  for (let set = 3; set <= full; set++) {
    if (best.has(set)) continue
    const rest = plans.filter((_, k) => !(set & (1 << k))).map(p => p.part)
    for (let left = (set - 1) & set; left > 0; left = (left - 1) & set) {
      const right = set ^ left
      if (left < right) continue
      const plan = merge(best.get(left)!, best.get(right)!, rest, sum, resolve)
      const old = best.get(set)
      if (!old || plan.weight < old.weight) best.set(set, plan)
    }
  }
  return best.get(full)!
}
