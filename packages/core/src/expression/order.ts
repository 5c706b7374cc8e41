/**
 * The canonical order of indices that are about to be bound.
 * Colours are refined from the way each index occurs; indices that stay alike are tried in every order
 * (at most 720) and the least key wins.
 */
import { colouredHash } from './hash.ts'
import type { Index } from './indices.ts'
import { hashBag, hashText, mix } from './intern.ts'
import type { Expr } from './node.ts'

const MARK = 0x5bd1e995
const MOST_ORDERS = 720

function refine(bound: readonly Index[], parts: readonly Expr[], colours: Map<Index, number>): void {
  const relevant = new Map(bound.map(b => [b, parts.filter(f => f.free.includes(b))]))
  for (let round = 0; round <= bound.length; round++) {
    const next = bound.map(b => {
      const seen = new Map(colours)
      seen.set(b, mix(colours.get(b)!, MARK))
      return mix(colours.get(b)!, hashBag(relevant.get(b)!.map(f => colouredHash(f, seen))))
    })
    const before = new Set(colours.values()).size
    bound.forEach((b, k) => colours.set(b, next[k]!))
    const after = new Set(colours.values()).size
    if (after === bound.length || (round > 0 && after === before)) return
  }
}

function* permutations<T>(items: readonly T[]): Generator<T[]> {
  if (items.length <= 1) { yield [...items]; return }
  for (let k = 0; k < items.length; k++) {
    for (const rest of permutations([...items.slice(0, k), ...items.slice(k + 1)])) yield [items[k]!, ...rest]
  }
}

/** The bound indices in canonical order. `keyOf` gives what an order would result in, as hashes to compare. */
export function canonicalOrder(bound: readonly Index[], parts: readonly Expr[], keyOf: (order: readonly Index[]) => readonly number[]): readonly Index[] {
  if (bound.length < 2) return bound
  const colours = new Map(bound.map(b => [b, mix(hashText(b.size.key), b.sample ? 1 : 0)]))
  refine(bound, parts, colours)
  const sorted = [...bound].sort((a, b) => colours.get(a)! - colours.get(b)!)
  const groups: Index[][] = []
  for (const b of sorted) {
    const last = groups.at(-1)
    if (last && colours.get(last[0]!) === colours.get(b)) last.push(b)
    else groups.push([b])
  }
  if (groups.every(g => g.length === 1)) return sorted
  return breakTies(groups, keyOf)
}

function breakTies(groups: readonly (readonly Index[])[], keyOf: (order: readonly Index[]) => readonly number[]): readonly Index[] {
  let orders: Index[][] = [[]]
  for (const g of groups) {
    const next: Index[][] = []
    for (const head of orders) for (const tail of permutations(g)) {
      if (next.length >= MOST_ORDERS) break
      next.push([...head, ...tail])
    }
    orders = next
  }
  let best: { order: Index[]; key: readonly number[] } | undefined
  for (const order of orders) {
    const key = keyOf(order)
    if (!best || lexicographic(key, best.key) < 0) best = { order, key }
  }
  return best!.order
}

function lexicographic(a: readonly number[], b: readonly number[]): number {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k]! - b[k]!
  return 0
}
