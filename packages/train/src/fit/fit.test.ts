/** Which field goes where, in which shape, and what is refused. */
import { readNetwork } from '@chainrule/core'
import { describe, expect, it } from 'vitest'
import { type Batch, type Dataset, type Field, range } from '../data/dataset.ts'
import { type Numbers, volume } from '../dense.ts'
import { fedAsClasses, fit, type FitOptions, fitted, textData, withImages } from './index.ts'
import { constantsOf } from './wanted.ts'

const classes = (n: number): string[] => Array.from({ length: n }, (_, k) => String(k))
const x = (...shape: number[]): Field => ({ name: 'x', role: 'input', shape })
const label = (n: number): Field => ({ name: 't', role: 'target', shape: [], classes: classes(n) })
const number: Field = { name: 't', role: 'target', shape: [] }
const counted = (f: Field, n: number): Numbers => { const all = Array.from({ length: n }, (_, k) => k % (f.classes?.length ?? Infinity)); return f.classes ? Int32Array.from(all) : Float32Array.from(all) }
/** Two samples that count up. */
const data = (...fields: Field[]): Dataset => ({
  name: 'data', fields, count: 2, access: { kind: 'random' }, close: () => Promise.resolve(),
  read: positions => Promise.resolve({ count: positions.length, values: Object.fromEntries(fields.map(f => [f.name, { shape: [positions.length, ...f.shape], data: counted(f, positions.length * volume(f.shape)) }])) }),
})
const network = (input: string, target = 't', head = ''): ReturnType<typeof readNetwork> => readNetwork(`${head}input ${input}\ntarget ${target}\nparam w\nloss E = mean over data: w^2`)
const leaf = (n: ReturnType<typeof readNetwork>, d: Dataset, name = 'x', o: FitOptions = {}) => fit(n, d, o).leaves.find(l => l.name === name)!

describe('shapes', () => {
  it.each([
    ['x[784]', [28, 28], 'flattened', [784]], ['x[28, 28]', [28, 28], 'same', [28, 28]], ['x[1, 28, 28]', [28, 28], 'reshaped', [1, 28, 28]], ['x[1, 28, 28]', [784], 'reshaped', [1, 28, 28]],
    ['x[3072]', [3, 32, 32], 'flattened', [3072]], ['x', [1], 'reshaped', []], ['x[1]', [], 'reshaped', [1]], ['x[28, 28]', [1, 28, 28], 'reshaped', [28, 28]], ['x[2]', [2], 'same', [2]],
  ] as const)('%s of %j: %s', (declared, given, conversion, shape) => {
    expect(leaf(network(declared), data(x(...given), number))).toMatchObject({ conversion, shape, field: 'x' })
  })

  it('symbols take the sizes of the data, whichever input comes first', () => {
    const n = readNetwork('dim n0, n1 = 5, K, H, V\ninput u[n0], image[1, H, V]\ntarget t[K] one-hot\nparam w\nloss E = mean over data: w^2')
    expect(fit(n, data({ ...x(4, 6), name: 'u' }, { ...x(28, 30), name: 'image' }, label(10))).dims).toEqual({ n0: 24, n1: 5, K: 10, H: 28, V: 30 })
  })

  it('a size that nothing gives is named', () => {
    expect(() => fit(network('x[n]', 't', 'dim n, h\nparam W[h, n]\n'), data(x(3), number))).toThrow('The size h has no number: neither the text nor the data say it. Give --dim h=50, or write it into the text.')
    expect(fit(network('x[n]', 't', 'dim n, h\nparam W[h, n]\n'), data(x(3), number), { dims: { h: 7 } }).dims).toEqual({ n: 3, h: 7 })
  })

  it.each([
    ['x[10]', [3], 'x is 10 in the network, the field x is 3. The sizes have to agree, or one of the two is a vector with as many entries as the other.'],
    ['x[3, 32, 32]', [32, 32, 3], 'the axes stand in another order. Images are channels x height x width; --channels-last turns height x width x channels around.'],
    ['x[1, 32, 32]', [28, 28], 'x is 1 x 32 x 32 in the network, the field x is 28 x 28. --pad 2 puts 2 rows and columns of zeros around every image.'],
    ['x[4, 6]', [6, 4], 'the axes stand in another order'],
    ['x[2, 12]', [4, 6], 'The sizes have to agree'],
  ] as const)('%s of %j is refused', (declared, given, message) => {
    expect(() => fit(network(declared), data(x(...given), number))).toThrow(message)
  })
})

describe('classes', () => {
  it('become rows where the network has rows, and are fed as numbers', () => {
    const f = fit(network('x', 't[K]', 'dim K\n'), data(x(), label(3)))
    expect(f.leaves[1]).toMatchObject({ conversion: 'classes', shape: [], classes: ['0', '1', '2'] })
    expect([fedAsClasses(f), f.dims]).toEqual([['t'], { K: 3 }])
  })
  it('that the data lack have numbers for names', () => expect(leaf(network('x', 't[5] one-hot'), data(x(), { ...label(2), classes: ['cat', 'dog'] }), 't').classes).toEqual(['cat', 'dog', '2', '3', '4']))
  it('two of them are 0 and 1', () => expect(leaf(network('x', 't'), data(x(), label(2)), 't')).toMatchObject({ conversion: 'number', shape: [] }))
  it.each([['t', 3, 't is one number in the network, the field t has 3 classes. Declare target t[3] one-hot for classes; if the field holds numbers, say so with --numbers.'], ['t[2] one-hot', 3, 't has 2 classes in the network, the field t has 3. They are 0, 1, 2.']] as const)('%s of %d classes is refused', (declared, n, message) => {
    expect(() => fit(network('x', declared), data(x(), label(n)))).toThrow(message)
  })

  it('rows of zeros and a single 1 are read as classes, and checked', async () => {
    const n = network('x', 't[2] one-hot')
    const d = data(x(), { name: 't', role: 'target', shape: [2] })
    const with_ = (rows: number[]): Dataset => ({ ...d, read: () => Promise.resolve({ count: 2, values: { x: { shape: [2], data: Float32Array.of(0, 0) }, t: { shape: [2, 2], data: Float32Array.from(rows) } } }) })
    const f = fit(n, d)
    expect(f.leaves[1]).toMatchObject({ conversion: 'rows', classes: ['0', '1'] })
    expect([...(await fitted(n, with_([0, 1, 1, 0]), f).read(range(0, 2))).values.t!.data]).toEqual([1, 0])
    await expect((async () => fitted(n, with_([0, 1, 0.5, 0.5]), f).read(range(0, 2)))()).rejects.toThrow('data: the field t of sample 2 of a batch is 0.5 0.5. The network declares it one-hot: zeros and a single 1.')
  })

  it('keep their numbers when other data name them in another order', async () => {
    const n = network('x', 't[2] one-hot')
    const named = (...names: string[]): Dataset => data(x(), { ...label(2), classes: names })
    const f = fit(n, named('cat', 'dog'))
    const later = fit(n, named('dog', 'cat'))
    const leaves = later.leaves.map(l => (l.name === 't' ? { ...l, classes: f.leaves[1]!.classes! } : l))
    expect([...(await fitted(n, named('dog', 'cat'), { ...later, leaves }).read([0, 1])).values.t!.data]).toEqual([1, 0])
    expect(() => fitted(n, named('dog', 'cow'), { ...later, leaves })).toThrow('data: the field t has the class cow. The network knows cat, dog.')
  })
})

describe('pairs', () => {
  const two = readNetwork('input a[2], b[2]\ntarget t\nparam w\nloss E = mean over data: w^2')
  const field = (name: string, role: 'input' | 'target' = 'input'): Field => ({ name, role, shape: role === 'input' ? [2] : [] })
  const pairs = (d: Dataset, map?: Record<string, string>) => Object.fromEntries(fit(two, d, { ...(map ? { map } : {}) }).leaves.map(l => [l.name, l.field]))
  it('by name, then in order', () => {
    expect(pairs(data(field('b'), field('q'), field('y', 'target')))).toEqual({ a: 'q', b: 'b', t: 'y' })
    expect(pairs(data(field('p'), field('q'), field('y', 'target')))).toEqual({ a: 'p', b: 'q', t: 'y' })
  })
  it('as they are chosen, one field twice if wanted', () => expect(pairs(data(field('p'), field('q'), field('y', 'target')), { a: 'q', b: 'q' })).toEqual({ a: 'q', b: 'q', t: 'y' }))
  it('names what is left over, and what is missing', () => {
    expect(fit(two, data(field('p'), field('q'), field('r'), field('y', 'target'))).unused).toEqual(['r'])
    expect(() => pairs(data(field('p'), field('y', 'target')))).toThrow('The network reads the input b, and data has no input for it. All its fields are used.')
    expect(() => pairs(data(field('p'), field('q'), field('r')))).toThrow('The network reads the target t, and data has no target for it. Not used yet: r (input, 2). Say which with --map t=r.')
  })
  it('refuses names that nothing has', () => {
    const d = data(field('pixels'), field('q'), field('y', 'target'))
    expect(() => pairs(d, { c: 'q' })).toThrow('The network has no input or target c. It has a, b, t.')
    expect(() => pairs(d, { a: 'pixel' })).toThrow('data has no field pixel for a. It has pixels, q, y. Did you mean pixels?')
  })
})

describe('what the text gives', () => {
  const n = readNetwork('dim k\ninput x[2] = [[0, 0], [0, 1], [1, 1/2]], c[2] = [3, 4]\ntarget t = [0, 1, 1]\nparam w\ngiven A[2, 2] = 5\nrate lambda\nloss E = mean over data: (w x[1] + c[1] + A[1, 1] + lambda - t)^2')
  const all = async (d: Dataset): Promise<Batch> => d.read(range(0, d.count))
  it('are samples', async () => {
    const d = textData(n, 'float64')
    expect(d.count).toBe(3)
    const { values } = await all(d)
    expect([...values.x!.data]).toEqual([0, 0, 0, 1, 1, 0.5])
    expect([...values.c!.data]).toEqual([3, 4, 3, 4, 3, 4])
    expect(fit(n, d).leaves.map(l => l.conversion)).toEqual(['same', 'same', 'same'])
  })
  it('stands for every sample of other data', async () => {
    const d = data(x(2), number)
    const found = fit(n, d)
    expect(found.leaves.find(l => l.name === 'c')).toMatchObject({ conversion: 'text', shape: [2] })
    expect([...(await all(fitted(n, d, found))).values.c!.data]).toEqual([3, 4, 3, 4])
  })
  it('constants come from the text or are set', () => {
    const values = (set: Record<string, number>) => [...constantsOf(n, new Map(), set)].map(([name, t]) => [name, [...t.data]])
    expect(values({ lambda: 0.5 })).toEqual([['A', [5, 5, 5, 5]], ['lambda', [0.5]]])
    expect(() => values({})).toThrow('lambda has no value. Give one with --set lambda=0.1, or write it into the text.')
    expect(() => values({ lamda: 1 })).toThrow('The network has no given or rate lamda. It has A, lambda. Did you mean lambda?')
  })
  it('is not enough where a value is missing, or their numbers differ', () => {
    expect(() => textData(readNetwork('input x\ntarget t = 1\nparam w\nloss E = mean over data: w^2'), 'float32')).toThrow('There are no data for x.')
    expect(() => textData(readNetwork('input x = [1, 2]\ntarget t = [1, 2, 3]\nparam w\nloss E = mean over data: w^2'), 'float32')).toThrow('The text gives 3 samples of t and 2 of x. All inputs and targets have as many.')
  })
})

describe('images', () => {
  it('get zeros around them', async () => {
    const d = withImages(data(x(2, 3), number), { pad: 1 })
    expect(d.fields[0]!.shape).toEqual([4, 5])
    expect([...(await d.read([0])).values.x!.data]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 5, 0, 0, 0, 0, 0, 0])
  })
  it('get their channels first', async () => {
    const d = withImages(data(x(1, 2, 3), number), { channelsLast: true })
    expect(d.fields[0]!.shape).toEqual([3, 1, 2])
    expect([...(await d.read([0, 1])).values.x!.data]).toEqual([0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11])
  })
  it('are asked for', () => {
    expect(() => withImages(data(x(4), number), { pad: 1 })).toThrow('--pad is for images, and the field x is 4.')
    expect(() => withImages(data(x(4, 4), number), { channelsLast: true })).toThrow('--channels-last is for images, and the field x is 4 x 4.')
    expect(() => withImages(data(x(4, 4), number), { pad: 1.5 })).toThrow('A border of 1.5 rows cannot be put around images.')
  })
})
