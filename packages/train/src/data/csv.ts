/**
 * CSV files. Opening reads the file once: rows are counted and checked, classes found, and the place of every thousandth row
 * noted, so that later reads need one block of rows at a time. What fits in memory is kept.
 */
import type { Bytes } from '../files/index.ts'
import { type Access, alloc, type Batch, checkPositions, type Dataset, gather, type Precision, range } from './dataset.ts'
import { gatherBatches } from './gather.ts'
import { block, type Keeper, newKeeper } from './csv-keeper.ts'
import { type CsvOptions, type Layout, layoutOf, type Part, settled } from './csv-layout.ts'
import { type Row, rows } from './csv-records.ts'
import { emptyTarget, noSamples, notANumber, raggedRow, unknownClass } from './messages.ts'

const bytesOf: Readonly<Record<Precision, number>> = { float32: 4, float64: 8 }

interface Place { readonly at: number; readonly line: number }

/** The data set of a CSV file. Throws a ChainError with row and column for ragged rows and for what is no finite number. */
export async function csvDataset(name: string, bytes: Bytes, options: CsvOptions, precision: Precision, memory: number): Promise<Dataset> {
  const { layout, places, count, kept } = await scan(bytes, options, precision, memory)
  const width = layout.parts.reduce((n, p) => n + p.columns.length, 0)
  const read = async (b: number): Promise<Batch> => parse(bytes, layout, places[b]!, Math.min(block, count - b * block), precision)
  // a column with numbers and words was taken for numbers: reading it finds the first word
  if (layout.parts.some(p => p.mixed)) for (const b of places.keys()) await read(b)
  const fields = layout.parts.map(p => p.field)
  const common = { name, fields, count, close: bytes.close }
  if (count * width * bytesOf[precision] <= memory) {
    const all = kept ?? await parse(bytes, layout, places[0]!, count, precision)
    return { ...common, access: { kind: 'random' }, read: async at => { checkPositions(name, count, at); return Promise.resolve(gather(all, at)) } }
  }
  const access: Access = { kind: bytes.random ? 'blocks' : 'forward', block }
  return { ...common, access, read: async at => { checkPositions(name, count, at); return byBlocks(at, read) } }
}

/** Positions gathered from the blocks that hold them, each block read once, in ascending order. */
async function byBlocks(positions: ArrayLike<number>, read: (block: number) => Promise<Batch>): Promise<Batch> {
  const wanted = new Map<number, number[]>()
  for (let k = 0; k < positions.length; k++) {
    const b = Math.floor(positions[k]! / block)
    const list = wanted.get(b)
    if (list) list.push(k)
    else wanted.set(b, [k])
  }
  const inOrder = [...wanted].sort(([a], [b]) => a - b)
  const parts: Batch[] = []
  for (const [b, places] of inOrder) parts.push(gather(await read(b), places.map(k => positions[k]! - b * block)))
  return parts.length === 0 ? gather(await read(0), range(0, 0)) : gatherBatches(parts, inOrder.map(([, places]) => places), positions.length)
}

/** The first reading: everything is checked, and kept while it fits in memory. */
async function scan(bytes: Bytes, options: CsvOptions, precision: Precision, memory: number): Promise<{ layout: Layout; places: Place[]; count: number; kept: Batch | undefined }> {
  const separator = options.separator ?? await guessSeparator(bytes)
  let layout: Layout | undefined
  let keeper: Keeper | undefined
  const places: Place[] = []
  let count = 0
  for await (const group of rows(bytes, separator)) {
    for (const row of group) {
      if (!layout) {
        layout = layoutOf(bytes.path, row.fields, separator, options)
        keeper = newKeeper(layout, precision, memory)
        if (layout.header) continue
      }
      if (count % block === 0) { places.push({ at: row.at, line: row.line }); keeper!.grow() }
      check(bytes.path, layout, row, keeper!, count % block)
      count++
    }
  }
  if (!layout || count === 0) throw noSamples(bytes.path)
  const final = settled(layout, count, options)
  return { layout: final, places, count, kept: keeper!.all(final, count) }
}

/** Every input is a finite number, the row has as many fields as the first, classes are collected. */
function check(path: string, layout: Layout, row: Row, keeper: Keeper, k: number): void {
  if (row.fields.length !== layout.names.length) throw raggedRow(path, row.line, row.fields.length, layout.names.length)
  layout.parts.forEach((p, j) => {
    if (p.seen) {
      const text = row.fields[p.columns[0]!]!.trim()
      if (text === '') throw emptyTarget(path, row.line, columnName(layout, p.columns[0]!))
      keeper.put(j, k, p.seen.numberOf(text))
    } else p.columns.forEach((c, e) => keeper.put(j, k * p.columns.length + e, numberIn(path, layout, row, c)))
  })
}

function numberIn(path: string, layout: Layout, row: Row, c: number): number {
  const text = row.fields[c]!
  const x = Number(text)
  if (!Number.isFinite(x) || text.trim() === '') throw notANumber(path, row.line, columnName(layout, c), text)
  return x
}

const columnName = (layout: Layout, c: number): string => (layout.header ? `${c + 1} (${layout.names[c]})` : String(c + 1))

/** `n` rows from a place on, as a batch. */
async function parse(bytes: Bytes, layout: Layout, from: Place, n: number, precision: Precision): Promise<Batch> {
  const stores = layout.parts.map(p => (p.field.classes ? new Int32Array(n) : alloc(precision, n * p.columns.length)))
  let k = 0
  reading: for await (const group of rows(bytes, layout.separator, from.at, from.line)) {
    for (const row of group) {
      if (row.fields.length !== layout.names.length) throw raggedRow(bytes.path, row.line, row.fields.length, layout.names.length)
      layout.parts.forEach((p, j) => fill(stores[j]!, k, p, bytes.path, layout, row))
      if (++k === n) break reading
    }
  }
  return { count: n, values: Object.fromEntries(layout.parts.map((p, j) => [p.field.name, { shape: [n, ...p.field.shape], data: stores[j]! }])) }
}

function fill(store: Float32Array | Float64Array | Int32Array, k: number, p: Part, path: string, layout: Layout, row: Row): void {
  if (p.numbers) {
    const text = row.fields[p.columns[0]!]!.trim()
    const found = p.numbers.get(text)
    if (found === undefined) throw unknownClass(path, row.line, columnName(layout, p.columns[0]!), text, p.field.classes!)
    store[k] = found
    return
  }
  p.columns.forEach((c, e) => { store[k * p.columns.length + e] = numberIn(path, layout, row, c) })
}

async function guessSeparator(bytes: Bytes): Promise<string> {
  const head = new TextDecoder().decode(await bytes.read(0, 1 << 16)).split('\n', 1)[0]!
  return [',', ';', '\t'].find(s => head.includes(s)) ?? ','
}
