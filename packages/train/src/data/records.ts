/** Data sets whose samples lie in files at fixed distances: IDX, CIFAR and NPY. */
import { volume } from '../dense.ts'
import { type Bytes, exactly } from '../files/index.ts'
import { type Access, alloc, checkPositions, type Dataset, type Field, type Precision, randomAccess } from './dataset.ts'
import type { DType } from './dtypes.ts'
import { badClass, countsDiffer, noSamples, notFinite } from './messages.ts'

/** Where one field lies: sample k begins at byte offset + k stride. */
export interface Column {
  readonly bytes: Bytes
  readonly offset: number
  readonly stride: number
  readonly count: number
  readonly shape: readonly number[]
  readonly type: DType
  readonly little: boolean
}

/** A column of whole bytes from a header on: `count` samples of the shape. */
export const column = (bytes: Bytes, offset: number, count: number, shape: readonly number[], type: DType, little: boolean): Column =>
  ({ bytes, offset, stride: volume(shape) * type.bytes, count, shape, type, little })

/** Samples that are read in one go when they follow each other. */
const most = 1024

/** The data set of these columns. Throws a ChainError when their counts differ or there is no sample. */
export function recordDataset(name: string, parts: readonly { readonly field: Field; readonly column: Column }[], precision: Precision): Dataset {
  const [first, ...rest] = parts
  const { count } = first!.column
  for (const r of rest) if (r.column.count !== count) throw countsDiffer(first!.column.bytes.path, count, r.column.bytes.path, r.column.count)
  if (count === 0) throw noSamples(first!.column.bytes.path)
  const access: Access = parts.every(p => p.column.bytes.random) ? randomAccess : { kind: 'forward', block: most }
  return {
    name, fields: parts.map(p => p.field), count, access,
    async read(positions) {
      checkPositions(name, count, positions)
      const values = await Promise.all(parts.map(async ({ field, column }) => {
        const width = volume(column.shape)
        const data = field.classes ? new Int32Array(positions.length) : alloc(precision, positions.length * width)
        await readInto(data, column, positions)
        if (field.classes) checkClasses(data, column.bytes.path, positions, field.classes.length)
        return [field.name, { shape: [positions.length, ...field.shape], data }] as const
      }))
      return { count: positions.length, values: Object.fromEntries(values) }
    },
    close: async () => { for (const b of new Set(parts.map(p => p.column.bytes))) await b.close() },
  }
}

/** Runs of samples that follow each other are read together, runs side by side. */
async function readInto(out: Float32Array | Float64Array | Int32Array, c: Column, positions: ArrayLike<number>): Promise<void> {
  const width = volume(c.shape)
  const waiting: Promise<void>[] = []
  for (let k = 0; k < positions.length;) {
    let n = 1
    while (k + n < positions.length && n < most && positions[k + n] === positions[k]! + n) n++
    const first = k
    const at = c.offset + positions[k]! * c.stride
    const length = (n - 1) * c.stride + width * c.type.bytes
    const take = (part: Uint8Array): void => { for (let j = 0; j < n; j++) decode(out, (first + j) * width, part, j * c.stride, width, c, positions[first + j]!) }
    if (c.bytes.held && c.bytes.held.length >= at + length) take(c.bytes.held.subarray(at, at + length))
    else waiting.push(exactly(c.bytes, at, length, 'The samples').then(take))
    if (waiting.length >= most) await Promise.all(waiting.splice(0))
    k += n
  }
  await Promise.all(waiting)
}

function decode(out: Float32Array | Float64Array | Int32Array, to: number, part: Uint8Array, from: number, width: number, c: Column, sample: number): void {
  if (c.type.bytes === 1 && c.type.name.startsWith('unsigned')) { out.set(part.subarray(from, from + width), to); return }
  const view = new DataView(part.buffer, part.byteOffset, part.byteLength)
  for (let e = 0; e < width; e++) {
    const x = c.type.read(view, from + e * c.type.bytes, c.little)
    if (!Number.isFinite(x)) throw notFinite(c.bytes.path, sample + 1, String(e + 1), String(x))
    out[to + e] = x
  }
}

function checkClasses(data: ArrayLike<number>, path: string, positions: ArrayLike<number>, classes: number): void {
  for (let k = 0; k < data.length; k++) if (!(data[k]! >= 0 && data[k]! < classes)) throw badClass(path, positions[k]! + 1, data[k]!, classes)
}

/** The names of the classes of a column of class numbers: 0 .. the greatest that occurs, or the names given. Reads the whole column. */
export async function classesOf(c: Column, names?: readonly string[]): Promise<readonly string[]> {
  let greatest = -1
  for (let from = 0; from < c.count; from += most) {
    const n = Math.min(most, c.count - from)
    const found = new Float64Array(n)
    await readInto(found, c, Array.from({ length: n }, (_, k) => from + k))
    found.forEach((x, k) => {
      if (!Number.isInteger(x) || x < 0 || (names && x >= names.length)) throw badClass(c.bytes.path, from + k + 1, x, names?.length)
      greatest = Math.max(greatest, x)
    })
  }
  return names ?? Array.from({ length: greatest + 1 }, (_, k) => String(k))
}
