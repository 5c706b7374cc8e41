/** Sums in reading order: `1 − y`, `y − t`, `W x + b`, `2(n_7 − y_7)`. */
import { type Expr, scale, splitCoefficient, type Sum } from '../expression/index.ts'
import { divR, eqR, negR, ONE, type Rational, signR } from '../shape/index.ts'
import type { Printer, Scope } from './context.ts'
import { negativeForm, numberForm, productForm, sumForm } from './forms.ts'
import type { Formula } from './formula.ts'
import { compareRanks, type Label, structureKey } from './reading-order.ts'

const absolute = (q: Rational): Rational => (signR(q) < 0 ? negR(q) : q)

/** The number other than 1 that stands in every term, if there is one. */
function commonNumber(e: Sum): Rational | undefined {
  const [first, ...rest] = e.terms.map(t => absolute(splitCoefficient(t)[0]))
  return !eqR(first!, ONE) && rest.every(c => eqR(c, first!)) ? first : undefined
}

interface Term { readonly expr: Expr; readonly form: Formula; readonly negative: boolean; readonly key: string }

const isProduct = (f: Formula): boolean => f.kind === 'product' || f.kind === 'big'

/** Products before single entries; earlier before later. */
function compareTerms(a: Term, b: Term): number {
  const weight = (t: Term): number => (isProduct(t.form.kind === 'negative' ? t.form.body : t.form) ? 0 : 1)
  return weight(a) - weight(b) || -compareRanks(a.expr, b.expr) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
}

/** The sum as it is read. When all terms are negative the sign stands before brackets. */
export function sumOf(e: Sum, p: Printer, scope: Scope, label: Label): Formula {
  const common = commonNumber(e)
  if (common) {
    const inner = p.form(scale(divR(ONE, common), e), scope)
    const number = numberForm(common, p.context.decimals)
    return inner.kind === 'negative' ? negativeForm(productForm([number, inner.body])) : productForm([number, inner])
  }
  const terms = e.terms.map((expr): Term => {
    const form = p.form(expr, scope)
    return { expr, form, negative: form.kind === 'negative', key: structureKey(expr, label) }
  })
  const bare = (t: Term): Term => ({ ...t, form: negativeForm(t.form) })
  if (terms.every(t => t.negative)) return negativeForm(sumForm(order(terms.map(bare))))
  return sumForm(order(terms))
}

/** A number stands first where something is taken from it (1 − y) or a function is added (1 + e^{−x}), else last (x² + 1). */
function order(terms: readonly Term[]): readonly Formula[] {
  const numbers = terms.filter(t => t.expr.kind === 'number')
  const rest = terms.filter(t => t.expr.kind !== 'number')
  const up = rest.filter(t => t.form.kind !== 'negative').sort(compareTerms)
  const down = rest.filter(t => t.form.kind === 'negative').sort(compareTerms)
  const first = down.length > 0 || (up.length > 0 && up.every(t => t.expr.kind === 'apply')) ? numbers.filter(t => t.form.kind !== 'negative') : []
  const last = numbers.filter(t => !first.includes(t))
  return [...first, ...up, ...down, ...last].map(t => t.form)
}
