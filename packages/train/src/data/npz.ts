/** NPZ: a zip archive of NPY files. It is held in memory. */
import { unzip } from 'fflate'
import type { Bytes, OpenFile } from '../files/index.ts'
import { badZip, noSuchArray, tooLarge } from './messages.ts'

/** The arrays of an archive by name, each as the bytes of an NPY file. Throws a ChainError for what is no zip archive. */
export async function npzArrays(file: OpenFile, memory: number): Promise<ReadonlyMap<string, Bytes>> {
  const instead = 'Unpack the archive and give the NPY files, or allow more memory.'
  if (file.size > memory) throw tooLarge(file.path, file.size, memory, instead)
  const packed = new Uint8Array(file.size)
  await file.read(0, packed)
  let needed = 0
  const entries = await new Promise<Record<string, Uint8Array>>((resolve, reject) => {
    const fail = (error: unknown): void => reject(badZip(file.path, (error as Error).message))
    try {
      unzip(packed, { filter: e => { needed += e.originalSize; return e.name.endsWith('.npy') && needed <= memory } }, (error, found) => (error ? fail(error) : resolve(found)))
    } catch (error) { fail(error) }
  })
  if (needed > memory) throw tooLarge(file.path, needed, memory, instead)
  await file.close()
  return new Map(Object.entries(entries).map(([name, held]) => [name.replace(/\.npy$/, ''), heldBytes(`${file.path}#${name}`, held)]))
}

const heldBytes = (path: string, held: Uint8Array): Bytes =>
  ({ path, size: held.length, random: true, held, read: (at, length) => Promise.resolve(held.subarray(at, at + length)), close: () => Promise.resolve() })

/** Names that people give inputs and targets, in the order of trial, for each part. */
const usual = {
  train: [['x_train', 'y_train'], ['X_train', 'y_train'], ['train_images', 'train_labels'], ['x', 'y'], ['X', 'y'], ['x', 't'], ['images', 'labels'], ['data', 'labels'], ['arr_0', 'arr_1']],
  validation: [['x_val', 'y_val'], ['X_val', 'y_val'], ['val_images', 'val_labels'], ['x_valid', 'y_valid']],
  test: [['x_test', 'y_test'], ['X_test', 'y_test'], ['test_images', 'test_labels']],
} as const

/** The names of inputs and targets of each part of an archive; `names` chooses those of the training part. */
export function npzParts(path: string, arrays: ReadonlyMap<string, Bytes>, names?: readonly [string, string?]): Partial<Record<keyof typeof usual, readonly [string, string?]>> {
  const known = [...arrays.keys()]
  if (names) {
    for (const n of names) if (n !== undefined && !arrays.has(n)) throw noSuchArray(path, n, known)
    return { train: names }
  }
  const find = (part: keyof typeof usual) => usual[part].find(pair => pair.every(n => arrays.has(n)))
  const train = find('train')
  if (!train) throw noSuchArray(path, 'x_train', known)
  const [validation, test] = [find('validation'), find('test')]
  return { train, ...(validation ? { validation } : {}), ...(test ? { test } : {}) }
}
