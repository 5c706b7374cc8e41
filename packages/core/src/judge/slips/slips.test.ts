/** Every slip of the table: its sample is made from the right line, found in the wrong one, and mended. */
import { expect, test } from 'vitest'
import { readNetwork } from '../../network/index.ts'
import { judgeEqual } from '../equal.ts'
import { SLIPS } from './index.ts'

test('ids are unique', () => {
  expect(new Set(SLIPS.map(s => s.id)).size).toBe(SLIPS.length)
})

test.each(SLIPS.map(s => [s.id, s] as const))('%s: its sample', (id, { called, sample: { network, of, right, wrong } }) => {
  const options = network === undefined ? {} : { network: readNetwork(network) }
  const asked = of ?? right
  expect(called).toMatch(/^[a-zλ1]/)
  expect(['proved', 'agrees']).toContain(judgeEqual(asked, right, options).verdict)
  const { verdict, slip } = judgeEqual(asked, wrong, options)
  // a line that is right where two letters are equal holds under that condition
  expect(['refuted', 'conditional']).toContain(verdict)
  expect(slip?.name).toBe(id)
  // the corrected line is right, and the mark lies in it
  expect(['proved', 'agrees']).toContain(judgeEqual(asked, slip!.corrected, options).verdict)
  expect(slip!.mark.end).toBeGreaterThan(slip!.mark.start)
  expect(slip!.mark.end).toBeLessThanOrEqual(slip!.corrected.length)
  expect(slip!.where.end).toBeLessThanOrEqual(wrong.length)
  expect(slip!.explanation).toMatch(/^[A-Z$0-9].*\.$/s)
})
