/** Right formulas made wrong: every known mistake at every place, for practice and for tests of the judge itself. */
import { type Latex, makeLatex, printLatex, withoutSpans } from '../language/latex/index.ts'
import { newBudget } from './budget.ts'
import { benchOf, judgeClaim } from './claim.ts'
import type { Exercise } from './exercise/exercise.ts'
import { readings, ReadingProblem } from './meaning/run.ts'
import { newPage } from './page-state.ts'
import { slipContext } from './slips/context.ts'
import { editsOf, lineOf } from './slips/edits.ts'
import type { ClaimSource } from './types.ts'

export interface Mistake {
  /** The whole formula with the mistake in its last part. */
  readonly latex: string
  /** The id of the slip. */
  readonly slip: string
  readonly explanation: string
}

/** Every formula that one slip makes of the last part of a formula, each once. Some slips change nothing: a transposed number. */
export function mistakesIn(claim: ClaimSource, exercise: Exercise): readonly Mistake[] {
  const [judged] = judgeClaim(claim, benchOf(exercise), newPage()).chains
  const line = judged?.chain.parts.at(-1)
  const chain = judged?.outcome.links.at(-1)?.chain
  if (!line || !chain) return []
  const [env] = readings(run => chain.env(run), newBudget(), new Map(), 1)
  if (!env || env instanceof ReadingProblem) return []
  const context = slipContext(line, [], env.value, judged.setting.maker.lexicon)
  const { relations, parts } = judged.chain
  const whole = (last: Latex): Latex => (relations.length === 0 ? last : makeLatex('relation', { parts: [...parts.slice(0, -1), last], relations }))
  const seen = new Set([printed(line)])
  const found: Mistake[] = []
  for (const tried of editsOf(line, 'make', context)) {
    const text = printed(lineOf(tried))
    if (seen.has(text)) continue
    seen.add(text)
    found.push({ latex: printed(whole(lineOf(tried))), slip: tried.slip.id, explanation: tried.edit.says() })
  }
  return found
}

const printed = (e: Latex): string => printLatex(withoutSpans(e))
