/** Every format: what is written is read, gzipped and streamed too, and a file cut off at any byte is an error that names it. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryFiles } from '../files/index.ts'
import { cifar, idx, jpg, joined, npy, npz, pgm, png, rawPng, text } from './encode.test-helper.ts'
import { type Dataset, openData, type OpenOptions, type Precision } from './index.ts'

type Store = Readonly<Record<string, Uint8Array>>
const open = async (source: string, files: Store, options: OpenOptions = {}) => openData(source, memoryFiles(files), options)
const read = async (d: Dataset, positions: readonly number[] = Array.from({ length: d.count }, (_, k) => k)) =>
  Object.fromEntries(Object.entries((await d.read(positions)).values).map(([k, v]) => [k, [...v.data]]))

const pixels = Array.from({ length: 24 }, (_, k) => k * 10)
const grey = (seed: number): Uint8Array => Uint8Array.from({ length: 6 }, (_, k) => seed + 20 * k)

interface Case {
  readonly format: string
  readonly source: string
  readonly files: Store
  /** Sample 1 of the training part. */
  readonly second: Readonly<Record<string, readonly number[]>>
  readonly shape: readonly number[]
  readonly classes?: readonly string[]
  /** Files that are also read gzipped. */
  readonly gzip?: boolean
}

const cases: readonly Case[] = [
  {
    format: 'IDX', source: 'mnist', gzip: true, shape: [2, 3], classes: ['0', '1', '2'], second: { x: pixels.slice(6, 12), t: [2] },
    files: { 'mnist/train-images-idx3-ubyte': idx([4, 2, 3], pixels), 'mnist/train-labels-idx1-ubyte': idx([4], [1, 2, 0, 1]) },
  },
  {
    format: 'CIFAR-10', source: 'c10', gzip: true, shape: [3, 32, 32], classes: Array.from({ length: 10 }, (_, k) => String(k)), second: { x: Array.from({ length: 3072 }, (_, e) => (e + 1) & 255), t: [9] },
    files: { 'c10/data_batch_1.bin': cifar([[3], [9]]), 'c10/data_batch_2.bin': cifar([[1]]) },
  },
  {
    format: 'CIFAR-100', source: 'c100', gzip: true, shape: [3, 32, 32], classes: Array.from({ length: 100 }, (_, k) => String(k)), second: { x: Array.from({ length: 3072 }, (_, e) => (e + 1) & 255), t: [99] },
    files: { 'c100/train.bin': cifar([[3, 20], [19, 99]]) },
  },
  {
    format: 'NPY', source: 'x.npy,t.npy', gzip: false, shape: [2], classes: ['0', '1', '2'], second: { x: [1.5, -2], t: [2] },
    files: { 'x.npy': npy('<f4', [3, 2], Float32Array.of(0, 1, 1.5, -2, 3, 4)), 't.npy': npy('<i8', [3], BigInt64Array.of(0n, 2n, 1n)) },
  },
  {
    format: 'NPY, big-endian, version 2', source: 'x.npy,t.npy', shape: [2], second: { x: [256, 1], t: [0.5] },
    files: { 'x.npy': npy('>i2', [2, 2], Uint8Array.of(0, 0, 0, 1, 1, 0, 0, 1), 2), 't.npy': npy('<f2', [2], Uint16Array.of(0x3c00, 0x3800)) },
  },
  {
    format: 'NPZ', source: 'd.npz', shape: [2], classes: ['0', '1'], second: { x: [3, 4], t: [1] },
    files: { 'd.npz': npz({ x_train: npy('<f8', [2, 2], Float64Array.of(1, 2, 3, 4)), y_train: npy('|u1', [2], Uint8Array.of(0, 1)), x_test: npy('<f8', [1, 2], Float64Array.of(5, 6)), y_test: npy('|b1', [1], Uint8Array.of(1)) }) },
  },
  {
    format: 'images', source: 'img', shape: [1, 2, 3], classes: ['cat', 'dog'], second: { x: [...grey(9)], t: [1] },
    files: { 'img/cat/a.png': png(3, 2, 1, grey(5)), 'img/dog/b.pgm': pgm(3, 2, grey(9)), 'img/dog/notes.txt': text('no image') },
  },
]

describe.each(cases.map(c => [c.format, c] as const))('%s', (_, c) => {
  const ways: readonly [string, Store, OpenOptions, string][] = [
    ['plain', c.files, {}, c.source],
    ['from disk piece by piece', c.files, { memory: c.format === 'NPZ' ? 5000 : 10 }, c.source],
    ...(c.gzip ? [
      ['gzipped', Object.fromEntries(Object.entries(c.files).map(([k, v]) => [`${k}.gz`, gzipSync(v)])), {}, c.source] as [string, Store, OpenOptions, string],
      ['gzipped, as a stream', Object.fromEntries(Object.entries(c.files).map(([k, v]) => [`${k}.gz`, gzipSync(v)])), { memory: 10 }, c.source] as [string, Store, OpenOptions, string],
    ] : []),
  ]
  it.each(ways)('is read %s', async (way, files, options, source) => {
    for (const precision of ['float32', 'float64'] as Precision[]) {
      const { train } = await open(source, files, { ...options, precision })
      expect(train.fields.map(f => [f.name, f.role])).toEqual([['x', 'input'], ['t', 'target']])
      expect([train.fields[0]!.shape, train.fields[1]!.classes]).toEqual([c.shape, c.classes])
      const last = train.count - 1
      expect(train.access.kind).toBe(way === 'gzipped, as a stream' ? 'forward' : 'random')
      const some = await train.read([last, 1, 0, 1])
      expect(some.values.x!.data.constructor).toBe(precision === 'float32' ? Float32Array : Float64Array)
      expect(some.values.t!.data.constructor).toBe(c.classes ? Int32Array : precision === 'float32' ? Float32Array : Float64Array)
      expect(await read(train, [1])).toEqual(c.second)
      expect([...some.values.x!.data.slice(-c.second.x!.length)]).toEqual(c.second.x)
      await train.close()
    }
  })

  it('is an error that names the file, cut off at any byte', async () => {
    for (const [name, whole] of Object.entries(c.files)) {
      if (name.endsWith('.txt')) continue
      const cuts = whole.length < 400 ? Array.from({ length: whole.length }, (_, k) => k) : [0, 1, 7, 8, 11, 100, (whole.length >> 1) + 1, whole.length - 2, whole.length - 1]
      for (const cut of cuts) {
        const attempt = async (): Promise<unknown> => { const { train } = await open(c.source, { ...c.files, [name]: whole.subarray(0, cut) }); return train.read(Array.from({ length: train.count }, (_, k) => k)) }
        await expect(attempt(), `${name} cut at ${cut}`).rejects.toThrow(name)
      }
    }
  })
})

it('reads the parts that the files themselves have', async () => {
  const files = { ...cases[0]!.files, 'mnist/t10k-images-idx3-ubyte': idx([1, 2, 3], pixels.slice(0, 6)), 'mnist/t10k-labels-idx1-ubyte': idx([1], [0]) }
  expect((await open('mnist', files)).test?.count).toBe(1)
  expect((await open('d.npz', cases[5]!.files)).test?.count).toBe(1)
  const folders = { 'img/train/a/1.pgm': pgm(1, 1, Uint8Array.of(7)), 'img/val/a/1.pgm': pgm(1, 1, Uint8Array.of(8)) }
  expect((await open('img', folders)).validation?.count).toBe(1)
})

it('reads class names and coarse classes of CIFAR', async () => {
  const named = await open('c', { 'c/data_batch_1.bin': cifar([[1]]), 'c/batches.meta.txt': text('plane\ncar\nbird\n\n') })
  expect(named.train.fields[1]!.classes).toEqual(['plane', 'car', 'bird'])
  expect(await read((await open('c100', cases[2]!.files, { coarse: true })).train, [1])).toMatchObject({ t: [19] })
})

describe('images', () => {
  const folder = (files: Store): Store => Object.fromEntries(Object.entries(files).map(([k, v]) => [`img/${k}`, v]))
  it('reads PNG, JPEG, PGM and PPM alike', async () => {
    const files = folder({ 'a/1.jpg': jpg(3, 2, grey(60)), 'a/2.ppm': joined(text('P6 3 2 255\n'), Uint8Array.from([...grey(60)].flatMap(g => [g, g, g]))), 'a/3.pgm': text('P2 3 2 255 60 80 100 120 140 160'), 'a/4.png': png(3, 2, 2, Uint8Array.from([...grey(60)].flatMap(g => [g, 255]))) })
    const x = (await (await open('img', files, { images: { channels: 1 } })).train.read([0, 1, 2, 3])).values.x!
    for (let k = 0; k < 24; k++) expect(Math.abs(x.data[k]! - grey(60)[k % 6]!)).toBeLessThan(k < 6 ? 6 : 1)
    const colour = await open('img', files, { images: { channels: 3 } })
    expect([colour.train.fields[0]!.shape, (await colour.train.read([2])).values.x!.data.length]).toEqual([[3, 2, 3], 18])
  })
  it('reads channels apart', async () => {
    const { train } = await open('img', folder({ 'a/1.png': png(2, 1, 3, Uint8Array.of(1, 2, 3, 4, 5, 6)) }))
    expect(await read(train)).toMatchObject({ x: [1, 4, 2, 5, 3, 6] })
  })
  it.each([
    ['1 bit grey', rawPng(10, 2, 1, 0, [0, 0b10101010, 0b11000000, 0, 0, 0b01000000]), [255, 0, 255, 0, 255, 0, 255, 0, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255]],
    ['16 bit grey', rawPng(2, 1, 16, 0, [0, 0xff, 0xff, 0x80, 0]), [255, 128]],
    ['2 bit palette', rawPng(5, 1, 2, 3, [0, 0b00011011, 0b01000000], [1, 2, 3, 10, 20, 30, 40, 50, 60, 70, 80, 90]), [1, 10, 40, 70, 10, 2, 20, 50, 80, 20, 3, 30, 60, 90, 30]],
    ['8 bit palette', rawPng(2, 1, 8, 3, [0, 1, 0], [1, 2, 3, 10, 20, 30]), [10, 1, 20, 2, 30, 3]],
  ])('reads PNG of %s', async (_, bytes, wanted) => {
    expect(await read((await open('img', folder({ 'a/1.png': bytes }))).train)).toEqual({ x: wanted, t: [0] })
  })
  it('refuses a JPEG cut off anywhere', async () => {
    const whole = jpg(16, 8, new Uint8Array(128).fill(9))
    for (let cut = 0; cut < whole.length; cut += 13) await expect(open('img', folder({ 'a/1.jpg': whole.subarray(0, cut) }))).rejects.toThrow('img/a/1.jpg: the image cannot be read')
  })
  it('wants all alike', async () => {
    const { train } = await open('img', folder({ 'a/1.pgm': pgm(3, 2, grey(1)), 'b/2.pgm': pgm(2, 3, grey(1)) }))
    await expect(read(train)).rejects.toThrow('img/b/2.pgm is 1 x 3 x 2. img/a/1.pgm is 1 x 2 x 3, and all images have to be alike')
  })
  it('names the file that is no image', async () => {
    await expect(open('img', folder({ 'a/1.png': text('hello') }))).rejects.toThrow('img/a/1.png: the image cannot be read (it is no PNG, JPEG, PGM or PPM file).')
  })
})

const wrong: readonly [string, string, Store, string][] = [
  ['a wrong magic number', 'x-idx1-ubyte,t-idx1-ubyte', { 'x-idx1-ubyte': text('GIF89a..'), 't-idx1-ubyte': idx([1], [0]) }, 'x-idx1-ubyte is no IDX file: it begins with 47 49 46 38.'],
  ['a longer IDX file', 'x.idx3,t.idx1', { 'x.idx3': joined(idx([1, 1], [5]), Uint8Array.of(0)), 't.idx1': idx([1], [0]) }, 'x.idx3 has 14 bytes. 12 of header and 1 x 1 unsigned 8-bit numbers make 13.'],
  ['images and labels that disagree', 'x.idx3,t.idx1', { 'x.idx3': idx([2, 1], [5, 6]), 't.idx1': idx([3], [0, 0, 0]) }, 'x.idx3 has 2 samples, t.idx1 has 3.'],
  ['swapped images and labels', 't.idx1,x.idx3', { 'x.idx3': idx([2, 1], [5, 6]), 't.idx1': idx([2], [0, 1]) }, 't.idx1 has the shape 2. One axis over the samples and one or more for each is wanted.'],
  ['a class that CIFAR-10 does not have', 'c', { 'c/data_batch_1.bin': cifar([[3], [10]]) }, 'c/data_batch_1.bin: row 2 has the class 10. Classes go from 0 to 9.'],
  ['half a CIFAR record', 'c', { 'c/data_batch_1.bin': cifar([[3], [4]]).subarray(0, 5000) }, 'c/data_batch_1.bin has 5000 bytes, which is no whole number of samples. A sample has 3073 bytes; the last one lacks 1146.'],
  ['NaN in NPY', 'x.npy', { 'x.npy': npy('<f4', [2, 2], Float32Array.of(1, 2, NaN, 4)) }, 'x.npy: row 2, column 1 is NaN.'],
  ['text in NPY', 'x.npy', { 'x.npy': npy('<U5', [1], new Uint8Array(20)) }, "x.npy holds elements of the type '<U5'. Real or whole numbers, or truth values, are wanted."],
  ['a negative class in NPY', 'x.npy,t.npy', { 'x.npy': npy('<f4', [2], Float32Array.of(1, 2)), 't.npy': npy('<i4', [2], Int32Array.of(0, -1)) }, 't.npy: row 2 has the class -1. Classes are whole numbers from 0.'],
  ['no such array', 'd.npz', { 'd.npz': npz({ q: npy('<f4', [1], Float32Array.of(1)) }) }, 'd.npz has no array x_train. It has q.'],
  ['no such file', 'nothing.csv', {}, 'nothing.csv: there is no such file.'],
  ['no such source', 'digit', {}, 'digit is no data that can be read.'],
  ['an empty folder of images', 'img', { 'img/a/readme.txt': text('x') }, 'img has no samples.'],
]

it.each(wrong)('says what is wrong: %s', async (_, source, files, message) => {
  const attempt = async (): Promise<unknown> => read((await open(source, files)).train)
  await expect(attempt()).rejects.toThrow(message)
})

it('says when an archive is larger than the memory allowed', async () => {
  await expect(open('d.npz', cases[5]!.files, { memory: 200 })).rejects.toThrow('d.npz needs')
})

it('reads any NPY array of doubles exactly', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 30 }), async numbers => {
    const { train } = await open('x.npy', { 'x.npy': npy('<f8', [numbers.length], Float64Array.from(numbers)) }, { precision: 'float64' })
    expect(await read(train)).toEqual({ x: numbers })
  }), { numRuns: 40 })
})
