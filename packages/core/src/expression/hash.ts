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

/** Beside a delta [i = j] it is a matter of names whether the other factors say i or j: both get one colour there. */
function partnersAlike(factors: readonly Expr[], colour: Colouring, idx: (i: Index) => number): Colouring {
  const deltas = factors.filter(f => f.kind === 'selector' && f.relation === 'eq' && f.terms.length === 2)
  if (deltas.length === 0) return colour
  const made = new Map(colour)
  for (const d of deltas) {
    if (d.kind !== 'selector') continue
    const [a, b] = d.terms.map(t => t.index)
    const both = hashBag([made.get(a!) ?? idx(a!), made.get(b!) ?? idx(b!)])
    made.set(a!, both)
    made.set(b!, both)
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
      return mix(31, hashText(`${magnitude(e.coefficient.n)}/${e.coefficient.d}`), hashBag(e.factors.map(f => (f.kind === 'selector' ? child(f) : colouredHash(f, alike)))), hashBag(e.bound.map(idx)))
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
