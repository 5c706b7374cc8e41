/** Replaying a derivation: every step is done again by its rule; the answer is what comes out. */
import { ChainError } from '../errors.ts'
import type { Expr } from '../expression/index.ts'
import { REWRITES } from './rewrites.ts'
import type { Block, Derivation, RewriteContext, Step } from './types.ts'

/** What the rule of a step makes of its `before`. The differentiation rules are applied layer by layer until `after` is met. */
function again(step: Step, context: RewriteContext): Expr {
  let e = REWRITES[step.rule].apply(step.before, context).expr
  for (let layer = 0; step.rule === 'rules' && e !== step.after && layer < 200; layer++) {
    const next = REWRITES.rules.apply(e, context).expr
    if (next === e) break
    e = next
  }
  return e
}

function replayBlock(block: Block, context: RewriteContext): Expr {
  let current = block.left
  for (const step of block.steps) {
    if (step.before !== current) throw new ChainError({ problem: `the step "${step.name}" does not start where the step before it ended` })
    current = again(step, context)
    if (current !== step.after) throw new ChainError({ problem: `the step "${step.name}" does not replay` })
  }
  block.locals.forEach(b => replayBlock(b, context))
  return current
}

/** The answer of a derivation, got by replaying all its steps. Throws a ChainError when a step does not replay. */
export function replay(derivation: Derivation): Expr {
  let last: Expr | undefined
  for (const block of derivation.blocks) last = replayBlock(block, derivation.context)
  return last ?? derivation.result
}
