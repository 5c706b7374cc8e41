/** Products: sign and coefficient in front, factors in reading order, negative powers in a fraction. */
import { add, type Expr, negate, splitCoefficient } from '../expression/index.ts'
import { compareR, eqR, MINUS_ONE, mulR, negR, ONE, type Rational, rational, signR, ZERO } from '../shape/index.ts'
import type { Printer, Scope } from './context.ts'
import { negativeForm, numberForm, productForm } from './forms.ts'
import type { Formula } from './formula.ts'
import { compareRanks, isCoefficient, type Label, structureKey } from './reading-order.ts'

/** A factor base^exponent whose base may be shown with its sign turned. */
export interface Factor { readonly expr: Expr; readonly base: Expr; readonly exponent: Rational; readonly flipped: boolean }

const isOdd = (q: Rational): boolean => q.d === 1n && q.n % 2n !== 0n

/** A factor as it is: a power with a number above is base and exponent. */
export function factorOf(expr: Expr): Factor {
  return expr.kind === 'power' && expr.exponent.kind === 'number'
    ? { expr, base: expr.base, exponent: expr.exponent.value, flipped: false } : { expr, base: expr, exponent: ONE, flipped: false }
}

/**
 * Whether the sum reads better with all signs turned: more pluses than minuses; in a difference the number is positive (1 − y),
 * else the delta (δ_ij − s_j), else the term that was computed earlier (x − mean, y − t: a target counts as last), else the entry.
 */
function wantsFlip(e: Expr, label: Label): boolean {
  if (e.kind !== 'sum') return false
  const signs = e.terms.map(t => readSign(t, label))
  const balance = signs.reduce((a, b) => a + b, 0)
  if (balance !== 0) return balance < 0
  const side = (sign: number): readonly Expr[] => e.terms.filter((_, k) => signs[k] === sign)
  const [plus, minus] = [side(1), side(-1)]
  for (const leads of [(t: Expr) => t.kind === 'number', isSelector, undefined, (t: Expr) => splitCoefficient(t)[1].kind === 'symbol']) {
    const order = leads === undefined ? compareRanks(add(...minus), add(...plus)) : Number(minus.some(leads)) - Number(plus.some(leads))
    if (order !== 0) return order > 0
  }
  const keys = (list: readonly Expr[]): string => list.map(t => structureKey(splitCoefficient(t)[1], label)).sort().join('+')
  return keys(minus) < keys(plus)
}

/** The sign a term is read with: that of its number, turned by every factor that is shown with its signs turned. */
function readSign(term: Expr, label: Label): number {
  const [c, core] = splitCoefficient(term)
  const bound = core.kind === 'contraction' ? core.bound : []
  const inside: Label = i => (bound.includes(i) ? '·' : label(i))
  return (core.kind === 'contraction' ? core.factors : [core]).map(factorOf)
    .reduce((sign, f) => (isOdd(f.exponent) && wantsFlip(f.base, inside) ? -sign : sign), signR(c))
}

const isSelector = (t: Expr): boolean => {
  const core = splitCoefficient(t)[1]
  return core.kind === 'selector' || (core.kind === 'contraction' && core.factors.some(f => f.kind === 'selector'))
}

/** A difference of two entries, whose sign may be turned to save a minus in front. */
const isDifference = (e: Expr): boolean => e.kind === 'sum' && e.terms.length === 2 && e.terms.every(t => t.kind !== 'number')
  && e.terms.some(t => signR(splitCoefficient(t)[0]) < 0) && e.terms.some(t => signR(splitCoefficient(t)[0]) > 0)

/** Sums turned the way they read best, and the coefficient that goes with them. */
export function orient(coefficient: Rational, exprs: readonly Expr[], label: Label): { coefficient: Rational; factors: readonly Factor[] } {
  let c = coefficient
  const factors = exprs.map(factorOf).map(f => {
    if (f.exponent.d !== 1n || !wantsFlip(f.base, label)) return f
    if (isOdd(f.exponent)) c = negR(c)
    return { ...f, flipped: true }
  })
  const at = signR(c) < 0 ? factors.findIndex(f => isOdd(f.exponent) && isDifference(f.base)) : -1
  if (at < 0) return { coefficient: c, factors }
  return { coefficient: mulR(c, MINUS_ONE), factors: factors.map((f, k) => (k === at ? { ...f, flipped: !f.flipped } : f)) }
}

const half = rational(1, 2)

/** base^|exponent|; the negative of it when a minus comes out of an odd power. */
function powerForm(f: Factor, p: Printer, scope: Scope): Formula {
  const exponent = signR(f.exponent) < 0 ? negR(f.exponent) : f.exponent
  const signed = p.form(f.flipped ? negate(f.base) : f.base, scope)
  if (eqR(exponent, ONE)) return signed
  const base = signed.kind === 'negative' && exponent.d === 1n ? signed.body : signed
  if (base !== signed && isOdd(exponent)) return negativeForm({ kind: 'power', base, exponent: numberForm(exponent) })
  return eqR(exponent, half) ? { kind: 'root', body: base } : { kind: 'power', base, exponent: numberForm(exponent) }
}

/**
 * coefficient times the factors (in reading order) times `tails`. A quotient by sizes alone stands in front, `1/m Σ_i …`;
 * any other negative power makes the whole a fraction.
 */
export function assemble(coefficient: Rational, factors: readonly Factor[], p: Printer, scope: Scope, tails: readonly Formula[] = []): Formula {
  const forms = new Map(factors.map(f => [f, powerForm(f, p, scope)]))
  const minuses = [...forms.values()].filter(f => f.kind === 'negative').length
  const negative = (compareR(coefficient, ZERO) < 0) !== (minuses % 2 === 1)
  const c = signR(coefficient) < 0 ? negR(coefficient) : coefficient
  const plain = (list: readonly Factor[]): Formula[] => list.map(f => { const form = forms.get(f)!; return form.kind === 'negative' ? form.body : form })
  const up = plain(factors.filter(f => signR(f.exponent) > 0))
  const down = factors.filter(f => signR(f.exponent) < 0)
  const below = plain(down)
  const rest = [...up, ...tails]
  const decimal = p.context.decimals ?? false
  const whole = (n: bigint): Formula => numberForm({ n, d: 1n })
  let body: Formula
  if (down.length === 0) body = productForm([numberForm(c, decimal), ...rest])
  else {
    const split = decimal ? [numberForm(c, true)] : [whole(c.n)]
    const divisor = productForm(decimal ? below : [whole(c.d), ...below])
    body = down.every(f => isCoefficient(f.expr, p.context)) && rest.length > 0
      ? productForm([{ kind: 'fraction', numerator: productForm(split), denominator: divisor }, ...rest])
      : { kind: 'fraction', numerator: productForm([...split, ...rest]), denominator: divisor }
  }
  return negative ? negativeForm(body) : body
}
