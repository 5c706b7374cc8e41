/** CSV: rows as RFC 4180 has them, classes, blocks, and what is wrong, with its row and column. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryFiles } from '../files/index.ts'
import { batches, type Dataset, openData, type OpenOptions } from './index.ts'

const text = (s: string): Uint8Array => new TextEncoder().encode(s)
const open = async (csv: string, options: OpenOptions = {}, name = 'd.csv'): Promise<Dataset> =>
  (await openData(name, memoryFiles({ [name]: name.endsWith('.gz') ? gzipSync(text(csv)) : text(csv) }), options)).train
const all = async (d: Dataset) => (await d.read(Array.from({ length: d.count }, (_, k) => k))).values

describe('csv', () => {
  it('reads a header, numbers, and classes by name', async () => {
    const d = await open('a,b,kind\r\n1,2.5,cat\r\n-3e2,4,dog\n\n5,6,cat')
    expect(d.fields).toEqual([{ name: 'x', role: 'input', shape: [2] }, { name: 't', role: 'target', shape: [], classes: ['cat', 'dog'] }])
    const { x, t } = await all(d)
    expect([...x!.data]).toEqual([1, 2.5, -300, 4, 5, 6])
    expect([...t!.data]).toEqual([0, 1, 0])
  })

  it('takes 0 .. K-1 for classes, other numbers as they are', async () => {
    expect((await open('1,0\n2,1\n3,0\n4,1')).fields[1]!.classes).toEqual(['0', '1'])
    expect((await open('1,0.5\n2,1\n3,0\n4,1')).fields[1]!.classes).toBeUndefined()
    expect((await open('1,0\n2,2\n3,0\n4,2')).fields[1]!.classes).toBeUndefined()
    expect((await open('1,0\n2,1\n3,0\n4,1', { csv: { classes: false } })).fields[1]!.classes).toBeUndefined()
    expect((await open('1,7\n2,3', { csv: { classes: true } })).fields[1]!.classes).toEqual(['3', '7'])
  })

  it('chooses columns and groups them', async () => {
    const columns = await open('a;b;c;d\n1;2;3;4\n5;6;7;8', { csv: { target: ['a'], inputs: ['d', '2'] } })
    expect([[...(await all(columns)).x!.data], [...(await all(columns)).t!.data]]).toEqual([[4, 2, 8, 6], [1, 5]])
    const grouped = await open('a\tb\tc\td\n1\t2\t3\t4', { csv: { fields: [{ name: 'x_1', role: 'input', columns: ['a', 'b'] }, { name: 'x_2', role: 'input', columns: ['c'] }, { name: 'y', role: 'target', columns: ['d'] }] } })
    expect(grouped.fields.map(f => [f.name, f.shape])).toEqual([['x_1', [2]], ['x_2', [1]], ['y', []]])
  })

  it.each([
    ['a ragged row', 'a,b,t\n1,2,3\n4,5\n', 'd.csv: row 3 has 2 fields. The first row has 3.'],
    ['NaN', 'a,b,t\n1,2,3\n4,NaN,1\n', 'd.csv: row 3, column 2 (b) is "NaN". A finite number is wanted.'],
    ['an empty field', '1,2,3\n4,,1\n', 'd.csv: row 2, column 2 is empty. A finite number is wanted.'],
    ['infinity', '1,2,3\ninf,2,1\n', 'd.csv: row 2, column 1 is "inf". A finite number is wanted.'],
    ['NaN in a target', 'a,t\n1,0.5\n2,NaN\n3,0.25', 'd.csv: row 3, column 2 (t) is "NaN". A finite number is wanted.'],
    ['no target', 'a,t\n1,x\n2,\n3,y', 'd.csv: row 3, column 2 (t) is empty. Every sample has a target.'],
    ['words', 'a,b,t\n1,x,3\n', 'd.csv: row 2, column 2 (b) is "x". A finite number is wanted.'],
    ['a quote without an end', 'a,b\n1,2\n"3,4\n5,6', 'd.csv: the quoted field that begins in row 3 does not end.'],
    ['no sample', 'a,b,t\n', 'd.csv has no samples.'],
    ['nothing', '', 'd.csv has no samples.'],
  ])('says where there is %s', async (_, csv, message) => {
    await expect(open(csv)).rejects.toThrow(message)
  })

  it('names the nearest column', async () => {
    await expect(open('width,height,kind\n1,2,3', { csv: { target: ['knd'] } })).rejects.toThrow('d.csv has no column knd. It has width, height, kind. Did you mean kind?')
  })

  it('reads back any fields, quoted or not, over any cuts of the file', async () => {
    const field = fc.oneof(fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', 'é', '1') }), fc.double({ noNaN: true, noDefaultInfinity: true }).map(String))
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 20 }), async table => {
      const { rows } = await import('./csv-records.ts')
      const quote = (f: string): string => (/[",\n]/.test(f) || f === '' ? `"${f.replaceAll('"', '""')}"` : f)
      const stored = text(table.map(r => r.map(quote).join(',')).join('\n'))
      const found: string[][] = []
      const bytes = { path: 'p', size: stored.length, random: true, close: () => Promise.resolve(), read: (at: number, n: number) => Promise.resolve(stored.slice(at, at + n)) }
      for await (const group of rows(bytes, ',')) found.push(...group.map(r => [...r.fields]))
      expect(found).toEqual(table)
    }), { numRuns: 60 })
  })
})

it('keeps what it read first, the same as it reads again', async () => {
  const csv = `a,b,t\n${Array.from({ length: 3000 }, (_, k) => `${k},${k / 7},${['cat', 'dog', 'bird'][k % 3]}`).join('\n')}`
  const [held, streamed] = [await open(csv), await open(csv, { memory: 1000 })]
  expect([held.access.kind, streamed.access.kind, held.fields[1]!.classes]).toEqual(['random', 'blocks', ['bird', 'cat', 'dog']])
  const at = [0, 1, 2, 1023, 1024, 2999]
  expect(await held.read(at)).toEqual(await streamed.read(at))
  const numbers = await open('a,t\n1,1.5\n2,-3\n3,1.5')
  expect([...(await all(numbers)).t!.data]).toEqual([1.5, -3, 1.5])
})

describe('csv larger than memory', () => {
  const n = 5000
  const csv = `a,b,t\n${Array.from({ length: n }, (_, k) => `${k},${k % 7},${k * 2}.5`).join('\n')}`

  it.each(['d.csv', 'd.csv.gz'])('reads %s block by block: every sample once an epoch, shuffled, the same again', async name => {
    const d = await open(csv, { memory: 1000 }, name)
    expect([d.count, d.access.kind]).toEqual([n, name === 'd.csv' ? 'blocks' : 'forward'])
    expect([...(await d.read([4999, 0, 3000])).values.x!.data]).toEqual([4999, 4999 % 7, 0, 0, 3000, 3000 % 7])
    const seen: number[] = []
    for await (const b of batches(d, { size: 64, seed: 5, window: 2048 }, 0)) seen.push(...Array.from(b.values.x!.data).filter((_, k) => k % 2 === 0))
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, k) => k))
    expect(seen.slice(0, 50)).not.toEqual(Array.from({ length: 50 }, (_, k) => k))
    const rest: number[] = []
    for await (const b of batches(d, { size: 64, seed: 5, window: 2048 }, 0, 40)) rest.push(...Array.from(b.values.x!.data).filter((_, k) => k % 2 === 0))
    expect(rest).toEqual(seen.slice(40 * 64))
  })

  it('says that what is read in order cannot be drawn with replacement', async () => {
    const d = await open(csv, { memory: 1000 })
    await expect(batches(d, { size: 64, seed: 1, replacement: true }, 0).next()).rejects.toThrow('d.csv is read in order and cannot be drawn with replacement.')
  })
})
