/**
 * Sums, and numbers in front of things: like terms are collected, a number goes to the coefficient of a product
 * or to each term of a sum.
 */
import { addR, eqR, mulR, negR, ONE, type Rational, rational, signR } from '../shape/rational.ts'
import { hashIndex } from './hash.ts'
import type { Index } from './indices.ts'
import { compareExpr, hashBag, hashText, intern, mix, unionFree } from './intern.ts'
import { number, ONE_E, ZERO } from './leaves.ts'
import type { Expr } from './node.ts'

/** The greatest level of an index bound inside any of the parts. */
export const greatestLevel = (parts: readonly Expr[]): number => parts.reduce((h, p) => Math.max(h, p.level), 0)

/** coefficient and the rest of a term. */
export function splitCoefficient(e: Expr): [Rational, Expr] {
  if (e.kind === 'number') return [e.value, ONE_E]
  if (e.kind === 'contraction' && !eqR(e.coefficient, ONE)) return [e.coefficient, contractionNode(ONE, e.factors, e.bound)]
  return [ONE, e]
}

/** The sum of the terms. */
export function add(...terms: readonly Expr[]): Expr {
  const collected = new Map<Expr, Rational>()
  const take = (e: Expr): void => {
    if (e.kind === 'sum') { e.terms.forEach(take); return }
    const [c, core] = splitCoefficient(e)
    const old = collected.get(core)
    collected.set(core, old ? addR(old, c) : c)
  }
  terms.forEach(take)
  const list = [...collected].filter(([, c]) => c.n !== 0n).map(([core, c]) => scale(c, core)).sort(compareExpr)
  if (list.length === 0) return ZERO
  if (list.length === 1) return list[0]!
  return intern(`+${list.map(t => t.id).join(',')}`, () => ({
    kind: 'sum', terms: Object.freeze(list), free: unionFree(list.map(t => t.free)), level: greatestLevel(list), hash: mix(29, hashBag(list.map(t => t.hash))),
  }))
}

export const negate = (e: Expr): Expr => scale(rational(-1), e)
export const subtract = (a: Expr, b: Expr): Expr => add(a, negate(b))

/** c e, the number going to the coefficient of a product or to each term of a sum. */
export function scale(c: Rational, e: Expr): Expr {
  if (c.n === 0n) return ZERO
  if (eqR(c, ONE)) return e
  if (e.kind === 'number') return number(mulR(c, e.value))
  if (e.kind === 'sum') return add(...e.terms.map(t => scale(c, t)))
  if (e.kind === 'contraction') return contractionNode(mulR(c, e.coefficient), e.factors, e.bound)
  return contractionNode(c, [e], [])
}

/**
 * The numeric content of a sum that stands as a factor, so that 2a + 2b and -(a + b) share the factor a + b:
 * the gcd of the coefficients, with the sign of the term whose core (coefficient left out) comes first.
 */
export function content(e: Expr): Rational {
  if (e.kind !== 'sum') return ONE
  const split = e.terms.map(splitCoefficient)
  const cs = split.map(([c]) => c)
  const lead = split.reduce((a, b) => (compareExpr(b[1], a[1]) < 0 ? b : a))
  let g = cs[0]!
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
  for (const c of cs) g = rational(gcd(g.n * c.d, c.n * g.d), g.d * c.d)
  return signR(lead[0]) * signR(g) < 0 ? negR(g) : g
}

/** The product with these factors, which are in normal form already. */
export function contractionNode(coefficient: Rational, factors: readonly Expr[], bound: readonly Index[]): Expr {
  if (factors.length === 0 && bound.length === 0) return number(coefficient)
  if (factors.length === 1 && bound.length === 0) {
    const only = factors[0]!
    if (eqR(coefficient, ONE)) return only
    if (only.kind === 'sum') return scale(coefficient, only)
  }
  const key = `*${coefficient.n}/${coefficient.d}|${factors.map(f => f.id).join(',')}|${bound.map(b => b.id).join(',')}`
  return intern(key, () => ({
    kind: 'contraction', coefficient, factors: Object.freeze([...factors]), bound: Object.freeze([...bound]),
    free: unionFree(factors.map(f => f.free), bound),
    level: bound.reduce((h, b) => Math.max(h, b.level), greatestLevel(factors)),
    hash: mix(31, hashText(`${coefficient.n}/${coefficient.d}`), hashBag(factors.map(f => f.hash)), hashBag(bound.map(b => hashIndex(b)))),
  }))
}
