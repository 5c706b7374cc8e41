/** Orders, splits, normalisation and generated sets. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryFiles } from '../files/index.ts'
import { range } from './dataset.ts'
import { batchCount, batches, type BatchOptions, concat, type Dataset, generatedSets, held, normalisation, normalised, normaliseKinds, oneHot, openData, split, subset } from './index.ts'

/** A data set whose samples are their own numbers. */
function counting(count: number, access: Dataset['access'] = { kind: 'random' }): Dataset {
  return {
    name: 'counting', count, access, close: () => Promise.resolve(), fields: [{ name: 'x', role: 'input', shape: [] }],
    read: at => Promise.resolve({ count: at.length, values: { x: { shape: [at.length], data: Float32Array.from(Array.from(at)) } } }),
  }
}

const epoch = async (d: Dataset, o: BatchOptions, n: number, from = 0): Promise<number[][]> => {
  const all: number[][] = []
  for await (const b of batches(d, o, n, from)) all.push([...b.values.x!.data])
  return all
}

const accesses: readonly Dataset['access'][] = [{ kind: 'random' }, { kind: 'blocks', block: 7 }, { kind: 'forward', block: 10 }]

describe.each(accesses.map(a => [a.kind, a] as const))('batches, access %s', (kind, access) => {
  it('has every sample once an epoch, and goes on from any batch', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 40 }), fc.integer(), fc.integer({ min: 5, max: 50 }), fc.nat(), async (count, size, seed, window, at) => {
      const options = { size: Math.min(size, count), seed, window }
      const d = counting(count, access)
      const first = await epoch(d, options, 3)
      expect(first.length).toBe(batchCount(d, options))
      expect(first.flat().sort((a, b) => a - b)).toEqual([...range(0, count)])
      const from = at % first.length
      expect(await epoch(d, options, 3, from)).toEqual(first.slice(from))
    }), { numRuns: 60 })
  })

  it('differs by epoch and seed, keeps the order when asked, leaves out a part', async () => {
    const d = counting(100, access)
    const o = { size: 9, seed: 1, window: 30 }
    const first = await epoch(d, o, 0)
    expect(await epoch(d, o, 1)).not.toEqual(first)
    expect(await epoch(d, { ...o, seed: 2 }, 0)).not.toEqual(first)
    expect((await epoch(d, { ...o, shuffle: false }, 0)).flat()).toEqual([...range(0, 100)])
    expect((await epoch(d, { ...o, whole: true }, 0)).map(b => b.length)).toEqual(new Array(11).fill(9))
  })
})

describe('batches', () => {
  it('draws with replacement, evenly', async () => {
    const options = { size: 10, seed: 1, replacement: true }
    const seen = (await epoch(counting(1000), options, 0)).flat()
    expect(seen.length).toBe(1000)
    expect(Math.abs(new Set(seen).size - 632)).toBeLessThan(40)
    expect(await epoch(counting(1000), options, 0, 50)).toEqual((await epoch(counting(1000), options, 0)).slice(50))
  })

  it('refuses sizes that fit nothing', async () => {
    await expect(epoch(counting(5), { size: 0, seed: 1 }, 0)).rejects.toThrow('Batches cannot have 0 samples. A whole number from 1 to 5, the size of counting, is wanted.')
    await expect(counting(5).read([0]).then(() => subset(counting(5), Uint32Array.of(1)).read([1]))).rejects.toThrow('counting has no sample 1. They count from 0 to 0.')
  })

  it('passes errors on', async () => {
    const broken = { ...counting(30), read: () => Promise.reject(new Error('disk')) }
    await expect(epoch(broken, { size: 3, seed: 1 }, 0)).rejects.toThrow('disk')
  })
})

describe('split', () => {
  it('makes disjoint parts that are the same for the same seed', async () => {
    const parts = async (seed: number): Promise<number[][]> => {
      const s = split(counting(50), { validation: 0.2, test: 5, seed })
      return Promise.all([s.train, s.validation!, s.test!].map(async d => [...(await d.read(range(0, d.count))).values.x!.data]))
    }
    const first = await parts(1)
    expect(first.map(p => p.length)).toEqual([35, 10, 5])
    expect(first.flat().sort((a, b) => a - b)).toEqual([...range(0, 50)])
    expect(await parts(1)).toEqual(first)
    expect(await parts(2)).not.toEqual(first)
  })

  it('refuses what leaves nothing', () => {
    expect(() => split(counting(10), { validation: 5, test: 5 })).toThrow('counting has 10 samples; 5 for validation and 5 for testing leave none to train on.')
    expect(() => split(counting(10), { validation: 1.5 })).toThrow('The validation part cannot have the size 1.5.')
  })
})

it('puts parts together and holds them', async () => {
  const both = concat([counting(3), counting(4)])
  for (const d of [both, await held(both)]) expect([...(await d.read([6, 0, 3, 2])).values.x!.data]).toEqual([3, 0, 0, 2])
})

describe.each(normaliseKinds)('normalisation %s', kind => {
  it('does what it says to all samples', async () => {
    const { train } = await openData('blobs?count=300&seed=3', memoryFiles(), { precision: 'float64' })
    const list = await normalisation(train, kind)
    const before = (await train.read(range(0, 300))).values.x!.data
    const after = (await normalised(train, list).read(range(0, 300))).values.x!.data
    const moments = (x: ArrayLike<number>, e: number): number[] => { const c = Array.from(x).filter((_, k) => k % 2 === e); const m = c.reduce((a, b) => a + b) / 300; return [m, Math.sqrt(c.reduce((a, b) => a + (b - m) ** 2, 0) / 300)] }
    const greatest = Math.max(...Array.from(before).map(Math.abs))
    for (const e of [0, 1]) {
      const [[m, s], [m0, s0]] = [moments(after, e), moments(before, e)]
      if (kind === 'mean' || kind === 'standard') expect(m).toBeCloseTo(0, 12)
      if (kind === 'standard') expect(s).toBeCloseTo(1, 12)
      if (kind === 'mean') expect(s).toBeCloseTo(s0!, 12)
      if (kind === 'scale') expect([m, s]).toEqual([expect.closeTo(m0! / greatest, 12), expect.closeTo(s0! / greatest, 12)])
      if (kind === 'none') expect(after).toEqual(before)
    }
    if (kind === 'channel') expect(Array.from(after).reduce((a, b) => a + b * b, 0) / 600).toBeCloseTo(1, 12)
  })
})

it('leaves what does not vary at its scale', async () => {
  const { train } = await openData('x.csv', memoryFiles({ 'x.csv': new TextEncoder().encode('5,1,0\n5,2,1\n5,3,0\n5,4,1') }))
  const x = (await normalised(train, await normalisation(train, 'standard')).read([0, 3])).values.x!
  expect([x.data[0], x.data[2]]).toEqual([0, 0])
})

describe.each(generatedSets.map(g => [g.name, g] as const))('generated %s', (name, g) => {
  it('is the same for the same seed, whatever is read first, and another for another', async () => {
    const [a, b] = [g.make({ count: 20 }, 'float32'), g.make({ count: 20 }, 'float32')]
    const some = await b.read([7, 3])
    const all = await a.read(range(0, 20))
    const width = all.values.x!.data.length / 20
    expect(some.values.x!.data.subarray(0, width)).toEqual(all.values.x!.data.subarray(7 * width, 8 * width))
    expect((await g.make({ count: 20, seed: 2 }, 'float32').read(range(0, 20))).values.x!.data).not.toEqual(all.values.x!.data)
  })

  it('has all its classes, and refuses settings it does not have', async () => {
    const d = g.make({ count: 200 }, 'float32')
    const { values } = await d.read(range(0, 200))
    expect(new Set(values.t!.data).size).toBe(d.fields[1]!.classes!.length)
    expect(oneHot(d, await d.read([0, 1])).values.t!.shape).toEqual([2, d.fields[1]!.classes!.length])
    for (const x of values.x!.data) expect(Number.isFinite(x)).toBe(true)
    await expect(openData(`${name}?nois=3`, memoryFiles())).rejects.toThrow(`${name}: nois=3 cannot be read. Settings are ${Object.keys(g.defaults).join(', ')}. Did you mean noise?`)
    await expect(openData(`${name}?count=2.5`, memoryFiles())).rejects.toThrow(`${name}: count=2.5 cannot be read.`)
  })
})
