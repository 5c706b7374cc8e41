/** Multiplying out, and its opposite: taking common factors out of a sum. */
import { add, contract, type Contraction, type Expr, mapChildren, multiply, number, open, power } from '../expression/index.ts'
import { commonFactors, features } from './features.ts'

/** No expansion grows past this many terms; beyond it the factored form stays. */
const MOST_TERMS = 400

/** The terms of a factor, powers of sums with a small whole exponent included. */
function termsOf(f: Expr): readonly Expr[] {
  if (f.kind === 'sum') return f.terms
  if (f.kind === 'power' && f.base.kind === 'sum' && f.exponent.kind === 'number' && f.exponent.value.d === 1n && f.exponent.value.n >= 2n && f.exponent.value.n <= 4n) {
    let terms: readonly Expr[] = f.base.terms
    for (let k = 1n; k < f.exponent.value.n; k++) {
      const sum = add(...terms.flatMap(a => (f.base as typeof f.base & { terms: readonly Expr[] }).terms.map(b => multiply(a, b))))
      terms = sum.kind === 'sum' ? sum.terms : [sum]
    }
    return terms
  }
  return [f]
}

/** A product with the chosen factors multiplied out, each term contracted on its own. */
function distribute(e: Contraction, choose: (f: Expr, bound: ReadonlySet<unknown>) => boolean): Expr {
  const inner = open(e)
  const bound = new Set<unknown>(inner.bound)
  let products: (readonly Expr[])[] = [[]]
  for (const f of inner.factors) {
    const terms = choose(f, bound) ? termsOf(f) : [f]
    if (terms.length * products.length > MOST_TERMS) return e
    products = products.flatMap(p => terms.map(t => [...p, t]))
  }
  if (products.length === 1) return e
  return add(...products.map(p => contract(inner.bound, p, e.coefficient)))
}

/** Everything multiplied out; functions and powers of sums that are no small whole powers stay as they are. */
export function expand(e: Expr): Expr {
  if (e.kind === 'sum') return add(...e.terms.map(expand))
  if (e.kind === 'power') return termsOf(e).length > 1 ? add(...termsOf(e)) : e
  if (e.kind !== 'contraction') return e
  const once = distribute(mapProduct(e), () => true)
  return once === e || once.kind === 'contraction' ? once : expandAgain(once)
}
const mapProduct = (e: Contraction): Contraction => {
  const made = mapChildren(e, f => (f.kind === 'sum' || f.kind === 'contraction' ? expand(f) : f))
  return made.kind === 'contraction' ? made : e
}
const expandAgain = (e: Expr): Expr => (e.kind === 'sum' ? add(...e.terms.map(t => (t.kind === 'contraction' ? expand(t) : t))) : e)

const hasDeltaOn = (t: Expr, bound: ReadonlySet<unknown>): boolean =>
  t.kind === 'selector' ? t.terms.some(x => bound.has(x.index)) : t.kind === 'contraction' && t.factors.some(f => f.kind === 'selector' && f.free.some(i => bound.has(i)))

/** Multiplies out only the sums that hold a delta on a summed index, so that the delta can keep its one term. */
export function useDeltas(e: Expr): Expr {
  if (!features(e).selector) return e
  const inside = e.kind === 'contraction' || e.kind === 'sum' ? mapChildren(e, useDeltas) : e
  if (inside.kind !== 'contraction') return inside
  const once = distribute(inside, (f, bound) => f.kind === 'sum' && f.terms.some(t => hasDeltaOn(t, bound)))
  return once === inside ? inside : mapChildrenOnce(once)
}
const mapChildrenOnce = (e: Expr): Expr => (e.kind === 'sum' ? add(...e.terms.map(useDeltas)) : useDeltas(e))

const divideOut = (t: Expr, f: Expr): Expr => multiply(t, power(f, number(-1)))

/** a b + a c = a (b + c): factors shared by all terms of a sum are taken out. */
export function collect(e: Expr): Expr {
  if (!features(e).sharedFactor) return e
  const inside = e.kind === 'contraction' || e.kind === 'sum' ? mapChildren(e, collect) : e
  if (inside.kind !== 'sum') return inside
  const common = commonFactors(inside.terms)
  if (common.length === 0) return inside
  return multiply(...common, add(...inside.terms.map(t => common.reduce(divideOut, t))))
}


/** Multiplies out only the sums that hold a quotient which another factor of the product cancels: (a/y - b/(1 - y)) y (1 - y). */
export function cancelQuotients(e: Expr): Expr {
  if (!features(e).quotient) return e
  const inside = e.kind === 'contraction' || e.kind === 'sum' ? mapChildren(e, cancelQuotients) : e
  if (inside.kind !== 'contraction') return inside
  const holds = (t: Expr, others: ReadonlySet<Expr>): boolean => (t.kind === 'contraction' ? t.factors : [t])
    .some(q => q.kind === 'power' && q.exponent.kind === 'number' && q.exponent.value.n < 0n && others.has(q.base))
  const inner = open(inside)
  const own = new Set(inner.factors.map(f => (f.kind === 'power' ? f.base : f)))
  let products: (readonly Expr[])[] = [[]]
  for (const f of inner.factors) {
    const terms = f.kind === 'sum' && f.terms.some(t => holds(t, own)) ? f.terms : [f]
    products = products.flatMap(p => terms.map(t => [...p, t]))
  }
  return products.length === 1 ? inside : add(...products.map(p => contract(inner.bound, p, inside.coefficient)))
}

/** Sums under a sum sign that still hold deltas: work left undone, which a reader would have to do. */
const openDeltas = (e: Contraction): number => (e.bound.length === 0 ? 0 : e.factors.filter(f => f.kind === 'sum' && f.terms.some(t => hasDeltaOn(t, new Set<unknown>(e.bound)))).length)

/** How long an expression reads: entries, with a surcharge for sums. Shared parts count each time they are written; signs do not, since they go by names. */
export function cost(e: Expr, limit = 100_000): number {
  let total = 0
  const walk = (x: Expr): void => {
    if (total > limit) return
    switch (x.kind) {
      case 'number': total += 1; break
      case 'symbol': case 'derivative': total += 2; break
      case 'selector': total += 3; break
      case 'sum': total += x.terms.length; x.terms.forEach(walk); break
      case 'contraction': total += openDeltas(x) * 10 + x.bound.length * 2 + (x.coefficient.n * x.coefficient.n === x.coefficient.d * x.coefficient.d ? 0 : 1); x.factors.forEach(walk); break
      case 'apply': total += 2; x.args.forEach(walk); break
      case 'power': total += 1; walk(x.base); break
      case 'reduce': total += 4; walk(x.body); break
    }
  }
  walk(e)
  return total
}

