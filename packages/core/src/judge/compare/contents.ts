/** What two parts of a chain come to when they are held against each other in every way that they may be meant. */
import type { Expr } from '../../expression/index.ts'
import type { Content } from '../meaning/meaning.ts'
import type { Scene } from '../scene.ts'
import { alignments, type UnsaidSum } from './align.ts'
import { compare } from './compare.ts'
import type { Written } from './decimals.ts'
import { EQUATIONS, ORDERED } from './order.ts'
import { rank, type Raw } from './raw.ts'

export interface CompareOptions extends Written { readonly scene: Scene; readonly mask: () => Expr | undefined; readonly freeLayout: boolean; readonly unsaidSum: readonly [UnsaidSum, UnsaidSum]; readonly relation: string }

/** Two contents: tuples item by item. */
export function compareContents(a: Content, b: Content, o: CompareOptions): Raw {
  if (a.kind === 'tuple' || b.kind === 'tuple') {
    if (a.kind !== b.kind) return { kind: 'shapes', message: 'A list stands against one value.', span: { start: 0, end: 0 } }
    const [x, y] = [a, b] as [Extract<Content, { kind: 'tuple' }>, Extract<Content, { kind: 'tuple' }>]
    if (x.items.length !== y.items.length) return { kind: 'shapes', message: `One side has ${x.items.length} numbers, the other ${y.items.length}.`, span: { start: 0, end: 0 } }
    if (ORDERED.has(o.relation) && o.relation !== '≠') return { kind: 'unreadable', message: 'Lists have no order.', span: { start: 0, end: 0 } }
    const all = x.items.map((m, k) => compareContents(m, y.items[k]!, o))
    // lists differ where one item does
    if (o.relation === '≠' && all.some(r => r.kind === 'holds')) return all.find(r => r.kind === 'holds')!
    return all.reduce((p, q) => (rank(q) < rank(p) ? q : p))
  }
  if (!EQUATIONS.has(o.relation) && !ORDERED.has(o.relation)) return { kind: 'undecided', reason: `${o.relation} is no equation` }
  const ways = alignments(a, b, o.scene, o)
  if ('problem' in ways) return { kind: 'shapes', message: ways.problem, span: { start: 0, end: 0 } }
  let best: { readonly raw: Raw; readonly letters: string | undefined } | undefined
  const mask = o.mask()
  const holding = new Set<string | undefined>()
  for (const alignment of ways) {
    const { letters } = alignment
    const raw = compare({ alignment, mask, decimal: o.decimal, leftDecimal: o.leftDecimal, relation: o.relation }, o.scene)
    if (raw.kind === 'holds') holding.add(letters)
    if (!best || rank(raw) > rank(best.raw)) best = { raw, letters }
    if (rank(raw) >= 5 && letters === undefined) break
  }
  const { raw, letters } = best!
  // letters that go with the axes in any order say something only where all orders hold
  if (raw.kind !== 'holds' || letters === undefined || ways.every(w => holding.has(w.letters))) return raw
  return { ...raw, assumption: raw.assumption === undefined ? letters : `${raw.assumption}; ${letters}` }
}
