/**
 * The safetensors format: the length of a header as 8 bytes, least significant first; the header, JSON that gives every tensor a
 * type, a shape and a range of bytes; then the bytes, row-major, without gaps. https://github.com/huggingface/safetensors
 */
import { type Dense, volume } from '../dense.ts'
import { safeTypes, typeName } from './dtypes.ts'
import { badHeader, badTensor, cutOff, notCovered } from './messages.ts'

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, Dense>
  /** Texts that go with the tensors. */
  readonly metadata: Readonly<Record<string, string>>
}

/** No header is longer, as in the reference implementation. */
const MOST_HEADER = 100_000_000

/** The bytes of a file. Tensors lie by element size, greatest first, then by name, so that all are aligned. */
export function encodeSafetensors({ tensors, metadata }: TensorFile): Uint8Array {
  const order = [...tensors].sort(([a, x], [b, y]) => y.data.BYTES_PER_ELEMENT - x.data.BYTES_PER_ELEMENT || (a < b ? -1 : 1))
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {}
  let size = 0
  for (const [name, { shape, data }] of order) header[name] = { dtype: typeName(data), shape, data_offsets: [size, size += data.byteLength] }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const start = 8 + Math.ceil(text.length / 8) * 8
  const out = new Uint8Array(start + size).fill(0x20, 8, start)
  new DataView(out.buffer).setBigUint64(0, BigInt(start - 8), true)
  out.set(text, 8)
  let at = start
  for (const [, { data }] of order) { out.set(littleEndian(data), at); at += data.byteLength }
  return out
}

const hostIsLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** The bytes of the entries, least significant first on any machine. */
function littleEndian(data: Dense['data']): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  if (hostIsLittle || data.BYTES_PER_ELEMENT === 1) return bytes
  const turned = bytes.slice()
  for (let k = 0; k < turned.length; k += data.BYTES_PER_ELEMENT) turned.subarray(k, k + data.BYTES_PER_ELEMENT).reverse()
  return turned
}

interface Entry { readonly name: string; readonly dtype: string; readonly shape: readonly number[]; readonly from: number; readonly to: number }

/** What is in a file. Throws a ChainError that names the file and the tensor for anything that the format does not allow. */
export function decodeSafetensors(path: string, bytes: Uint8Array): TensorFile {
  if (bytes.length < 8) throw cutOff(path, bytes.length, 8)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getBigUint64(0, true)
  if (length > BigInt(MOST_HEADER)) throw badHeader(path, `its length is ${length}`)
  const start = 8 + Number(length)
  if (bytes.length < start) throw cutOff(path, bytes.length, start)
  const { entries, metadata } = readHeader(path, bytes.subarray(8, start))
  let end = 0
  for (const e of [...entries].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (e.from !== end) throw notCovered(path, e.name, end, e.from)
    end = e.to
  }
  if (bytes.length < start + end) throw cutOff(path, bytes.length, start + end)
  if (bytes.length > start + end) throw notCovered(path, 'the end', start + end, bytes.length)
  const tensors = entries.map((e): [string, Dense] => {
    const part = new DataView(bytes.buffer, bytes.byteOffset + start + e.from, e.to - e.from)
    return [e.name, { shape: e.shape, data: safeTypes[e.dtype]!.read(part, volume(e.shape)) }]
  })
  return { tensors: new Map(tensors), metadata }
}

function readHeader(path: string, bytes: Uint8Array): { entries: Entry[]; metadata: Record<string, string> } {
  let header: unknown
  try { header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) } catch (error) { throw badHeader(path, (error as Error).message) }
  if (bytes[0] !== 0x7b || typeof header !== 'object' || header === null) throw badHeader(path, 'it does not begin with {')
  const { __metadata__: metadata = {}, ...tensors } = header as Record<string, unknown>
  if (typeof metadata !== 'object' || metadata === null || !Object.values(metadata).every(v => typeof v === 'string')) throw badHeader(path, '__metadata__ holds something else than texts')
  return { entries: Object.entries(tensors).map(([name, e]) => readEntry(path, name, e)), metadata: metadata as Record<string, string> }
}

const isCount = (n: unknown): n is number => typeof n === 'number' && Number.isSafeInteger(n) && n >= 0

function readEntry(path: string, name: string, given: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = (given ?? {}) as Record<string, unknown>
  const type = typeof dtype === 'string' ? safeTypes[dtype] : undefined
  if (!type) throw badTensor(path, name, `its type ${String(dtype)} is not one of ${Object.keys(safeTypes).join(', ')}`)
  if (!Array.isArray(shape) || !shape.every(isCount)) throw badTensor(path, name, 'its shape is no list of sizes')
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) throw badTensor(path, name, 'its data_offsets are no two places')
  const [from, to] = offsets as [number, number]
  const wanted = volume(shape) * type.bytes
  if (to - from !== wanted) throw badTensor(path, name, `it has ${to - from} bytes, its shape and type make ${wanted}`)
  return { name, dtype: dtype as string, shape, from, to }
}
