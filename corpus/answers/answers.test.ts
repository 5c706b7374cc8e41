/** Real answer sheets are judged as a careful grader judged them, and the slips are named. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { judgeEqual, judgePage } from '@chainrule/core'
import { formulasOf } from '@chainrule/pages'
import { exerciseOf } from '../support/claims.ts'

type Graded = { readonly verdict: 'holds' | 'fails' | 'conditional'; readonly firstWrong?: number; readonly assumption?: string; readonly why?: string }

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
const key = JSON.parse(read('key.json')) as Readonly<Record<string, Graded>>

const VERDICTS = { holds: ['proved', 'agrees'], fails: ['refuted'], conditional: ['conditional'] } as const

/** What is told of each failing line: the slips in the order in which they are mended. */
const SLIPS: Readonly<Record<string, string>> = {
  'A1.other': 'factor, sign', 'A2.L5': 'arithmetic', 'A4.4c': 'subscript', 'A4.6d': 'subscript',
  'B1.n4': 'data-sum', 'B1.w25': 'sum-pulled-out', 'C1.xw1': 'arithmetic', 'C1.y1': 'arithmetic', C4: 'term',
}

const pages = ['a', 'b', 'c'].map(sheet => {
  const claims = formulasOf(read(`sheet-${sheet}.md`), `corpus/answers/sheet-${sheet}.md`)
  return { sheet, claims: judgePage(claims, exerciseOf(`sheet-${sheet}`)).claims }
})

test('every line of the key is on a page', () => {
  expect(pages.flatMap(p => p.claims.map(c => c.id)).filter(id => id! in key).length).toBe(Object.keys(key).length)
})

describe.each(pages)('sheet $sheet', ({ claims }) => {
  test.each(claims.filter(c => c.id! in key).map(c => [c.id!, c] as const))('%s', (id, c) => {
    const { verdict, firstWrong = null, assumption } = key[id]!
    expect(VERDICTS[verdict]).toContain(c.verdict)
    expect(c.firstWrong).toBe(firstWrong)
    expect(c.slip?.name).toBe(SLIPS[id])
    if (assumption) expect(c.links.some(l => l.assumption)).toBe(true)
  })
})

test('a number that follows from a wrong one is told so', () => {
  const y = pages[2]!.claims.find(c => c.id === 'C1.y1')!
  expect([y.follows, y.followsFrom]).toEqual([true, 'C1.xw1'])
})

test.each(JSON.parse(read('pairs.json')) as [string, string, string, boolean | null][])('%s', (_, a, b, equal) => {
  const { verdict } = judgeEqual(a, b)
  if (equal === null) expect(verdict).toBe('undecided')
  else if (equal) expect(['proved', 'agrees']).toContain(verdict)
  else expect(verdict).toBe('refuted')
})
