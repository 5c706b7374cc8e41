import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { permutation, type Random, resume, stream } from './index.ts'

const kinds: Record<string, (r: Random) => number> = { uniform: r => r.uniform(), below: r => r.below(1000), normal: r => r.normal() }

describe.each(Object.entries(kinds))('%s', (_, draw) => {
  it('goes on from a saved state with the same numbers', () => {
    fc.assert(fc.property(fc.integer(), fc.nat(50), (seed, n) => {
      const r = stream(seed, 'test')
      for (let k = 0; k < n; k++) draw(r)
      const again = resume(JSON.parse(JSON.stringify(r.state())) as number[])
      expect(Array.from({ length: 20 }, () => draw(again))).toEqual(Array.from({ length: 20 }, () => draw(r)))
    }), { numRuns: 50 })
  })
})

describe('stream', () => {
  it('differs by seed and by purpose, and is the same on every machine', () => {
    const first = (...p: [number, ...(string | number)[]]): number => stream(...p).uniform()
    const all = [first(1, 'order'), first(2, 'order'), first(1, 'init'), first(1, 'order', 1), first(11, 'order'), first(1, 1, 'order')]
    expect(new Set(all).size).toBe(all.length)
    expect(first(1, 'order')).toBe(0.7303295751213379)
  })

  it('has no visible structure over neighbouring seeds', () => {
    const mean = (f: (k: number) => number): number => Array.from({ length: 4000 }, (_, k) => f(k)).reduce((a, b) => a + b) / 4000
    const u = (k: number): number => stream(k, 'a').uniform() - 0.5
    expect(Math.abs(mean(u))).toBeLessThan(0.02)
    expect(Math.abs(mean(k => u(k) * u(k + 1)))).toBeLessThan(0.006)
  })
})

describe('distributions', () => {
  const r = stream(3, 'moments')
  it('has the moments of the normal distribution', () => {
    const x = Array.from({ length: 20000 }, () => r.normal())
    const moment = (p: number): number => x.reduce((a, b) => a + b ** p, 0) / x.length
    expect(moment(1)).toBeCloseTo(0, 1)
    expect(moment(2)).toBeCloseTo(1, 1)
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2)
  })

  it('draws whole numbers evenly', () => {
    const counts = new Array<number>(7).fill(0)
    for (let k = 0; k < 70000; k++) counts[r.below(7)]!++
    counts.forEach(c => expect(Math.abs(c - 10000)).toBeLessThan(500))
  })

  it('makes permutations', () => {
    fc.assert(fc.property(fc.nat(200), fc.integer(), (n, seed) => {
      expect([...permutation(n, stream(seed))].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, k) => k))
    }), { numRuns: 30 })
  })

  it('refuses what is no state', () => {
    expect(() => resume([1, 2, 3])).toThrow('[1, 2, 3] is not the state of a generator. Four whole numbers of 32 bits are, not all zero.')
    expect(() => resume([0, 0, 0, 0])).toThrow('is not the state')
  })
})
