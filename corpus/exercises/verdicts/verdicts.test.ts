/** Lines that a person has judged: what once came out wrong, and what must not. */
import { describe, expect, test } from 'vitest'
import { judgePage } from '@chainrule/core'
import { claimOf, exerciseOf } from '../../support/claims.ts'
import { names } from './names.ts'

const tables = { names }

const ACCEPTED = { holds: ['proved', 'agrees'], conditional: ['conditional'], refuted: ['refuted'], undecided: ['undecided'], unreadable: ['unreadable'], open: ['undecided', 'unreadable'] } as const

describe.each(Object.entries(tables))('%s', (_, rows) => {
  test.each(rows.map(r => [r[1], r[2], r] as const))('%s: %s', (_question, _lines, [exercise, question, lines, verdict]) => {
    const claims = lines.split(' ;; ').map((latex, k) => ({ ...claimOf(latex, question), line: k + 1 }))
    expect(ACCEPTED[verdict]).toContain(judgePage(claims, exerciseOf(exercise)).claims.at(-1)!.verdict)
  })
})

test('a wrong line is followed: what comes of it is no new mistake', () => {
  const lines = [String.raw`\frac{\partial Loss}{\partial a_2}=2(a_2-y^*)`, String.raw`\frac{\partial Loss}{\partial w_2}=2(a_2-y^*)g_2'(z_2)a_1`]
  const [first, second] = judgePage(lines.map((latex, k) => ({ ...claimOf(latex, 'A4'), id: `A4.${k + 1}` })), exerciseOf('sheet-a')).claims
  expect(first!.follows).toBeUndefined()
  expect([second!.verdict, second!.follows, second!.followsFrom]).toEqual(['refuted', true, 'A4.1'])
})
