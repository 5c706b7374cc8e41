import { expect, test } from 'vitest'
import { barText, progressOf } from './progress.ts'

test('the bar says how far it is', () => {
  expect(barText({ done: 0, refuted: 0, problems: 0 }, 8)).toBe('░░░░░░░░░░░░░░░░░░░░░░░░ 0 of 8 pages')
  expect(barText({ done: 4, refuted: 2, problems: 1 }, 8)).toBe('████████████░░░░░░░░░░░░ 4 of 8 pages, 2 with a refuted line, 1 with a problem')
  expect(barText({ done: 8, refuted: 0, problems: 0 }, 8)).toMatch(/^█{24} 8 of 8 pages$/)
})

test.each([{ isTTY: false }, { isTTY: true, columns: 0 }, { isTTY: true }])('where standard error is %j nothing is written', async stream => {
  const written: string[] = []
  const progress = await progressOf(9, { ...stream, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream)
  progress.stop()
  expect(written).toEqual([])
})
