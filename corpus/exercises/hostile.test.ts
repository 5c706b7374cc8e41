/** Hostile formulas end with a verdict or a clear error, and say what was too much; none is called right that has no value. */
import { expect, test } from 'vitest'
import { judgeEqual, judgePage, VERDICTS } from '@chainrule/core'
import { claimOf, exerciseOf } from '../support/claims.ts'
import { hostile } from '../support/hostile.ts'

/** Less than usual, so that the suite is quick. */
const budget = { time: 1500, search: 500 }

test.each(hostile)('%s', (_, latex) => {
  const lines = [`\\frac{\\partial Loss}{\\partial w_1} = ${latex}`, `Loss = ${latex} = w_1`]
  for (const { verdict, problem, links } of judgePage(lines.map(l => claimOf(l, 'A4')), exerciseOf('sheet-a'), { budget }).claims) {
    expect(VERDICTS).toContain(verdict)
    expect(['proved', 'agrees']).not.toContain(verdict)
    if (verdict === 'unreadable') expect(problem?.message ?? links.map(l => l.note).join()).not.toBe('')
  }
  let verdict = 'an error'
  try {
    verdict = judgeEqual(latex, `${latex} + 1`, { budget }).verdict
  } catch (error) {
    expect((error as Error).name).toBe('ChainError')
    expect((error as Error).message.length).toBeLessThan(600)
  }
  expect(['proved', 'agrees']).not.toContain(verdict)
}, 30_000)
