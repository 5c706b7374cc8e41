/** Simplification as steps: three ways are tried, as it stands, multiplied out, and with quotients cancelled first; the shortest result wins. */
import type { Expr } from '../expression/index.ts'
import { cost } from './expand.ts'
import { features } from './features.ts'
import { REWRITES } from './rewrites.ts'
import type { RewriteContext, RewriteId, Step } from './types.ts'

/** Applies one rewrite; no step when nothing changes. */
export function takeStep(rule: RewriteId, before: Expr, context: RewriteContext): Step | undefined {
  const { expr, notes } = REWRITES[rule].apply(before, context)
  return expr === before ? undefined : { rule, name: REWRITES[rule].name, notes, before, after: expr }
}

/** Applies rewrites in turn, keeping those that change something. */
export function takeSteps(rules: readonly RewriteId[], before: Expr, context: RewriteContext): Step[] {
  const steps: Step[] = []
  for (const rule of rules) {
    const step = takeStep(rule, steps.at(-1)?.after ?? before, context)
    if (step) steps.push(step)
  }
  return steps
}

const WAYS: readonly (readonly RewriteId[])[] = [
  ['delta', 'fold', 'fact', 'collect'],
  ['expand', 'fold', 'fact', 'collect'],
  ['cancel', 'expand', 'fold', 'fact', 'collect'],
]

/** A common factor is taken out only where that reads shorter. */
function withoutLongerEnd(steps: Step[]): Step[] {
  const last = steps.at(-1)
  return last?.rule === 'collect' && cost(last.after) > cost(last.before) ? steps.slice(0, -1) : steps
}

/** Not tried on expressions longer than this: the derivation stays linear in the network. */
const LONGEST = 600

/** The steps to the shortest form found; empty when `before` is it. */
export function simplify(before: Expr, context: RewriteContext): Step[] {
  if (cost(before, LONGEST) > LONGEST) return takeSteps(['delta'], before, context)
  let best: Step[] = []
  let least = cost(before)
  // multiplying out can only pay where something may cancel: a delta or a quotient
  const { selector, quotient } = features(before)
  for (const way of selector || quotient ? WAYS : WAYS.slice(0, 1)) {
    const steps = withoutLongerEnd(takeSteps(way, before, context))
    const last = steps.at(-1)
    if (!last) continue
    const length = cost(last.after)
    if (length < least || (best.length === 0 && length === least && steps.some(s => s.rule === 'fact'))) {
      best = steps
      least = length
    }
  }
  return best
}
