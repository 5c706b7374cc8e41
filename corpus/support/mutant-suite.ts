/** No mutant is called right, and nine in ten are explained. */
import { expect, test } from 'vitest'
import { type ClaimVerdict, judgePage } from '@chainrule/core'
import { claimOf, exerciseOf, type RightResult } from './claims.ts'
import { isKnownAsEqual, type Mutant, mutants } from './mutants.ts'
import { SEED, seeded } from './seeded.ts'

const verdictOn = (m: Mutant): ClaimVerdict => judgePage([claimOf(m.latex, m.question)], exerciseOf(m.exercise)).claims[0]!

/** Fewer than this share of wrong lines named fails. */
const NAMED = 0.9

export function mutantSuite(title: string, results: readonly RightResult[], count: number): void {
  test(`${title}: of ${count} mutants none holds, nine in ten are named (seed ${SEED})`, () => {
    const wronglyRight: Mutant[] = []
    let [wrong, named] = [0, 0]
    for (const m of mutants(results, count, seeded())) {
      const v = verdictOn(m)
      if (v.verdict === 'proved' || v.verdict === 'agrees') {
        if (!isKnownAsEqual(m)) wronglyRight.push(m)
        continue
      }
      wrong++
      if (v.slip) named++
    }
    expect(wronglyRight).toEqual([])
    expect(wrong).toBeGreaterThan(0.9 * count)
    expect(named / wrong).toBeGreaterThan(NAMED)
  }, 3_600_000)
}
