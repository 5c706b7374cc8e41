/** Right results of the sheets and of known derivatives hold; said in other words, none is refuted. */
import { expect, test } from 'vitest'
import { judgePage } from '@chainrule/core'
import { claimOf, exerciseOf, type RightResult, rightResults } from '../support/claims.ts'
import { rewritten, type Rewritten, REWRITES } from '../support/rewrites/index.ts'
import { countOf, SEED, seeded } from '../support/seeded.ts'

const verdictOn = (r: RightResult): string => judgePage([claimOf(r.latex, r.question)], exerciseOf(r.exercise)).claims[0]!.verdict

/** Counts that say nothing of biases or padding, and slopes of an activation that the exercise leaves open. */
const CONDITIONAL = new Set(['A2', 'A4', 'B4.64', 'B4.6', 'B4.1'])

test.each(rightResults.map(r => [r.question, r.latex, r] as const))('%s: %s', (question, _, r) => {
  expect(CONDITIONAL.has(question) ? ['proved', 'agrees', 'conditional'] : ['proved', 'agrees']).toContain(verdictOn(r))
})

const COUNT = countOf('CHAINRULE_REWRITES', 2000)

test(`of ${COUNT} right results in other words none is refuted (seed ${SEED}); CHAINRULE_REWRITES sets how many`, () => {
  const below = seeded()
  const [lost, used] = [[] as (Rewritten & { verdict: string })[], new Set<string>()]
  let open = 0
  for (let made = 0, tries = 0; made < COUNT && tries < 2 * COUNT; tries++) {
    const r = rewritten(rightResults[below(rightResults.length)]!, below)
    if (!r) continue
    made++
    r.by.forEach(id => used.add(id))
    const verdict = verdictOn(r)
    if (verdict === 'refuted') lost.push({ ...r, verdict })
    if (verdict === 'undecided' || verdict === 'unreadable') open++
  }
  expect(lost).toEqual([])
  expect(open).toBeLessThan(0.01 * COUNT)
  if (COUNT >= 2000) expect(REWRITES.filter(r => !used.has(r.id)).map(r => r.id)).toEqual([])
}, 3_600_000)
