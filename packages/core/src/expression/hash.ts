/** Content hashes under a colouring of some indices: what makes the order of bound indices canonical. */
import { MINUS_ONE } from '../shape/rational.ts'
import { scaleS, type Size } from '../shape/size.ts'
import { hashBag, hashText, mix } from './intern.ts'
import type { Index } from './indices.ts'
import type { Expr, SelectorTerm } from './node.ts'

export type Colouring = ReadonlyMap<Index, number>

/** The hash of an index: its colour when it has one. */
export function hashIndex(i: Index, colour?: Colouring): number {
  const c = colour?.get(i)
  if (c !== undefined) return mix(3, c)
  if (i.literal !== undefined) return mix(5, i.literal)
  return i.level > 0 ? mix(7, i.level, hashText(i.size.key), i.sample ? 1 : 0) : mix(11, i.id)
}

export const hashSelectorTerms = (terms: readonly SelectorTerm[], colour?: Colouring): number =>
  hashBag(terms.map(t => mix(hashText(t.coefficient.key), hashIndex(t.index, colour))))

/** The two indices of a delta [i = j] between axes of one size. */
function partners(e: Expr): readonly [Index, Index] | undefined {
  if (e.kind !== 'selector' || e.relation !== 'eq' || e.terms.length !== 2 || e.constant.value !== 0) return undefined
  const [a, b] = e.terms as readonly [SelectorTerm, SelectorTerm]
  if (Math.abs(a.coefficient.value ?? 0) !== 1 || a.coefficient.value !== -(b.coefficient.value ?? 0)) return undefined
  return a.index.size === b.index.size && a.index.sample === b.index.sample ? [a.index, b.index] : undefined
}

/**
 * Beside deltas [i = j] [i = k] it is a matter of names which of i, j, k the other factors say, and which of them the
 * deltas share: all get one colour there. Indices that no delta joins keep theirs.
 */
function partnersAlike(factors: readonly Expr[], colour: Colouring, idx: (i: Index) => number): Colouring {
  const groups = new Map<Index, Set<Index>>()
  for (const f of factors) {
    const pair = partners(f)
    if (!pair) continue
    const joined = new Set(pair.flatMap(i => [...(groups.get(i) ?? [i])]))
    for (const i of joined) groups.set(i, joined)
  }
  if (groups.size === 0) return colour
  const made = new Map(colour)
  for (const group of new Set(groups.values())) {
    const all = hashBag([...group].map(idx))
    for (const i of group) made.set(i, all)
  }
  return made
}

const positive = (s: Size): string => [s.key, scaleS(s, MINUS_ONE).key].sort()[0]!
const magnitude = (n: bigint): bigint => (n < 0n ? -n : n)

/**
 * A hash under a colouring that is blind to what was chosen while indices had passing names:
 * the signs of sums and the levels of inner bound indices.
 */
export function colouredHash(e: Expr, colour: Colouring): number {
  const child = (x: Expr) => colouredHash(x, colour)
  const idx = (i: Index) => {
    const c = colour.get(i)
    return c === undefined && i.level > 0 ? mix(7, hashText(i.size.key), i.sample ? 1 : 0) : hashIndex(i, colour)
  }
  switch (e.kind) {
    case 'number': return mix(13, hashText(`${magnitude(e.value.n)}/${e.value.d}`))
    case 'symbol': return mix(23, hashText(e.tensor.key), ...e.indices.map(idx))
    case 'sum': return mix(29, hashBag(e.terms.map(child)))
    case 'contraction': {
      const alike = partnersAlike(e.factors, colour, idx)
      if (e.factors.length === 1 && e.bound.length === 0 && magnitude(e.coefficient.n) === e.coefficient.d) return child(e.factors[0]!)
      return mix(31, hashText(`${magnitude(e.coefficient.n)}/${e.coefficient.d}`), hashBag(e.factors.map(f => colouredHash(f, alike))), hashBag(e.bound.map(idx)))
    }
    case 'selector': {
      // an equation may be written with either sign
      const sizes = e.terms.map(t => mix(hashText(positive(t.coefficient)), idx(t.index)))
      return mix(37, e.relation === 'eq' ? 1 : 2, hashText(positive(e.constant)), hashBag(sizes))
    }
    case 'apply': return mix(41, hashText(e.fn.name), ...e.fn.partials, ...e.args.map(child), ...e.over.flat().map(idx), ...e.at.flat().map(idx))
    case 'power': return mix(43, child(e.base), child(e.exponent))
    case 'reduce': return mix(47, e.op === 'max' ? 1 : 2, child(e.body), hashBag(e.where.map(child)), ...e.over.map(idx), ...e.at.map(idx))
    case 'derivative': return mix(53, child(e.of), child(e.by), e.direct ? 1 : 0)
  }
}
