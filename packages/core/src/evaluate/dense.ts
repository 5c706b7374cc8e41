/** Tensors as numbers: dense row-major blocks, and strided views of them. */
import { ChainError } from '../errors.ts'
import type { Index } from '../expression/index.ts'
import type { Field, Store } from './field.ts'
import { spend } from './limit.ts'

/** A dense tensor, row-major. */
export interface Dense<T> { readonly shape: readonly number[]; readonly data: Store<T> }

/**
 * A tensor as it lies in a store: the entry at positions p is data[offset + sum p_k strides_k].
 * A view without an axis is the same along it.
 */
export interface View<T> {
  readonly axes: readonly Index[]
  readonly sizes: readonly number[]
  readonly strides: readonly number[]
  readonly offset: number
  readonly data: Store<T>
}

/** The size of an index at a point. */
export type SizeOf = (i: Index) => number

/** Entries that one tensor may have: 2^27, a gigabyte of doubles. */
export const maxEntries = 2 ** 27

/** The product of sizes: the number of entries. Throws ChainError when there are too many to hold. */
export function volume(sizes: readonly number[]): number {
  const total = sizes.reduce((p, n) => p * n, 1)
  if (total > maxEntries) throw new ChainError({ problem: `A tensor of ${sizes.join(' x ')} numbers is too large to evaluate.`, expected: `At most ${maxEntries} numbers are held at once.` })
  spend(total)
  return total
}

/** Row-major strides. */
export function rowMajor(sizes: readonly number[]): number[] {
  const strides = new Array<number>(sizes.length)
  let step = 1
  for (let k = sizes.length - 1; k >= 0; k--) { strides[k] = step; step *= sizes[k]! }
  return strides
}

/** The view of a row-major store over the given axes. */
export function viewOf<T>(axes: readonly Index[], sizes: readonly number[], data: Store<T>): View<T> {
  return { axes, sizes, strides: rowMajor(sizes), offset: 0, data }
}

/** start + sum p_k strides_k for every position, row-major: the addresses of a strided block. */
export function addresses(strides: readonly number[], sizes: readonly number[], start = 0): Int32Array {
  const total = volume(sizes)
  const table = new Int32Array(total)
  if (total === 0) return table
  table[0] = start
  let filled = 1
  for (let k = sizes.length - 1; k >= 0; k--) {
    const n = sizes[k]!
    const stride = strides[k]!
    for (let p = 1; p < n; p++) {
      const shift = p * stride
      const to = p * filled
      for (let j = 0; j < filled; j++) table[to + j] = table[j]! + shift
    }
    filled *= n
  }
  return table
}

/** The stride of a view along each index; 0 along an index it does not have. */
export const stridesAlong = (view: View<unknown>, order: readonly Index[]): number[] =>
  order.map(i => { const k = view.axes.indexOf(i); return k < 0 ? 0 : view.strides[k]! })

/** The entries of a view over the given indices, row-major. The store may be shared: do not write to it. */
export function spread<T>(view: View<T>, order: readonly Index[], sizes: readonly number[], field: Field<T>): Store<T> {
  const strides = stridesAlong(view, order)
  const total = volume(sizes)
  const dense = rowMajor(sizes)
  if (view.offset === 0 && view.data.length === total && strides.every((s, k) => s === dense[k] || sizes[k] === 1)) return view.data
  const out = field.alloc(total)
  const at = addresses(strides, sizes, view.offset)
  for (let k = 0; k < total; k++) out[k] = view.data[at[k]!]!
  return out
}
