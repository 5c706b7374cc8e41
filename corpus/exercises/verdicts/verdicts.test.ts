/** Lines that a person has judged: what once came out wrong, and what must not. */
import { describe, expect, test } from 'vitest'
import { judgeEqual, judgePage } from '@chainrule/core'
import { claimOf, exerciseOf } from '../../support/claims.ts'
import { matrices } from './matrices.ts'
import { names } from './names.ts'
import { pairs } from './pairs.ts'
import * as relations from './relations.ts'
import { accepted } from './row.ts'

const tables = { names, matrices, ...relations }

describe.each(Object.entries(tables))('%s', (_, rows) => {
  test.each(rows)('%s %s: %s is %s', (exercise, question, lines, verdict) => {
    const claims = lines.split(' ;; ').map((latex, k) => ({ ...claimOf(latex, question), line: k + 1 }))
    expect(accepted(verdict)).toContain(judgePage(claims, exerciseOf(exercise)).claims.at(-1)!.verdict)
  })
})

test.each(pairs)('%s and %s: %s', (left, right, verdict) => {
  expect(accepted(verdict)).toContain(judgeEqual(left, right).verdict)
})

test('a wrong line is followed: what comes of it is no new mistake', () => {
  const lines = [String.raw`\frac{\partial Loss}{\partial a_2}=2(a_2-y^*)`, String.raw`\frac{\partial Loss}{\partial w_2}=2(a_2-y^*)g_2'(z_2)a_1`]
  const [first, second] = judgePage(lines.map((latex, k) => ({ ...claimOf(latex, 'A4'), id: `A4.${k + 1}` })), exerciseOf('sheet-a')).claims
  expect(first!.follows).toBeUndefined()
  expect([second!.verdict, second!.follows, second!.followsFrom]).toEqual(['refuted', true, 'A4.1'])
})
