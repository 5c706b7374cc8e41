/** Right results made wrong: every known mistake at every place, and, where more are wanted, mistakes in right results said in other words. */
import { readFileSync } from 'node:fs'
import { judgePage, mistakesIn } from '@chainrule/core'
import { claimOf, exerciseOf, type RightResult } from './claims.ts'
import { type Below, rewritten } from './rewrites/index.ts'

export interface Mutant extends RightResult { readonly slip: string; readonly right: string }

const mutantsOf = (right: RightResult): Mutant[] =>
  mistakesIn(claimOf(right.latex, right.question), exerciseOf(right.exercise)).map(m => ({ ...right, latex: m.latex, slip: m.slip, right: right.latex }))

/** So many mutants, each other than those before. */
export function* mutants(results: readonly RightResult[], count: number, below: Below): Generator<Mutant> {
  const all = shuffled(results.flatMap(mutantsOf), below)
  yield* all.slice(0, count)
  const seen = new Set(all.map(m => m.latex))
  for (let left = count - all.length, tries = 0; left > 0 && tries < 20 * count; tries++) {
    const right = rewritten(results[below(results.length)]!, below)
    const made = right && shuffled(mutantsOf(right), below).find(m => !seen.has(m.latex))
    if (!made) continue
    seen.add(made.latex)
    left--
    yield made
  }
}

function shuffled<T>(list: readonly T[], below: Below): T[] {
  const made = [...list]
  for (let k = made.length - 1; k > 0; k--) {
    const j = below(k + 1)
    ;[made[k], made[j]] = [made[j]!, made[k]!]
  }
  return made
}

const equal = JSON.parse(readFileSync(new URL('../exercises/equal-mistakes.json', import.meta.url), 'utf8')) as readonly { readonly slip: string; readonly questions: readonly string[]; readonly why: string }[]

/**
 * Whether a mutant may hold: a person has said why this slip changes nothing in this question, and it holds at other points
 * than those at which it was judged first.
 */
export const isKnownAsEqual = (m: Mutant): boolean =>
  equal.some(e => e.slip === m.slip && e.questions.some(q => m.question === q || m.question.startsWith(`${q}.`))) &&
  [2, 3].every(seed => ['proved', 'agrees'].includes(judgePage([claimOf(m.latex, m.question)], exerciseOf(m.exercise), { seed }).claims[0]!.verdict))
