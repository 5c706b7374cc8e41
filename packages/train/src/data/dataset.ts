/** A data set: samples with inputs and targets, read by number, in batches of any choice. */
import { type Dense, type Numbers, volume } from '../dense.ts'
import { noSuchField, noSuchSample } from './messages.ts'

/** One quantity that every sample has. */
export interface Field {
  readonly name: string
  readonly role: 'input' | 'target'
  /** Of one sample: [28, 28], or [] for a number. */
  readonly shape: readonly number[]
  /** The names of the classes when the quantity is a class number, counted from 0. */
  readonly classes?: readonly string[]
}

/** Samples side by side: each value has the shape [count, ...shape of its field]; class numbers are whole numbers. */
export interface Batch {
  readonly count: number
  readonly values: Readonly<Record<string, Dense>>
}

/**
 * How samples can be got at. `random`: any at the same cost. `blocks`: cheap block by block, blocks in any order.
 * `forward`: cheap in ascending order, going back starts over.
 */
export type Access = { readonly kind: 'random' } | { readonly kind: 'blocks' | 'forward'; readonly block: number }

export interface Dataset {
  readonly name: string
  readonly fields: readonly Field[]
  readonly count: number
  readonly access: Access
  /** The samples at these positions, in this order. Throws a ChainError that names the file where it is wrong. */
  readonly read: (positions: ArrayLike<number>) => Promise<Batch>
  readonly close: () => Promise<void>
}

/** Numbers of inputs: single precision, or double for comparisons with the reference. */
export type Precision = 'float32' | 'float64'

export const randomAccess: Access = Object.freeze({ kind: 'random' })

/** An empty block of n numbers. */
export const alloc = (precision: Precision, n: number): Float32Array | Float64Array => (precision === 'float64' ? new Float64Array(n) : new Float32Array(n))

/** The field of this name. Throws a ChainError with the nearest name. */
export function fieldOf(d: Dataset, name: string): Field {
  const found = d.fields.find(f => f.name === name)
  if (!found) throw noSuchField(d.name, name, d.fields.map(f => f.name))
  return found
}

/** Throws a ChainError when a position is not one of the data set. */
export function checkPositions(name: string, count: number, positions: ArrayLike<number>): void {
  for (let k = 0; k < positions.length; k++) if (!(positions[k]! >= 0 && positions[k]! < count)) throw noSuchSample(name, positions[k]!, count)
}

/** The positions from, from + 1, ... of n samples. */
export const range = (from: number, n: number): Uint32Array => Uint32Array.from({ length: n }, (_, k) => from + k)

/** An empty block like another, of n numbers. */
export const allocLike = <N extends Numbers>(like: N, n: number): N => new (like.constructor as new (n: number) => N)(n)

/** The samples of a batch at these rows. */
export function gather(batch: Batch, rows: ArrayLike<number>): Batch {
  return { count: rows.length, values: mapValues(batch.values, v => gatherRows(v, rows)) }
}

function gatherRows({ shape, data }: Dense, rows: ArrayLike<number>): Dense {
  const width = volume(shape.slice(1))
  const out = allocLike(data, rows.length * width)
  for (let k = 0; k < rows.length; k++) out.set(data.subarray(rows[k]! * width, (rows[k]! + 1) * width), k * width)
  return { shape: [rows.length, ...shape.slice(1)], data: out }
}

export const mapValues = <A, B>(of: Readonly<Record<string, A>>, f: (a: A, name: string) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(of).map(([name, a]) => [name, f(a, name)]))

/** A batch with class numbers as one-hot rows: [count, classes]. */
export function oneHot(d: Pick<Dataset, 'fields'>, batch: Batch, precision: Precision = 'float32'): Batch {
  return {
    count: batch.count, values: mapValues(batch.values, (v, name) => {
      const classes = d.fields.find(f => f.name === name)?.classes
      if (!classes) return v
      const data = alloc(precision, batch.count * classes.length)
      for (let k = 0; k < batch.count; k++) data[k * classes.length + v.data[k]!] = 1
      return { shape: [batch.count, classes.length], data }
    }),
  }
}

/** The last place in an ascending list that holds at most x. */
export function lastAtMost(list: readonly number[], x: number): number {
  let [low, high] = [0, list.length - 1]
  while (low < high) { const middle = (low + high + 1) >> 1; if (list[middle]! <= x) low = middle; else high = middle - 1 }
  return low
}
