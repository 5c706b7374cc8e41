import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Axis, grid, randomSearch, ranked, readAxis, searchTable } from './index.ts'

const space = { rate: { kind: 'log', from: 1e-4, to: 1e-1 }, hidden: { kind: 'linear', from: 10, to: 20, whole: true }, optimiser: { kind: 'choice', values: ['sgd', 'adam'] } } satisfies Record<string, Axis>

describe('grid', () => {
  it('has every combination once, ranges from end to end', () => {
    const points = [...grid(space, 4)]
    expect(points.length).toBe(4 * 4 * 2)
    expect(new Set(points.map(p => JSON.stringify(p))).size).toBe(32)
    expect(points.slice(0, 3)).toEqual([{ rate: 1e-4, hidden: 10, optimiser: 'sgd' }, { rate: 1e-4, hidden: 10, optimiser: 'adam' }, { rate: 1e-4, hidden: 13, optimiser: 'sgd' }])
    expect(points.at(-1)).toEqual({ rate: 1e-1, hidden: 20, optimiser: 'adam' })
    expect(points[8]!.rate).toBeCloseTo(1e-3, 12)
    expect([...grid({})]).toEqual([{}])
  })
})

describe('random search', () => {
  it('stays in its ranges, and a point is the same however many are drawn', () => {
    fc.assert(fc.property(fc.integer(), seed => {
      const points = [...randomSearch(space, 20, seed)]
      for (const p of points) {
        expect(p.rate as number >= 1e-4 && p.rate as number <= 1e-1 && Number.isInteger(p.hidden)).toBe(true)
        expect(['sgd', 'adam']).toContain(p.optimiser)
      }
      expect([...randomSearch(space, 5, seed)]).toEqual(points.slice(0, 5))
    }), { numRuns: 30 })
  })
  it('is even on a logarithmic scale', () => {
    const low = [...randomSearch(space, 900, 1)].filter(p => (p.rate as number) < 1e-3).length
    expect(Math.abs(low - 300)).toBeLessThan(45)
  })
  it('refuses ranges without points', () => {
    expect(() => [...grid({ rate: { kind: 'log', from: 0, to: 1 } })]).toThrow('rate cannot go from 0 to 1 on a logarithmic scale. 0 < from <= to is wanted.')
    expect(() => [...randomSearch({ a: { kind: 'choice', values: [] } }, 1, 1)]).toThrow('a has no values to choose from.')
  })
})

it.each<[string, Axis]>([
  ['rate=1e-4..1e-1:log', { kind: 'log', from: 1e-4, to: 0.1 }], ['h=32..128:whole', { kind: 'linear', from: 32, to: 128, whole: true }], ['d=0.1..0.5', { kind: 'linear', from: 0.1, to: 0.5 }],
  ['o=sgd, adam', { kind: 'choice', values: ['sgd', 'adam'] }], ['b=16,32,64', { kind: 'choice', values: [16, 32, 64] }], ['r=true,false', { kind: 'choice', values: [true, false] }], ['k=-1..1', { kind: 'linear', from: -1, to: 1 }],
])('reads %s', (text, axis) => { expect(readAxis(text)[1]).toEqual(axis) })

it.each(['rate', '=3', 'rate=1..x', 'rate=1..2:lg'])('refuses %s', text => { expect(() => readAxis(text)).toThrow(`${text} cannot be read as a range to search.`) })

it('ranks results and makes a table of them', () => {
  const results = [{ point: { rate: 0.1 }, value: 0.9 }, { point: { rate: 0.5 }, value: undefined }, { point: { rate: 0.2 }, value: 0.95123, columns: { epochs: 7 } }]
  expect(ranked(results, 'greater').map(r => r.point.rate)).toEqual([0.2, 0.1, 0.5])
  expect(ranked(results, 'smaller').map(r => r.point.rate)).toEqual([0.1, 0.2, 0.5])
  expect(searchTable(results, 'accuracy', 'greater')).toEqual({
    kind: 'table', columns: ['', 'rate', 'accuracy', 'epochs'], align: ['right', 'right', 'right', 'right'],
    rows: [['1', '0.2', '0.9512', '7'], ['2', '0.1', '0.9', '-'], ['3', '0.5', '-', '-']],
  })
})
