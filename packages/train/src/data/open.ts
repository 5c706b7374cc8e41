/** Data by name: a generated set, a file or a folder; its format is recognised. */
import { baseName, bytesOf, type Bytes, type FileEntry, type Files, join } from '../files/index.ts'
import { cifar10, cifar100, cifar100coarse, cifarDataset, type CifarKind } from './cifar.ts'
import { csvDataset } from './csv.ts'
import type { CsvOptions } from './csv-layout.ts'
import type { Dataset, Precision } from './dataset.ts'
import { generatedSets } from './generated/index.ts'
import { idxDataset } from './idx.ts'
import { imageFolder, type ImageOptions } from './image-folder.ts'
import { imageName } from './decode-image.ts'
import { unknownFolder, unknownSource } from './messages.ts'
import { npyDataset } from './npy.ts'
import { npzArrays, npzParts } from './npz.ts'

export interface OpenOptions {
  /** Bytes that one file or array may take in memory; larger ones are read piece by piece. Default 1 GiB. */
  readonly memory?: number
  /** Of inputs. Default float32. */
  readonly precision?: Precision
  readonly csv?: CsvOptions
  readonly images?: ImageOptions
  /** Names of the arrays of inputs and targets in an NPZ archive. */
  readonly arrays?: readonly [string, string?]
  /** CIFAR-100: the 20 coarse classes instead of the 100 fine ones. */
  readonly coarse?: boolean
}

/** The parts that a source itself has. */
export interface Opened { readonly train: Dataset; readonly validation?: Dataset; readonly test?: Dataset }

interface Work { readonly files: Files; readonly memory: number; readonly precision: Precision; readonly options: OpenOptions }

/** How a format is told by the names in a folder, or by a file's name, and how it is opened. */
interface Format {
  readonly name: string
  readonly folder?: (list: readonly FileEntry[]) => boolean
  readonly openFolder?: (path: string, list: readonly FileEntry[], work: Work) => Promise<Opened>
  readonly file?: RegExp
  readonly openFiles?: (paths: readonly string[], work: Work) => Promise<Opened>
}

const bytes = async (path: string, { files, memory }: Work): Promise<Bytes> => bytesOf(await files.open(path), memory)
const gz = '(\\.gz)?$'
const named = (list: readonly FileEntry[], pattern: RegExp): string[] => list.filter(e => !e.folder && pattern.test(e.name)).map(e => e.name)

const images = new RegExp(`^(.*)images(.idx\\d|-idx\\d).*${gz}`)
const labels = new RegExp(`^(.*)labels(.idx\\d|-idx\\d).*${gz}`)

/** `train-images-idx3-ubyte` goes with `train-labels-idx1-ubyte`; t10k and test are the test part. */
const idx: Format = {
  name: 'IDX',
  folder: list => named(list, images).length > 0 && named(list, labels).length > 0,
  async openFolder(path, list, work) {
    const parts: Record<string, Dataset> = {}
    for (const image of named(list, images)) {
      const prefix = images.exec(image)![1]!
      const label = named(list, labels).find(l => labels.exec(l)![1] === prefix)
      if (!label) continue
      const part = /t10k|test/.test(prefix) ? 'test' : /val/.test(prefix) ? 'validation' : 'train'
      parts[part] ??= await idxDataset(`${baseName(path)} (${part})`, await bytes(join(path, image), work), await bytes(join(path, label), work), work.precision)
    }
    if (!parts.train) throw unknownFolder(path)
    return parts as unknown as Opened
  },
  file: new RegExp(`(-idx\\d-\\w+|\\.idx\\d?)${gz}`),
  openFiles: async ([x, t], work) => {
    if (!t) throw unknownSource(`${x} alone`, [])
    return { train: await idxDataset(baseName(x!), await bytes(x!, work), await bytes(t, work), work.precision) }
  },
}

const cifarBatch = new RegExp(`^data_batch_\\d+\\.bin${gz}`)

const cifar: Format = {
  name: 'CIFAR',
  folder: list => named(list, cifarBatch).length > 0 || named(list, new RegExp(`^train\\.bin${gz}`)).length > 0,
  async openFolder(path, list, work) {
    const ten = named(list, cifarBatch)
    const kind: CifarKind = ten.length > 0 ? cifar10 : work.options.coarse ? cifar100coarse : cifar100
    const names = await classNames(path, list, ten.length > 0 ? 'batches.meta.txt' : work.options.coarse ? 'coarse_label_names.txt' : 'fine_label_names.txt', work)
    const open = async (part: string, found: readonly string[]): Promise<Dataset> => {
      const all: Bytes[] = []
      for (const f of found) all.push(await bytes(join(path, f), work))
      return cifarDataset(`${baseName(path)} (${part})`, all, kind, names, work.precision)
    }
    const test = named(list, new RegExp(`^test(_batch)?\\.bin${gz}`))
    return {
      train: await open('train', ten.length > 0 ? ten : named(list, new RegExp(`^train\\.bin${gz}`))),
      ...(test.length > 0 ? { test: await open('test', test) } : {}),
    }
  },
}

/** The class names of a text file with one on each line. */
async function classNames(path: string, list: readonly FileEntry[], file: string, work: Work): Promise<string[] | undefined> {
  if (!list.some(e => e.name === file)) return undefined
  const text = new TextDecoder().decode(await (await bytes(join(path, file), work)).read(0, 1 << 16))
  return text.split(/\r?\n/).map(l => l.trim()).filter(l => l !== '')
}

const csv: Format = {
  name: 'CSV',
  file: new RegExp(`\\.(csv|tsv|data)${gz}`, 'i'),
  openFiles: async ([path], work) => ({ train: await csvDataset(baseName(path!), await bytes(path!, { ...work, memory: 0 }), work.options.csv ?? {}, work.precision, work.memory) }),
}

const npy: Format = {
  name: 'NPY',
  file: new RegExp(`\\.npy${gz}`),
  openFiles: async ([x, t], work) => ({ train: await npyDataset(baseName(x!), await bytes(x!, work), t === undefined ? undefined : await bytes(t, work), work.precision) }),
}

const npz: Format = {
  name: 'NPZ',
  file: /\.npz$/,
  async openFiles([path], { files, memory, precision, options }) {
    const arrays = await npzArrays(await files.open(path!), memory)
    const parts = Object.entries(npzParts(path!, arrays, options.arrays)).map(async ([part, [x, t]]) =>
      [part, await npyDataset(`${baseName(path!)} (${part})`, arrays.get(x)!, t === undefined ? undefined : arrays.get(t), precision)] as const)
    return Object.fromEntries(await Promise.all(parts)) as unknown as Opened
  },
}

/** Folders of classes, or folders `train`, `validation` (or `val`), `test` of such. */
const imagesInFolders: Format = {
  name: 'images',
  folder: list => list.some(e => e.folder),
  async openFolder(path, list, { files, memory, precision, options }) {
    const open = (folder: string, part: string): Promise<Dataset> => imageFolder(`${baseName(path)} (${part})`, files, folder, options.images ?? {}, precision, memory)
    const part = (...names: string[]): string | undefined => list.find(e => e.folder && names.includes(e.name.toLowerCase()))?.name
    const train = part('train', 'training')
    if (train === undefined) return { train: await open(path, 'train') }
    const [validation, test] = [part('validation', 'val', 'valid'), part('test', 'testing')]
    return {
      train: await open(join(path, train), 'train'),
      ...(validation === undefined ? {} : { validation: await open(join(path, validation), 'validation') }),
      ...(test === undefined ? {} : { test: await open(join(path, test), 'test') }),
    }
  },
}

/** Every format, in the order in which they are tried. */
export const formats: readonly Format[] = [idx, cifar, csv, npy, npz, imagesInFolders]

/**
 * The data of a source: `digits`, `moons?noise=0.2&count=500`, a folder, a file, or inputs and targets as `x.npy,t.npy`.
 * Throws a ChainError for what nothing recognises, and for files that are wrong.
 */
export async function openData(source: string, files: Files, options: OpenOptions = {}): Promise<Opened> {
  const work: Work = { files, memory: options.memory ?? 2 ** 30, precision: options.precision ?? 'float32', options }
  const [name, query] = splitAt(source, '?')
  const generated = generatedSets.find(g => g.name === name)
  if (generated) return { train: generated.make(Object.fromEntries(query.split('&').filter(Boolean).map(q => splitAt(q, '='))), work.precision) }
  const list = await files.list(source)
  if (list) {
    const format = formats.find(f => f.folder?.(list))
    if (!format || (format === imagesInFolders && named(list, imageName).length > 0)) throw unknownFolder(source)
    return format.openFolder!(source, list, work)
  }
  const paths = source.split(',')
  const format = formats.find(f => f.file?.test(paths[0]!))
  if (!format) throw unknownSource(source, generatedSets.map(g => g.name))
  return format.openFiles!(paths, work)
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
