/** What all scalar functions share: numbers whose value is exact are replaced by it. */
import { type Expr, number, type ScalarFunction } from '../expression/index.ts'
import type { Rational } from '../shape/index.ts'

/** A known function: no abstract one, not differentiated. Its own simplifications come first, then exact values at numbers. */
export function scalarFunction(given: Omit<ScalarFunction, 'abstract' | 'partials'>): ScalarFunction {
  const { simplify, exact } = given
  const folded = (args: readonly Expr[]): Expr | undefined => {
    const numbers = args.flatMap(a => (a.kind === 'number' ? [a.value] : []))
    const value = numbers.length === args.length ? exact?.(...numbers) : undefined
    return value && number(value)
  }
  return Object.freeze({ ...given, abstract: false, partials: Object.freeze([]), simplify: (args: readonly Expr[]) => simplify?.(args) ?? folded(args) })
}

/** The value `there` of a function at the one rational `at` where it is rational, e.g. exp(0) = 1. */
export const exactAt = (at: Rational, there: Rational) => (x: Rational): Rational | undefined => (x.n === at.n && x.d === at.d ? there : undefined)
