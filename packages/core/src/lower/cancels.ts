/** Which adjoints are put in where they are used: those that divide by the node itself, where only the product is well behaved. */
import { cost } from '../calculus/expand.ts'
import { mentions } from '../calculus/depends.ts'
import type { Block } from '../calculus/types.ts'
import { type Expr, somewhere } from '../expression/index.ts'

/** Longer adjoints stay named. */
const LONGEST = 60

const isQuotient = (e: Expr): boolean => e.kind === 'power' && e.exponent.kind === 'number' && e.exponent.value.n < 0n
/** A function value such as sigma(z), or a product with one such as exp(z)/sum exp(z); not a mean or a root of one. */
const isFunctionValue = (e: Expr): boolean => e.kind === 'apply' || (e.kind === 'contraction' && e.bound.length === 0 && e.factors.some(f => f.kind === 'apply'))

/** −t/y with y = softmax(z) is infinite where y is 0, y − t is not: such an adjoint of a function value is written out. */
export function cancels({ by, result }: Block): boolean {
  if (!by.definition || !isFunctionValue(by.definition) || cost(result, LONGEST) > LONGEST) return false
  return somewhere(e => isQuotient(e) && mentions(e, by.tensor.key))(result)
}
