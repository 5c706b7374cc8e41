/** IDX, the format of MNIST: 0, 0, element type, number of axes, their sizes as big-endian 32-bit numbers, then the elements. */
import { volume } from '../dense.ts'
import { type Bytes, exactly } from '../files/index.ts'
import type { Dataset, Precision } from './dataset.ts'
import { idxTypes } from './dtypes.ts'
import { wrongAxes, wrongLength, wrongMagic, wrongType } from './messages.ts'
import { classesOf, type Column, column, recordDataset } from './records.ts'

const hex = (b: Uint8Array): string => [...b].map(x => x.toString(16).padStart(2, '0')).join(' ')

/** The elements of an IDX file, the first axis over the samples. Throws a ChainError for what is no whole IDX file. */
export async function idxColumn(bytes: Bytes): Promise<Column> {
  const magic = await exactly(bytes, 0, 4, 'The magic number and sizes')
  const type = idxTypes[magic[2]!]
  if (magic[0] !== 0 || magic[1] !== 0 || !type || magic[3] === 0) throw wrongMagic(bytes.path, 'IDX', '00 00, an element type (08 to 0e) and the number of axes', hex(magic))
  const header = 4 + 4 * magic[3]!
  const view = new DataView((await exactly(bytes, 0, header, 'The sizes')).slice().buffer)
  const shape = Array.from({ length: magic[3]! }, (_, k) => view.getUint32(4 + 4 * k))
  const wanted = header + volume(shape) * type.bytes
  if (bytes.size !== undefined && bytes.size !== wanted) throw wrongLength(bytes.path, bytes.size, wanted, `${header} of header and ${shape.join(' x ')} ${type.name}`)
  return column(bytes, header, shape[0]!, shape.slice(1), type, false)
}

/** Images and their class numbers as a data set with the fields x and t. Throws a ChainError when they do not fit together. */
export async function idxDataset(name: string, images: Bytes, labels: Bytes, precision: Precision): Promise<Dataset> {
  const [x, t] = [await idxColumn(images), await idxColumn(labels)]
  if (x.shape.length === 0) throw wrongAxes(x.bytes.path, [x.count], 'One axis over the samples and one or more for each')
  if (t.shape.length !== 0) throw wrongAxes(t.bytes.path, [t.count, ...t.shape], 'One axis, a class for each sample,')
  if (!t.type.whole) throw wrongType(t.bytes.path, t.type.name, 'Class numbers, whole numbers,')
  return recordDataset(name, [
    { field: { name: 'x', role: 'input', shape: x.shape }, column: x },
    { field: { name: 't', role: 'target', shape: [], classes: await classesOf(t) }, column: t },
  ], precision)
}
