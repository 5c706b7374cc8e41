/** Declared facts as rewrites: "the entries of t sum to 1". */
import { contract, entry, type Expr, mapChildren, open } from '../expression/index.ts'
import { mentions } from './depends.ts'

/** What is known of a tensor: the entries along its last axis sum to 1. */
export interface SumsToOne { readonly key: string; readonly name: string }

/** Sum_k t[k] = 1 wherever the sum stands alone; the names of the facts that were used. */
export function useFacts(e: Expr, facts: readonly SumsToOne[]): { expr: Expr; used: readonly string[] } {
  const used = new Set<string>()
  if (facts.length === 0) return { expr: e, used: [] }
  const walk = (x: Expr): Expr => {
    if (!facts.some(t => mentions(x, t.key))) return x
    const inside = x.kind === 'sum' || x.kind === 'contraction' ? mapChildren(x, walk) : x
    if (inside.kind !== 'contraction' || inside.bound.length === 0) return inside
    const { bound, factors } = open(inside)
    for (const f of factors) {
      if (f.kind !== 'symbol') continue
      const fact = facts.find(t => t.key === f.tensor.key)
      const last = f.indices.at(-1)
      if (!fact || !last || !bound.includes(last)) continue
      if (factors.some(g => g !== f && g.free.includes(last))) continue
      if (f.indices.slice(0, -1).includes(last)) continue
      used.add(fact.name)
      return walk(contract(bound.filter(b => b !== last), factors.filter(g => g !== f), inside.coefficient))
    }
    return inside
  }
  return { expr: walk(e), used: [...used] }
}

/** A[i, j] = A[j, i] for symmetric A: a free index is written before a bound one, two free ones in order of age. */
export function useSymmetry(e: Expr, symmetric: ReadonlySet<string>): { expr: Expr; used: readonly string[] } {
  const used = new Set<string>()
  const outer = new Set(e.free)
  const walk = (x: Expr): Expr => {
    if (![...symmetric].some(k => mentions(x, k))) return x
    if (x.kind !== 'symbol') return x.kind === 'derivative' ? x : mapChildren(x, walk)
    const [a, b] = x.indices.slice(-2)
    if (!symmetric.has(x.tensor.key) || !a || !b) return x
    const turn = outer.has(b) && (!outer.has(a) || b.id < a.id)
    if (!turn) return x
    used.add(x.tensor.name)
    return entry(x.tensor, [...x.indices.slice(0, -2), b, a])
  }
  return { expr: walk(e), used: [...used] }
}
