/** `w := w - lambda ∂E/∂w`: an assignment, held against one step of gradient descent. */
import { add, derivative, entry, type Expr, multiply, negate } from '../expression/index.ts'
import type { Latex } from '../language/latex/ast.ts'
import type { NetworkNode } from '../network/types.ts'
import { type Env } from './meaning/env.ts'
import { variableOf } from './meaning/derivatives.ts'
import type { Meaning } from './meaning/meaning.ts'
import { ReadingProblem } from './meaning/run.ts'

/** The value of a weight after one step of gradient descent: w - rate ∂loss/∂w. */
export function updateTarget(left: Latex, env: Env): Meaning {
  const { meaning, entries } = variableOf(left, env)
  const loss = lossOf(env)
  const [rate] = env.scene.rates.values()
  if (!loss || !rate) throw new ReadingProblem('form', 'The exercise has no loss, so a step of gradient descent is not known.', left.span)
  const slope = add(...entries.map((w): Expr => derivative(entry(loss.tensor, loss.tensor.sample ? [env.sample] : []), w)))
  env.run.note("'=' is read as an assignment: a step of gradient descent")
  return { ...meaning, expr: add(meaning.expr, negate(multiply(rate, slope))) }
}

/** The declared loss; else the last node, when it is one number. */
function lossOf(env: Env): NetworkNode | undefined {
  const { network } = env.scene
  if (network.loss !== undefined) return network.byName.get(network.loss)
  const last = network.nodes.filter(n => n.definition && !n.name.startsWith('page_')).at(-1)
  return last && last.tensor.axes.length === (last.tensor.sample ? 1 : 0) ? last : undefined
}
