/** Checkpoints: exact round trips, and nothing that is cut off, half written or changed in a bit is taken for a whole one. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Dense, type Numbers, volume } from '../dense.ts'
import { type Files, join, memoryFiles } from '../files/index.ts'
import { nodeFiles } from '../files/node.ts'
import { type Checkpoint, checkpointStore, checkSeal, decodeCheckpoint, decodeSafetensors, encodeCheckpoint, encodeSafetensors, encodeSealed, forTorch, parametersFrom, torchName } from './index.ts'

const kinds: readonly ((n: number[]) => Numbers)[] = [n => Float32Array.from(n), n => Float64Array.from(n), n => Int32Array.from(n), n => Uint8Array.from(n)]
const tensor: fc.Arbitrary<Dense> = fc.tuple(fc.array(fc.nat(4), { maxLength: 3 }), fc.constantFrom(...kinds)).chain(([shape, make]) =>
  fc.array(fc.double(), { minLength: volume(shape), maxLength: volume(shape) }).map(x => ({ shape, data: make(x) })))
const tensors = fc.dictionary(fc.string().filter(s => s !== '__proto__' && s !== '__metadata__'), tensor, { maxKeys: 6 }).map(o => new Map(Object.entries(o)))

describe('safetensors', () => {
  it('reads back any tensors exactly', () => {
    fc.assert(fc.property(tensors, fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }), (given, metadata) => {
      const { ['__proto__']: _, ...plain } = metadata
      const read = decodeSafetensors('f', encodeSafetensors({ tensors: given, metadata: plain }))
      expect(new Set(read.tensors.keys())).toEqual(new Set(given.keys()))
      for (const [name, t] of given) expect(read.tensors.get(name)).toEqual(t)
      expect({ ...read.metadata }).toEqual({ ...plain })
    }), { numRuns: 200 })
  })

  it('puts data at multiples of its size', () => {
    const bytes = encodeSafetensors({ tensors: new Map<string, Dense>([['a', { shape: [3], data: Uint8Array.of(1, 2, 3) }], ['b', { shape: [], data: Float64Array.of(4) }]]), metadata: {} })
    expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n)
    expect(bytes.length - 11).toBe(bytes.length - 8 - 3)
    expect(new TextDecoder().decode(bytes.subarray(8))).toContain('"b":{"dtype":"F64","shape":[],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}')
  })

  const file = (header: string, data: readonly number[] = []): Uint8Array => {
    const text = new TextEncoder().encode(header)
    const out = new Uint8Array(8 + text.length + data.length)
    new DataView(out.buffer).setBigUint64(0, BigInt(text.length), true)
    out.set(text, 8)
    out.set(data, 8 + text.length)
    return out
  }

  it.each([
    ['F16', [0x00, 0x3c, 0x00, 0xb8], [1, -0.5]], ['BF16', [0x80, 0x3f, 0x00, 0xc0], [1, -2]], ['I64', [254, 255, 255, 255, 255, 255, 255, 255, 3, 0, 0, 0, 0, 0, 0, 0], [-2, 3]],
    ['U64', [5, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0], [5, 6]], ['U32', [255, 255, 255, 255, 1, 0, 0, 0], [2 ** 32 - 1, 1]], ['I16', [255, 255, 2, 0], [-1, 2]],
    ['U16', [255, 255, 2, 0], [65535, 2]], ['I8', [255, 1], [-1, 1]], ['BOOL', [0, 1], [0, 1]],
  ])('reads %s as others write it', (dtype, data, wanted) => {
    const read = decodeSafetensors('f', file(`{"x":{"data_offsets":[0,${data.length}],"dtype":"${dtype}","shape":[2]}}`, data))
    expect([...read.tensors.get('x')!.data]).toEqual(wanted)
  })

  it.each([
    ['no header', new Uint8Array(3), 'f ends at byte 3. Its header says 8 bytes or more.'],
    ['a long header', file('{}').map((b, k) => (k === 7 ? 1 : b)), 'f is no safetensors file: its header cannot be read (its length is 72057594037927938).'],
    ['no JSON', file('{"a":'), 'its header cannot be read ('],
    ['an array', file('[1,2]'), 'its header cannot be read (it does not begin with {)'],
    ['an unknown type', file('{"x":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}', [0]), 'f: the tensor x cannot be read: its type F8_E4M3 is not one of F64, F32,'],
    ['a negative size', file('{"x":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}', [0]), 'f: the tensor x cannot be read: its shape is no list of sizes.'],
    ['bytes that do not fit the shape', file('{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,3]}}', [0, 0, 0]), 'it has 3 bytes, its shape and type make 4.'],
    ['a gap', file('{"x":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}', [0, 0]), 'f: x is at byte 1 of the data, what stands before it ends at 0.'],
    ['an overlap', file('{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"y":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}', [0, 0, 0]), 'f: y is at byte 1 of the data, what stands before it ends at 2.'],
    ['data past the end', file('{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}', [0]), 'ends at byte'],
    ['data left over', file('{}', [1]), 'f: the end is at byte 11 of the data, what stands before it ends at 10.'],
    ['metadata that is no text', file('{"__metadata__":{"a":1}}'), '__metadata__ holds something else than texts'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decodeSafetensors('f', bytes)).toThrow(message)
  })
})

const example: Checkpoint = {
  parameters: new Map([['W^(1)', { shape: [2, 2], data: Float32Array.of(1, -0, NaN, Infinity) }], ['b', { shape: [], data: Float32Array.of(0.1) }]]),
  state: new Map([['b#mean', { shape: [], data: Float64Array.of(Math.PI) }]]), extra: new Map([['x', { shape: [1], data: Int32Array.of(7) }]]),
  progress: { step: 3, random: [1, -2, 3, 4], loss: 0.1 + 0.2 }, config: { rate: 0.1, network: 'W "quoted" é' },
}

describe('checkpoint', () => {
  it('goes through a file exactly', async () => {
    expect(await decodeCheckpoint('c', await encodeCheckpoint(example))).toEqual(example)
  })

  it('is refused when cut off at any byte', async () => {
    const bytes = await encodeCheckpoint(example)
    for (let n = 0; n < bytes.length; n++) await expect(decodeCheckpoint('c', bytes.subarray(0, n)), `at ${n}`).rejects.toThrow(/^c[: ]/)
  })

  it('is refused when any bit is turned', async () => {
    const bytes = await encodeCheckpoint(example)
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      await expect(decodeCheckpoint('c', bytes), `bit ${bit}`).rejects.toThrow(/^c[: ]/)
      bytes[bit >> 3]! ^= 1 << (bit & 7)
    }
  })

  it('is refused when the end was never written', async () => {
    const bytes = await encodeCheckpoint(example)
    for (let n = 100; n < bytes.length; n += 7) if (bytes.subarray(n).some(b => b !== 0)) await expect(decodeCheckpoint('c', bytes.map((b, k) => (k < n ? b : 0)))).rejects.toThrow()
  })

  it('tells files with and without a seal apart', async () => {
    const file = { tensors: example.parameters, metadata: { note: 'x' } }
    expect([await checkSeal(encodeSafetensors(file)), await checkSeal(await encodeSealed(file))]).toEqual(['none', 'whole'])
    await expect(decodeCheckpoint('c', encodeSafetensors(file))).rejects.toThrow('c is no checkpoint (it has no checksum).')
  })
})

describe('names in PyTorch', () => {
  it.each([['c1.W', 'c1.weight'], ['stage1.2.conv.b', 'stage1.2.conv.bias'], ['n.gamma', 'n.weight'], ['n.beta', 'n.bias'], ['n.mu', 'n.running_mean'], ['W^(1)', '1.weight'], ['b^[2]', '2.bias'], ['W', 'W'], ['w_{1,3}', 'w_{1,3}']])('%s is %s', (ours, theirs) => {
    expect(torchName(ours)).toBe(theirs)
  })

  it('reads parameters under either name, with shapes that fit', () => {
    const wanted = [{ name: 'd.W', shape: [2, 3] }]
    const given = new Map([['d.W', { shape: [2, 3], data: new Float32Array(6) }]])
    expect(parametersFrom('f', given, wanted)).toEqual(given)
    expect(parametersFrom('f', forTorch(given), wanted)).toEqual(given)
    expect(() => parametersFrom('f', new Map(), wanted)).toThrow('f has no parameter d.W.')
    expect(() => parametersFrom('f', new Map([['d.weight', { shape: [3, 2], data: new Float32Array(6) }]]), wanted)).toThrow('f: d.weight is 3 x 2. The network has 2 x 3; the layout is [outputs, inputs, ...], as in PyTorch, and nothing is transposed.')
  })
})

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'chainrule-store-')) })
afterAll(() => rm(folder, { recursive: true }))

describe.each([['memory', (): Files => memoryFiles()], ['disk', (): Files => nodeFiles]] as const)('store in %s', (kind, make) => {
  it('keeps the last two and the best, and passes over what is damaged', async () => {
    const files = make()
    const at = join(folder, kind)
    const store = checkpointStore(files, at)
    expect(await store.latest()).toEqual({ found: undefined, skipped: [] })
    const numbered = (step: number): Checkpoint => ({ ...example, progress: { step } })
    for (const step of [10, 20, 30, 40]) await store.save(numbered(step), step, step === 20 ? numbered(step) : undefined)
    expect((await files.list(at))!.map(e => e.name)).toEqual(['best.safetensors', 'step-000000030.safetensors', 'step-000000040.safetensors'])
    expect((await store.best())!.checkpoint.progress).toEqual({ step: 20 })
    expect((await store.latest()).found!.checkpoint.progress).toEqual({ step: 40 })
    const last = join(at, 'step-000000040.safetensors')
    await files.replace(last, (await encodeCheckpoint(numbered(40))).subarray(0, 300))
    const { found, skipped } = await store.latest()
    expect([found!.checkpoint.progress, skipped.map(s => s.path)]).toEqual([{ step: 30 }, [last]])
    await files.replace(join(at, 'half.tmp'), Uint8Array.of(1))
    await store.save(numbered(35), 35)
    expect((await files.list(at))!.map(e => e.name)).toEqual(['best.safetensors', 'step-000000030.safetensors', 'step-000000035.safetensors'])
  })
})
