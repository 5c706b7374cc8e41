/**
 * Window selectors are folded into the slots that they select: Σ_p w[a] x[p] [p = s i + a − P] reads Σ_a w_a x[s·i+a−P].
 * What lies outside of x counts as zero, as on paper; so a slot that may lie outside is only written so where zero is right.
 */
import { children, type Expr, type Index, type Selector, type SelectorTerm } from '../expression/index.ts'
import { isOne, MINUS_ONE, scaleS } from '../shape/index.ts'
import { type Affine, solvedPlace } from './affine.ts'
import { type Label, ranks, structureKey } from './reading-order.ts'

/** The bound indices that a selector determines. */
export type Solved = ReadonlyMap<Index, Selector>

const isUnit = (t: SelectorTerm): boolean => isOne(t.coefficient) || isOne(scaleS(t.coefficient, MINUS_ONE))

/** How well an index is taken out: alone on its side of the relation, then the longer axis, then the slot of the later tensor. */
function better(s: Selector, rest: readonly Expr[]): (a: SelectorTerm, b: SelectorTerm) => number {
  const sign = (t: SelectorTerm): boolean => t.coefficient.monomials[0]!.coefficient.n > 0n
  const alone = (t: SelectorTerm): boolean => s.terms.filter(u => sign(u) === sign(t)).length === 1
  const rank = (t: SelectorTerm): number => Math.max(-Infinity, ...rest.filter(f => f.free.includes(t.index)).map(f => ranks(f)[0] ?? -Infinity))
  return (a, b) => Number(alone(b)) - Number(alone(a)) || (b.index.size.value ?? 0) - (a.index.size.value ?? 0)
    || Math.sign(rank(b) - rank(a)) || (a.index.size.key < b.index.size.key ? -1 : 1)
}

/** Whether the position that the relation gives an index always lies on its axis; unknown where sizes are symbols. */
function range(s: Selector, own: SelectorTerm): 'inside' | 'outside' | 'unknown' {
  const turn = isOne(own.coefficient) ? -1 : 1
  const constant = s.constant.value
  let [least, greatest] = [turn * (constant ?? NaN), turn * (constant ?? NaN)]
  for (const t of s.terms) {
    if (t === own) continue
    const reach = turn * (t.coefficient.value ?? NaN) * ((t.index.size.value ?? NaN) - 1)
    least += Math.min(reach, 0)
    greatest += Math.max(reach, 0)
  }
  const size = own.index.size.value ?? NaN
  return Number.isNaN(least + greatest + size) ? 'unknown' : least >= 0 && greatest < size ? 'inside' : 'outside'
}

/** True for a factor that is zero where the index leaves its axis. */
function vanishes(f: Expr, i: Index): boolean {
  switch (f.kind) {
    case 'symbol': return f.indices.includes(i)
    case 'power': return f.exponent.kind === 'number' && f.exponent.value.n > 0n && vanishes(f.base, i)
    case 'derivative': return f.by.indices.includes(i) || vanishes(f.of, i)
    case 'reduce': return f.op === 'argmax' && f.at.includes(i)
    case 'contraction': return f.factors.some(g => vanishes(g, i))
    case 'sum': return f.terms.every(t => vanishes(t, i))
    case 'number': case 'selector': case 'apply': return false
  }
}

/** True for a factor that may be infinite where an entry with this index is zero. */
function divides(f: Expr, i: Index): boolean {
  if (!f.free.includes(i)) return false
  if (f.kind === 'power' && !(f.exponent.kind === 'number' && f.exponent.value.n > 0n)) return true
  return (f.kind === 'apply' && f.fn.name === 'log') || children(f).some(c => divides(c, i))
}

/** Chooses the bound indices to take out. A sample index stays, and so does one that no tensor slot would show. */
export function solveWindows(selectors: readonly Expr[], rest: readonly Expr[], bound: readonly Index[], within: 'product' | 'max', label: Label): Solved {
  const solved = new Map<Index, Selector>()
  const reaches = (from: Index, to: Index): boolean => from === to || (solved.get(from)?.terms.some(t => t.index !== from && reaches(t.index, to)) ?? false)
  const fits = (s: Selector, t: SelectorTerm): boolean => {
    const where = range(s, t)
    return where === 'inside' || (within === 'product' ? rest.some(f => vanishes(f, t.index)) && !rest.some(f => divides(f, t.index)) : where === 'unknown')
  }
  const windows = selectors.filter((s): s is Selector => s.kind === 'selector' && s.relation === 'eq')
  windows.sort((a, b) => a.terms.length - b.terms.length || (structureKey(a, label) < structureKey(b, label) ? -1 : 1))
  for (const s of windows) {
    const candidates = s.terms.filter(t => isUnit(t) && bound.includes(t.index) && !t.index.sample && !solved.has(t.index)
      && rest.some(f => f.free.includes(t.index)) && fits(s, t) && !s.terms.some(u => u !== t && reaches(u.index, t.index)))
    const chosen = [...candidates].sort(better(s, rest))[0]
    if (chosen) solved.set(chosen.index, s)
  }
  return solved
}

/** The places with those of the solved indices that they determine. */
export function placeSolved(solved: Solved, places: ReadonlyMap<Index, Affine>): ReadonlyMap<Index, Affine> {
  const all = new Map(places)
  const resolve = (p: Index): boolean => {
    if (all.has(p)) return true
    const s = solved.get(p)
    if (!s || !s.terms.every(t => t.index === p || resolve(t.index))) return false
    all.set(p, solvedPlace(s, p, all))
    return true
  }
  for (const p of solved.keys()) resolve(p)
  return all
}

/** The indices that an expression depends on, through solved ones too. */
export function dependsOn(e: Expr, solved: Solved): ReadonlySet<Index> {
  const found = new Set<Index>()
  const take = (i: Index): void => {
    if (found.has(i)) return
    found.add(i)
    solved.get(i)?.terms.forEach(t => take(t.index))
  }
  e.free.forEach(take)
  return found
}
