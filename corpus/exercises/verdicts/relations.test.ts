/** Lines that say more or less than an equation have the verdict that is right for them. */
import { expect, test } from 'vitest'
import { judgePage } from '@chainrule/core'
import { claimOf, exerciseOf } from '../../support/claims.ts'
import * as cases from './relations.ts'

test.each(Object.values(cases).flat())('%s %s: %s is %s', (exercise, question, latex, verdicts) => {
  expect(verdicts.split('|')).toContain(judgePage([claimOf(latex, question)], exerciseOf(exercise)).claims[0]!.verdict)
})
