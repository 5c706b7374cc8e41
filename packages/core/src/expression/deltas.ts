/** One step of contracting deltas in a product. */
import { type Index, literalIndex } from './indices.ts'
import { asDelta } from './leaves.ts'
import type { Expr } from './node.ts'

/** Replacing indices, handed in by the constructors. */
export type Substitute = (e: Expr, map: ReadonlyMap<Index, Index>) => Expr

export interface DeltaStep { readonly factors: readonly Expr[]; readonly bound: Index[]; readonly all: ReadonlySet<Index> }

/** Uses one delta: a bound index is replaced and the delta goes; a delta of free indices makes its partners alike. */
export function contractOneDelta(factors: readonly Expr[], bound: readonly Index[], substitute: Substitute): DeltaStep | 'zero' | undefined {
  const all = new Set(bound)
  for (const s of factors) {
    if (s.kind !== 'selector') continue
    const d = asDelta(s)
    if (!d) continue
    const rest = factors.filter(f => f !== s)
    if (d.position !== undefined) {
      const n = d.a.size.value
      if (d.position < 0 || (n !== undefined && d.position >= n)) return 'zero'
      const map = new Map([[d.a, literalIndex(d.position)]])
      if (all.has(d.a)) return { factors: rest.map(f => substitute(f, map)), bound: bound.filter(b => b !== d.a), all }
      if (rest.some(f => f.free.includes(d.a))) return { factors: [s, ...rest.map(f => substitute(f, map))], bound: [...bound], all }
      continue
    }
    if (!d.b || d.a.size !== d.b.size || d.a.sample !== d.b.sample) continue
    const gone = all.has(d.a) ? d.a : all.has(d.b) ? d.b : undefined
    if (gone) {
      const kept = gone === d.a ? d.b : d.a
      return { factors: rest.map(f => substitute(f, new Map([[gone, kept]]))), bound: bound.filter(b => b !== gone), all }
    }
    const [first, second] = d.a.id < d.b.id ? [d.a, d.b] : [d.b, d.a]
    if (rest.some(f => f.free.includes(second))) {
      return { factors: [s, ...rest.map(f => substitute(f, new Map([[second, first]])))], bound: [...bound], all }
    }
  }
  return undefined
}
