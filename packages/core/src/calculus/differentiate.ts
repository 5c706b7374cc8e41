/** Differentiation by the rule table, in one go or one rule at a time. */
import { ChainError } from '../errors.ts'
import { type Derivative, type Expr, mapChildren, somewhere, type Sym, ZERO } from '../expression/index.ts'
import { mentions } from './depends.ts'
import { type Rule, RULES } from './rules.ts'

/** The first rule that applies to d(e)/d(by), with its result. */
export function applyRule(e: Expr, by: Sym): { rule: Rule; after: Expr } {
  for (const rule of RULES) {
    const after = rule.rewrite(e, by)
    if (after) return { rule, after }
  }
  throw new ChainError({ problem: `no differentiation rule applies to an expression of kind ${e.kind}` })
}

/** Is this the derivative of a composite expression, which the rules resolve (not the name of a node's derivative)? */
export const isOpenDerivative = (e: Expr): e is Derivative => e.kind === 'derivative' && e.direct && (e.of.kind !== 'symbol' || e.of.tensor.key === e.by.tensor.key)

/** d(e)/d(by), all nodes other than `by` held fixed. Linear in the shared size of `e`. */
export function differentiate(e: Expr, by: Sym): Expr {
  if (!mentions(e, by.tensor.key)) return ZERO
  return resolve(applyRule(e, by).after)
}

function resolve(e: Expr): Expr {
  if (isOpenDerivative(e)) return differentiate(e.of, e.by)
  if (!hasOpenDerivative(e)) return e
  return mapChildren(e, resolve)
}

/** Does the expression contain a derivative that the rules still have to resolve? Named derivatives are not looked into. */
export const hasOpenDerivative = somewhere(isOpenDerivative, e => e.kind !== 'derivative')
