/** Every case of the corpus: derived, checked line by line, printed as on the sheet, equal in value to the sheet's own statement. */
import { describe, expect, test } from 'vitest'
import { replay } from '../packages/core/src/calculus/index.ts'
import type { Page } from '../packages/core/src/views/page.ts'
import { agreement, derivationOf } from './support/answer.ts'
import { casesOf, type Counts, type Filed, foldersOf, networkOf, SHEETS, sheetOf } from './support/case.ts'
import { valueProblems } from './support/numbers.ts'
import { pathFactors, printed, reportOf } from './support/report.ts'
import { FACTS, QUESTIONS } from './questions.ts'

const corpus = new URL('./', import.meta.url)
const cases = SHEETS.flatMap(s => casesOf(corpus, s))

interface Counted {
  readonly layers: readonly { readonly name: string; readonly output: readonly unknown[]; readonly parameters: unknown }[]
  readonly total: { readonly parameters: unknown }
  readonly readings?: readonly { readonly total: number }[]
}

/** The same selection from the report as the case states. */
function counted(data: Counted, wanted: Counts): Counts {
  const parameters = new Map(data.layers.map(l => [l.name, l.parameters]))
  return {
    ...(wanted.layers ? { layers: Object.fromEntries(Object.keys(wanted.layers).map(n => [n, parameters.get(n)])) } : {}),
    ...(wanted.total === undefined ? {} : { total: data.total.parameters }),
    ...(wanted.readings ? { readings: data.readings?.map(r => r.total).sort((a, b) => a - b) } : {}),
  } as Counts
}

const derives = (c: Filed): boolean => c.ask.wrt !== undefined && c.ask.wrt.length === 1 && networkOf(c).depth === undefined

test('every question of the sheets has its cases', () => {
  const found: Record<string, number> = {}
  for (const c of cases) if (c.sheet !== 'facts') found[c.id] = (found[c.id] ?? 0) + 1
  expect(found).toEqual(QUESTIONS)
  expect(cases.filter(c => c.sheet === 'facts').map(c => c.name)).toEqual(FACTS)
})

test.each(SHEETS)('every folder of %s is in its list', sheet => {
  expect([...sheetOf(corpus, sheet).cases].sort()).toEqual(foldersOf(corpus, sheet))
})

describe.each(cases.map(c => [c.folder, c] as const))('%s', (_, c) => {
  let made: Page | undefined
  const page = (): Page => (made ??= reportOf(c, c.ask.report === 'values' ? c.values?.[0]?.at : undefined))
  test('every line holds', () => expect(page().ok).toBe(true))
  const expected = (c.expect ?? []).filter(e => e.text !== '')
  if (expected.length > 0) {
    test.each(expected.map(e => [e.form, e] as const))('prints its %s form', (form, e) => {
      expect(printed(page(), form)).toEqual(typeof e.text === 'string' ? [e.text] : e.text)
    })
  }
  if (c.pathFactors) test('has one factor for each edge of a path', () => expect(pathFactors(page())).toEqual(c.pathFactors))
  if (c.equals) test('has the value that the sheet states', () => expect(agreement(c)).toMatchObject({ verdict: expect.stringMatching(/^(agrees|equal-exact)$/) as string, points: 4 }))
  if (derives(c)) {
    test('replays to its answer', () => {
      const d = derivationOf(c)
      expect(replay(d)).toBe(d.result)
    })
  }
  if (c.values) test.each(c.values.map((v, k) => [k + 1, v] as const))('has the numbers of point %i', (_, v) => expect(valueProblems(c, v)).toEqual([]))
  const { counts, shapes } = c
  if (counts) {
    const wanted = counts.readings ? { ...counts, readings: [...counts.readings].sort((a, b) => a - b) } : counts
    test('counts', () => expect(counted(page().data as Counted, counts)).toEqual(wanted))
  }
  if (shapes) test('has the shapes', () => expect(Object.fromEntries((page().data as Counted).layers.map(l => [l.name, l.output]))).toEqual(shapes))
})
