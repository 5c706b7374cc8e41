/** What an expression contains, computed once per shared node: lets a rewrite see at a glance that it has nothing to do. */
import { type Expr, splitCoefficient } from '../expression/index.ts'

export interface Features {
  /** A 0/1 relation between indices. */
  readonly selector: boolean
  /** A quotient. */
  readonly quotient: boolean
  /** A sum whose terms share a factor. */
  readonly sharedFactor: boolean
}

const NONE: Features = { selector: false, quotient: false, sharedFactor: false }
const memo = new WeakMap<Expr, Features>()

const join = (parts: readonly Features[]): Features => ({
  selector: parts.some(p => p.selector), quotient: parts.some(p => p.quotient), sharedFactor: parts.some(p => p.sharedFactor),
})

/** The factors of a term that stand outside its sums over indices. */
export function outerFactors(t: Expr): readonly Expr[] {
  const core = splitCoefficient(t)[1]
  if (core.kind !== 'contraction') return core.kind === 'number' ? [] : [core]
  const bound = new Set(core.bound)
  return core.factors.filter(f => !f.free.some(i => bound.has(i)))
}

/** Factors that every term of a sum has. */
export function commonFactors(terms: readonly Expr[]): readonly Expr[] {
  const [first, ...others] = terms
  return outerFactors(first!).filter(f => f.kind !== 'selector' && others.every(t => outerFactors(t).includes(f)))
}

/** The features of an expression. Functions are looked into as far as rewrites go: sums, products and powers. */
export function features(e: Expr): Features {
  const known = memo.get(e)
  if (known) return known
  let made = NONE
  switch (e.kind) {
    case 'number': case 'symbol': case 'derivative': break
    case 'selector': made = { ...NONE, selector: true }; break
    case 'sum': {
      const inside = join(e.terms.map(features))
      made = { ...inside, sharedFactor: inside.sharedFactor || commonFactors(e.terms).length > 0 }
      break
    }
    case 'contraction': made = join(e.factors.map(features)); break
    case 'apply': made = join(e.args.map(features)); break
    case 'power': {
      const inside = features(e.base)
      made = e.exponent.kind === 'number' && e.exponent.value.n < 0n ? { ...inside, quotient: true } : inside
      break
    }
    case 'reduce': made = features(e.body); break
  }
  memo.set(e, made)
  return made
}
