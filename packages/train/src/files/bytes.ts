/** The bytes of a file, unpacked where it is gzipped. */
import type { OpenFile } from './files.ts'
import { badGzip, truncated } from './messages.ts'

/** Bytes read by position. */
export interface Bytes {
  /** The file's path, for messages. */
  readonly path: string
  /** Unknown for a gzip stream that is not held in memory. */
  readonly size: number | undefined
  /** True: any position costs the same. False: reading on is cheap, going back starts over. */
  readonly random: boolean
  /** All bytes, when they are in memory. */
  readonly held?: Uint8Array
  /** The bytes [at, at + length), fewer only at the end. They may be a view: do not write to them. */
  readonly read: (at: number, length: number) => Promise<Uint8Array>
  readonly close: () => Promise<void>
}

/** Exactly these bytes. Throws a ChainError when the file ends before; `what` says what stands there. */
export async function exactly(bytes: Bytes, at: number, length: number, what: string): Promise<Uint8Array> {
  const part = await bytes.read(at, length)
  if (part.length < length) throw truncated(bytes.path, at + length, at + part.length, what)
  return part
}

/** A file's bytes, unpacked where it is gzipped; held when there are at most `memory` of them, else read from the file or streamed. */
export async function bytesOf(file: OpenFile, memory: number): Promise<Bytes> {
  const head = new Uint8Array(2)
  await file.read(0, head)
  if (head[0] !== 0x1f || head[1] !== 0x8b) return file.size <= memory ? inMemory(await whole(file), file) : plain(file)
  const held = await unpackedWhole(file, memory)
  return held ? inMemory(held, file) : forward(file)
}

const plain = (file: OpenFile): Bytes => ({
  path: file.path, size: file.size, random: true, close: file.close,
  read: async (at, length) => {
    const part = new Uint8Array(Math.max(0, Math.min(length, file.size - at)))
    const n = await file.read(at, part)
    return n === part.length ? part : part.subarray(0, n)
  },
})

async function whole(file: OpenFile): Promise<Uint8Array> {
  const all = new Uint8Array(file.size)
  return all.subarray(0, await file.read(0, all))
}

const inMemory = (held: Uint8Array, file: OpenFile): Bytes => ({
  path: file.path, size: held.length, random: true, held, close: file.close,
  read: (at, length) => Promise.resolve(held.subarray(at, at + length)),
})

const step = 1 << 18

/** The unpacked bytes, piece by piece. */
async function* unpacked(file: OpenFile): AsyncGenerator<Uint8Array, void> {
  const { readable, writable } = new DecompressionStream('gzip')
  const writer = writable.getWriter()
  const reading = { stopped: false }
  const feeding = (async () => {
    for (let at = 0; at < file.size && !reading.stopped; at += step) {
      const part = new Uint8Array(Math.min(step, file.size - at))
      await file.read(at, part)
      await writer.write(part)
    }
    await writer.close()
  })()
  feeding.catch(() => undefined)
  const reader = readable.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value as Uint8Array
    }
  } catch (error) {
    throw badGzip(file.path, (error as Error).message)
  } finally {
    reading.stopped = true
    await reader.cancel().catch(() => undefined)
  }
}

async function unpackedWhole(file: OpenFile, memory: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of unpacked(file)) {
    if ((size += part.length) > memory) return undefined
    parts.push(part)
  }
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) { all.set(part, at); at += part.length }
  return all
}

/** A stream with a memory of one window: positions before it start the unpacking over. */
function forward(file: OpenFile): Bytes {
  let pieces: AsyncGenerator<Uint8Array, void> | undefined
  let piece = new Uint8Array(0)
  let start = 0
  let busy: Promise<unknown> = Promise.resolve()
  const advance = async (): Promise<boolean> => {
    start += piece.length
    const next = await (pieces ??= unpacked(file)).next()
    piece = next.done ? new Uint8Array(0) : new Uint8Array(next.value)
    return !next.done
  }
  const read = async (at: number, length: number): Promise<Uint8Array> => {
    if (at < start) { await pieces?.return(); pieces = undefined; piece = new Uint8Array(0); start = 0 }
    const out = new Uint8Array(length)
    let filled = 0
    while (filled < length) {
      const from = at + filled - start
      if (from >= piece.length) { if (!(await advance())) break; continue }
      const part = piece.subarray(from, from + length - filled)
      out.set(part, filled)
      filled += part.length
    }
    return filled === length ? out : out.subarray(0, filled)
  }
  return {
    path: file.path, size: undefined, random: false,
    read: (at, length) => { const mine = busy.then(() => read(at, length)); busy = mine.catch(() => undefined); return mine },
    close: async () => { await pieces?.return(); await file.close() },
  }
}
