/** The order in which the factors of a product are multiplied: all orders up to eight factors, by the number of multiplications. */
import type { SizeOf } from '../evaluate/dense.ts'
import type { Index } from '../expression/index.ts'

export type Tree =
  | { readonly kind: 'leaf'; readonly part: number }
  /** The product of two, over the indices that are still needed. */
  | { readonly kind: 'pair'; readonly left: Tree; readonly right: Tree; readonly keeps: readonly Index[] }

interface Best { readonly cost: number; readonly tree: Tree; readonly has: ReadonlySet<Index> }

const MOST = 8

/** The cheapest tree for factors that vary along the given indices, of which `written` are left at the end. */
export function pairing(factors: readonly ReadonlySet<Index>[], written: ReadonlySet<Index>, sizeOf: SizeOf): Tree {
  const volume = (s: Iterable<Index>): number => { let v = 1; for (const i of s) v *= sizeOf(i); return v }
  const neededBeside = (inside: (k: number) => boolean): Set<Index> => new Set([...written, ...factors.flatMap((f, k) => (inside(k) ? [] : [...f]))])
  const join = (a: Best, b: Best, inside: (k: number) => boolean): Best => {
    const all = new Set([...a.has, ...b.has])
    const needed = neededBeside(inside)
    const keeps = [...all].filter(i => needed.has(i))
    return { cost: a.cost + b.cost + volume(all) + volume(keeps) / 4, tree: { kind: 'pair', left: a.tree, right: b.tree, keeps }, has: new Set(keeps) }
  }
  const leaves = factors.map((has, part): Best => ({ cost: 0, tree: { kind: 'leaf', part }, has }))
  if (factors.length > MOST) return greedy(leaves, join)
  const best = new Map<number, Best>(leaves.map((l, k) => [1 << k, l]))
  const full = (1 << factors.length) - 1
  for (let set = 1; set <= full; set++) {
    if (best.has(set)) continue
    let least: Best | undefined
    for (let part = (set - 1) & set; part > 0; part = (part - 1) & set) {
      if (part < (set ^ part)) continue
      const made = join(best.get(part)!, best.get(set ^ part)!, k => (set >> k & 1) === 1)
      if (!least || made.cost < least.cost) least = made
    }
    best.set(set, least!)
  }
  return best.get(full)!.tree
}

/** The pair that grows least, again and again. */
function greedy(leaves: readonly Best[], join: (a: Best, b: Best, inside: (k: number) => boolean) => Best): Tree {
  let open = leaves.map((best, k) => ({ best, parts: new Set([k]) }))
  while (open.length > 1) {
    let least: { best: Best; parts: Set<number>; from: readonly unknown[] } | undefined
    for (const a of open) for (const b of open) {
      if (a === b) continue
      const parts = new Set([...a.parts, ...b.parts])
      const best = join(a.best, b.best, k => parts.has(k))
      if (!least || best.cost - a.best.cost - b.best.cost < least.best.cost) least = { best, parts, from: [a, b] }
    }
    open = [...open.filter(o => !least!.from.includes(o)), { best: least!.best, parts: least!.parts }]
  }
  return open[0]!.best.tree
}
