/** `w := w - lambda ∂E/∂w`: an assignment, held against one step of gradient descent. */
import { add, derivative, entry, type Expr, multiply, negate } from '../expression/index.ts'
import { type Latex, latexChildren } from '../language/latex/index.ts'
import type { Chain } from './chains.ts'
import { equalTrees } from './names/pattern.ts'
import type { NetworkNode } from '../network/types.ts'
import { type Env } from './meaning/env.ts'
import { variableOf } from './meaning/derivatives.ts'
import type { Meaning } from './meaning/meaning.ts'
import { ReadingProblem } from './meaning/run.ts'

const mentions = (e: Latex, name: Latex): boolean => equalTrees(e, name) || latexChildren(e).some(c => mentions(c, name))

const isName = (e: Latex): boolean => e.kind === 'symbol' || (e.kind === 'scripted' && e.base.kind === 'symbol' && e.primes === 0 && e.sup.every(r => r.kind === 'label' || r.kind === 'star'))

/** `w := w - …`: the same name on both sides; with a plain `=` in a term of its own, or times numbers. */
export function isUpdate(c: Chain): boolean {
  const [a, b] = c.parts
  if (!a || !b) return false
  if (c.relations[0] === ':=' || c.relations[0] === '←' || c.relations[0] === '→') return isName(a) && mentions(b, a)
  if (c.relations[0] !== '=') return false
  return isName(a) && b.kind === 'sum' && b.terms.length > 1 && b.terms.some(t => equalTrees(t.body, a) || (t.body.kind === 'product' && t.body.factors.some(f => equalTrees(f, a))))
}

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
