/** CIFAR-10 and CIFAR-100, binary: a class (or two), then 3072 bytes, 32 x 32 red, then green, then blue; sample after sample. */
import type { Bytes } from '../files/index.ts'
import { concat } from './combine.ts'
import type { Dataset, Precision } from './dataset.ts'
import { u8 } from './dtypes.ts'
import { noSamples, partialRecord } from './messages.ts'
import { classesOf, type Column, recordDataset } from './records.ts'

const pixels = 3 * 32 * 32

/** What a kind of file holds before the pixels, and which of it is the class. */
export interface CifarKind { readonly labels: number; readonly at: number; readonly classes: number }
export const cifar10: CifarKind = { labels: 1, at: 0, classes: 10 }
/** CIFAR-100 has a coarse class, one of 20, then a fine one, one of 100. */
export const cifar100: CifarKind = { labels: 2, at: 1, classes: 100 }
export const cifar100coarse: CifarKind = { labels: 2, at: 0, classes: 20 }

/** The samples of these files, one file after the other, with the fields x [3, 32, 32] and t. Throws a ChainError for wrong lengths and classes. */
export async function cifarDataset(name: string, files: readonly Bytes[], kind: CifarKind, names: readonly string[] | undefined, precision: Precision): Promise<Dataset> {
  const parts: Dataset[] = []
  for (const bytes of files) {
    const record = kind.labels + pixels
    const size = bytes.size ?? await lengthOf(bytes)
    if (size % record !== 0) throw partialRecord(bytes.path, size, record)
    if (size === 0) throw noSamples(bytes.path)
    const at = (offset: number, shape: readonly number[]): Column => ({ bytes, offset, stride: record, count: size / record, shape, type: u8, little: true })
    const t = at(kind.at, [])
    const classes = await classesOf(t, names ?? Array.from({ length: kind.classes }, (_, k) => String(k)))
    parts.push(recordDataset(name, [
      { field: { name: 'x', role: 'input', shape: [3, 32, 32] }, column: at(kind.labels, [3, 32, 32]) },
      { field: { name: 't', role: 'target', shape: [], classes }, column: t },
    ], precision))
  }
  return parts.length === 1 ? parts[0]! : concat(parts, name)
}

/** The length of a stream, read to its end. */
async function lengthOf(bytes: Bytes): Promise<number> {
  const step = 1 << 20
  for (let at = 0; ; at += step) {
    const { length } = await bytes.read(at, step)
    if (length < step) return at + length
  }
}
