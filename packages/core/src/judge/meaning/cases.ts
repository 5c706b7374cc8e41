/** Cases: where they overlap, and what they leave open, told by values at the points of the scene. */
import { add, type Expr, multiply, negate, ONE_E, subtract } from '../../expression/index.ts'
import { ChainError } from '../../errors.ts'
import { type Dense, evaluate, floats } from '../../evaluate/index.ts'
import type { Span } from '../../language/ast.ts'
import { type Latex, printLatex, withoutSpans } from '../../language/latex/index.ts'
import { ownTensors } from '../compare/values.ts'
import { type ClaimPoint, ensureTensors } from '../points.ts'
import type { Env } from './env.ts'
import { ReadingProblem } from './run.ts'

/** A value, and what is 1 where it is meant, else 0. */
export interface Case { readonly expr: Expr; readonly where: Expr; readonly span: Span }

/** What is granted where cases leave something open: `i = j or i < j`. */
export const whereWords = (conditions: readonly Latex[]): string => conditions.map(c => printLatex(withoutSpans(c))).join(' or ')

/** 1 where none of the cases holds. */
export const noneOf = (cases: readonly Case[]): Expr => cases.reduce<Expr>((x, c) => multiply(x, subtract(ONE_E, c.where)), ONE_E)

/** 1 where this case holds and none of those before it. */
export const before = (cases: readonly Case[], one: Case): Expr => multiply(noneOf(cases.slice(0, cases.indexOf(one))), one.where)

/** A case that says something else than another where both hold. */
export function contradiction(cases: readonly Case[], env: Env): Case | undefined {
  return cases.find((b, k) => cases.slice(0, k).some(a => anywhere(multiply(a.where, b.where), env) && anywhere(multiply(a.where, b.where, add(a.expr, negate(b.expr))), env)))
}

/** 1 where one of the cases holds; undefined where that is everywhere. Throws a ReadingProblem where it depends on a letter that is bound. */
export function leftOpen(cases: readonly Case[], env: Env): Expr | undefined {
  const rest = noneOf(cases)
  if (!anywhere(rest, env)) return undefined
  const known = new Set([...env.run.free.values(), env.sample])
  if (!rest.free.every(i => known.has(i))) throw new ReadingProblem('form', 'These cases do not say what holds where none of their conditions does.', cases[0]!.span)
  return subtract(ONE_E, rest)
}

/** Whether an expression is different from zero somewhere. */
function anywhere(e: Expr, env: Env): boolean {
  return env.scene.points.random().some(p => {
    const values = valuesAt(e, p, env)
    if (!values) return false
    for (let k = 0; k < values.data.length; k++) if (Math.abs(values.data[k]!) > 1e-9) return true
    return false
  })
}

function valuesAt(e: Expr, p: ClaimPoint, env: Env): Dense<number> | undefined {
  try {
    ensureTensors(p, ownTensors(e, k => p.floats.values.has(k)), env.scene.points.seed)
    return evaluate(e, p.floats, floats, e.free)
  } catch (error) {
    if (error instanceof ChainError) return undefined
    throw error
  }
}
