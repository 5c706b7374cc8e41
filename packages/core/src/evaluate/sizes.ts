/** Random sizes: all different, so that a swapped axis cannot go unseen, and such that every axis has a whole size. */
import { ChainError } from '../errors.ts'
import { evaluateS, isInteger, type Size, sizeSymbols } from '../shape/index.ts'
import { inside } from './depends.ts'
import { below, type Random, shuffled } from './generator.ts'
import type { NodeLike } from './network.ts'

/** Sizes that must be whole, with their least value: 1, or more where a fixed position is read. */
export interface Demands { readonly least: ReadonlyMap<Size, number>; readonly symbols: ReadonlySet<string>; readonly samples: ReadonlySet<string> }

/** What the nodes demand of the sizes; as many samples as `fewest` at least, two unless one will do. */
export function demandsOf(nodes: readonly NodeLike[], fewest = 2): Demands {
  const least = new Map<Size, number>()
  const symbols = new Set<string>()
  const samples = new Set<string>()
  const axis = (s: Size, n = 1) => { least.set(s, Math.max(n, least.get(s) ?? 1)); sizeSymbols(s, symbols) }
  for (const n of nodes) {
    n.tensor.axes.forEach((a, k) => { axis(a); if (n.tensor.sample && k === 0) { axis(a, fewest); sizeSymbols(a, samples) } })
    for (const e of n.definition ? inside(n.definition) : []) {
      for (const i of e.free) axis(i.size)
      if (e.kind === 'symbol') e.indices.forEach((i, k) => { if (i.literal !== undefined) axis(e.tensor.axes[k]!, i.literal + 1) })
      if (e.kind === 'symbol' && e.tensor.size) sizeSymbols(e.tensor.size, symbols)
      if (e.kind === 'contraction') for (const f of e.factors) if (f.kind === 'selector') { for (const t of f.terms) sizeSymbols(t.coefficient, symbols); sizeSymbols(f.constant, symbols) }
    }
  }
  return { least, symbols, samples }
}

const pools: readonly (readonly number[])[] = [[2, 3, 5], [2, 3, 5, 7, 4], [2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 8, 9, 12]]

/** Sizes for all symbols. Throws ChainError when no whole sizes are found. */
export function randomSizes(d: Demands, fixed: ReadonlyMap<string, number>, random: Random): Map<string, number> {
  const open = [...d.symbols].filter(s => !fixed.has(s)).sort()
  const taken = new Set([...fixed.values(), ...[...d.least.keys()].map(s => s.value)])
  for (let attempt = 0; attempt < 400; attempt++) {
    const pool = pools[Math.min(pools.length - 1, Math.floor(attempt / 20))]!.filter(n => attempt >= 100 || !taken.has(n))
    for (let n = 2; pool.length < open.length; n++) if (!pool.includes(n) && !(attempt < 100 && taken.has(n))) pool.push(n)
    const drawn = attempt < 200 ? shuffled(pool, random) : open.map(() => 1 + below(12, random))
    const sizes = new Map(fixed)
    open.forEach((s, k) => sizes.set(s, drawn[k]!))
    // many samples cost much and show nothing that a few do not
    if (attempt < 100) for (const s of d.samples) if (open.includes(s) && sizes.get(s)! > 5) sizes.set(s, 2 + below(2, random))
    if (fits(d, sizes)) return sizes
  }
  throw new ChainError({ problem: `No sizes were found for ${open.join(', ')} that make every axis a whole number of positions.` })
}

/** Whether every axis is a whole number of positions, and long enough. */
export function fits(d: Demands, sizes: ReadonlyMap<string, number>): boolean {
  for (const [s, least] of d.least) {
    let value
    try { value = evaluateS(s, name => sizes.get(name)) } catch { return false }
    if (!value || !isInteger(value) || Number(value.n) < least) return false
  }
  return true
}
