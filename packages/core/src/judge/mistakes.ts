/** Right formulas made wrong: every known mistake at every place, for practice and for tests of the judge itself. */
import { type Latex, makeLatex, printLatex, withoutSpans } from '../language/latex/index.ts'
import { newBudget } from './budget.ts'
import { benchOf, judgeClaim } from './claim.ts'
import type { Exercise } from './exercise/exercise.ts'
import { readings, ReadingProblem } from './meaning/run.ts'
import { newPage } from './page-state.ts'
import { slipContext } from './slips/context.ts'
import { editsOf, lineOf } from './slips/edits.ts'
import type { SlipContext } from './slips/slip.ts'
import type { ClaimSource } from './types.ts'

export interface Mistake {
  /** The whole formula with the mistake in its last part. */
  readonly latex: string
  /** The id of the slip. */
  readonly slip: string
  readonly explanation: string
}

/** The last part of a formula, with what its mistakes can be made of. */
export interface LastPart {
  readonly line: Latex
  readonly context: SlipContext
  /** The whole formula with another last part. */
  readonly whole: (last: Latex) => Latex
}

/** The last part of a formula; undefined for one that is not read. */
export function lastPartOf(claim: ClaimSource, exercise: Exercise): LastPart | undefined {
  const [judged] = judgeClaim(claim, benchOf(exercise), newPage()).chains
  const line = judged?.chain.parts.at(-1)
  const chain = judged?.outcome.links.at(-1)?.chain
  if (!line || !chain) return undefined
  const [env] = readings(run => chain.env(run), newBudget(), new Map(), 1)
  if (!env || env instanceof ReadingProblem) return undefined
  const { relations, parts } = judged.chain
  return {
    line, context: slipContext(line, [], env.value, judged.setting.maker.lexicon),
    whole: last => (relations.length === 0 ? last : makeLatex('relation', { parts: [...parts.slice(0, -1), last], relations })),
  }
}

/** Every formula that one slip makes of the last part of a formula, each once. Some slips change nothing: a transposed number. */
export function mistakesIn(claim: ClaimSource, exercise: Exercise): readonly Mistake[] {
  const last = lastPartOf(claim, exercise)
  if (!last) return []
  const seen = new Set([printed(last.line)])
  const found: Mistake[] = []
  for (const tried of editsOf(last.line, 'make', last.context)) {
    const text = printed(lineOf(tried))
    if (seen.has(text)) continue
    seen.add(text)
    found.push({ latex: printed(last.whole(lineOf(tried))), slip: tried.slip.id, explanation: tried.edit.says() })
  }
  return found
}

const printed = (e: Latex): string => printLatex(withoutSpans(e))
