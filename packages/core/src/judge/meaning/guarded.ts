import type { Expr } from '../../expression/index.ts'
import type { Span } from '../../language/ast.ts'
import { ReadingProblem } from './run.ts'

/** Axes that one product may sum over. */
const MOST_BOUND = 24

/** What an expression constructor makes, with a number that grows too large as a problem of its own, and one that sums over too many axes. */
export function guarded(make: () => Expr, span: Span): Expr {
  try {
    return within(make(), span)
  } catch (error) {
    if (error instanceof RangeError) throw new ReadingProblem('form', /zero/.test(error.message) ? 'This divides by zero.' : 'This number is too large to compute.', span)
    throw error
  }
}

function within(e: Expr, span: Span): Expr {
  if (e.kind === 'contraction' && e.bound.length > MOST_BOUND) throw new ReadingProblem('form', `This sums over more than ${MOST_BOUND} axes.`, span)
  return e
}
