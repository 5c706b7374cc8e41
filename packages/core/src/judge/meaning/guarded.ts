import type { Expr } from '../../expression/index.ts'
import type { Span } from '../../language/ast.ts'
import { ReadingProblem } from './run.ts'

/** What an expression constructor makes, with a number that grows too large as a problem of its own. */
export function guarded(make: () => Expr, span: Span): Expr {
  try {
    return make()
  } catch (error) {
    if (error instanceof RangeError) throw new ReadingProblem('form', /zero/.test(error.message) ? 'This divides by zero.' : 'This number is too large to compute.', span)
    throw error
  }
}
