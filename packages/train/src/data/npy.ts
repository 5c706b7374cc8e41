/** NPY: \x93NUMPY, a version, the length of a header, the header as a Python dict, then the elements. */
import { volume } from '../dense.ts'
import { type Bytes, exactly } from '../files/index.ts'
import type { Dataset, Field, Precision } from './dataset.ts'
import { npyTypes } from './dtypes.ts'
import { badNpyHeader, fortranOrder, wrongAxes, wrongLength, wrongMagic, wrongType } from './messages.ts'
import { classesOf, type Column, column, recordDataset } from './records.ts'

const magic = '\x93NUMPY'
const latin = (b: Uint8Array): string => String.fromCharCode(...b)

/** The elements of an NPY file, the first axis over the samples. Throws a ChainError for what is no whole NPY file of numbers. */
export async function npyColumn(bytes: Bytes): Promise<Column> {
  const start = await exactly(bytes, 0, 12, 'The header')
  if (latin(start.subarray(0, 6)) !== magic) throw wrongMagic(bytes.path, 'NPY', '93 4e 55 4d 50 59', [...start.subarray(0, 6)].map(x => x.toString(16).padStart(2, '0')).join(' '))
  const view = new DataView(start.slice().buffer)
  const [at, length] = start[6]! >= 2 ? [12, view.getUint32(8, true)] : [10, view.getUint16(8, true)]
  const header = new TextDecoder().decode(await exactly(bytes, at, Math.min(length, 1 << 20), 'The header'))
  const descr = /'descr'\s*:\s*'([<>|=]?)([a-zA-Z])(\d*)'/.exec(header)
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)
  const sizes = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(header)
  if (!order || !sizes || !/'descr'/.test(header)) throw badNpyHeader(bytes.path, header)
  const type = descr && npyTypes[`${descr[2]}${descr[3]}`]
  if (!type) throw wrongType(bytes.path, `elements of the type ${/'descr'\s*:\s*([^,]+(?:\([^)]*\))?)/.exec(header)?.[1] ?? '?'}`, 'Real or whole numbers, or truth values,')
  const shape = sizes[1]!.split(',').map(s => s.trim()).filter(s => s !== '').map(s => parseInt(s, 10))
  if (shape.length === 0) throw wrongAxes(bytes.path, shape, 'A first axis over the samples')
  if (order[1] === 'True' && shape.filter(n => n > 1).length > 1) throw fortranOrder(bytes.path)
  const offset = at + length
  const wanted = offset + volume(shape) * type.bytes
  if (bytes.size !== undefined && bytes.size !== wanted) throw wrongLength(bytes.path, bytes.size, wanted, `${offset} of header and ${shape.join(' x ')} ${type.name}`)
  return column(bytes, offset, shape[0]!, shape.slice(1), type, descr[1] !== '>')
}

/** Inputs and targets; a target of one axis of whole numbers is a class. */
export async function npyDataset(name: string, x: Bytes, t: Bytes | undefined, precision: Precision): Promise<Dataset> {
  const inputs = await npyColumn(x)
  const targets = t && await npyColumn(t)
  const field = async (c: Column): Promise<Field> => {
    const isClass = c.type.whole && c.shape.length === 0
    return { name: 't', role: 'target', shape: c.shape, ...(isClass ? { classes: await classesOf(c) } : {}) }
  }
  return recordDataset(name, [
    { field: { name: 'x', role: 'input', shape: inputs.shape }, column: inputs },
    ...(targets ? [{ field: await field(targets), column: targets }] : []),
  ], precision)
}
