import { gzipSync } from 'node:zlib'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bytesOf, exactly, type Files, join, memoryFiles, readWhole } from './index.ts'
import { nodeFiles } from './node.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'chainrule-files-')) })
afterAll(() => rm(folder, { recursive: true }))

const bytes = Uint8Array.from({ length: 300_000 }, (_, k) => (k * 7919) >>> 5)
const systems: readonly [string, () => { files: Files; root: string }][] = [['memory', () => ({ files: memoryFiles(), root: 'root' })], ['disk', () => ({ files: nodeFiles, root: join(folder, 'disk') })]]

describe.each(systems)('files in %s', (_, make) => {
  it('replaces, lists, reads by position and removes', async () => {
    const { files, root } = make()
    await files.replace(join(root, 'b/data.bin'), Uint8Array.of(1))
    await files.replace(join(root, 'b/data.bin'), bytes)
    await files.replace(join(root, 'a.txt'), Uint8Array.of(2))
    expect(await files.list(root)).toEqual([{ name: 'a.txt', folder: false }, { name: 'b', folder: true }])
    const file = await files.open(join(root, 'b/data.bin'))
    const part = new Uint8Array(10)
    expect([file.size, await file.read(299_995, part)]).toEqual([300_000, 5])
    expect([...part.subarray(0, 5)]).toEqual([...bytes.subarray(299_995)])
    await file.close()
    expect(Buffer.compare(await readWhole(files, join(root, 'b/data.bin')), bytes)).toBe(0)
    await files.remove(join(root, 'b/data.bin'))
    await expect(files.open(join(root, 'b/data.bin'))).rejects.toThrow('b/data.bin: there is no such file.')
    expect(await files.list(join(root, 'none'))).toBeUndefined()
  })
})

it('leaves no temporary file', async () => {
  expect((await readdir(folder, { recursive: true })).filter(f => f.endsWith('.tmp'))).toEqual([])
})

const packed = gzipSync(bytes)
describe.each([['plain', bytes, 0], ['gzip in memory', packed, 1e6], ['gzip as a stream', packed, 1000]] as const)('bytes: %s', (kind, stored, memory) => {
  it('reads any positions', async () => {
    const open = await bytesOf(await memoryFiles({ f: stored }).open('f'), memory)
    expect([open.random, open.size]).toEqual(kind === 'gzip as a stream' ? [false, undefined] : [true, bytes.length])
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length + 10), fc.nat(5000), async (at, length) => {
      expect(Buffer.compare(await open.read(at, length), bytes.subarray(at, at + length))).toBe(0)
    }), { numRuns: kind === 'gzip as a stream' ? 15 : 60 })
    await expect(exactly(open, bytes.length - 2, 4, 'The pixels')).rejects.toThrow('f: the file ends at byte 300000. The pixels go on to byte 300002.')
  })
})

it.each([['cut off', packed.subarray(0, 1000), 'unexpected end of file'], ['damaged', packed.map((b, k) => (k === packed.length - 6 ? b ^ 1 : b)), 'incorrect data check']])('says so when a gzip file is %s', async (_, stored, why) => {
  const make = async (memory: number): Promise<unknown> => (await bytesOf(await memoryFiles({ 'f.gz': stored }).open('f.gz'), memory)).read(0, 1e6)
  for (const memory of [1e6, 1000]) await expect(make(memory)).rejects.toThrow(`f.gz: the gzip data cannot be unpacked (${why}).`)
})
