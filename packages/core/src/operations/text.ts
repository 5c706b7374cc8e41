/** Pieces of `.chain` text that definitions are put together from. */
import { badAttribute, noSuchAxis } from './messages.ts'
import type { Attribute } from './record.ts'

const letters = ['i', 'j', 'k', 'l', 'p', 'q', 'r', 's']

/** Index names for a tensor of this rank: i, j, k, ... */
export const indexNames = (rank: number): string[] => Array.from({ length: rank }, (_, n) => letters[n] ?? `i_${n + 1}`)

/** `x[i,j]`; the bare name for no indices. */
export const entryText = (name: string, indices: readonly string[]): string => (indices.length === 0 ? name : `${name}[${indices.join(',')}]`)

/** `sum_{i,j} body`; the body alone for no indices. */
export const over = (word: 'sum' | 'mean' | 'max', indices: readonly string[], body: string): string =>
  (indices.length === 0 ? body : `${word}_{${indices.join(',')}} ${body}`)

/** A body that is one equation: `y[i] = value` and its return, or a return alone for a scalar. */
export const equation = (name: string, indices: readonly string[], value: string): string =>
  (indices.length === 0 ? `return ${value}` : `${name}[${indices.join(', ')}] = ${value}\nreturn ${name}`)

/** Positions from 0 of the axes that an attribute names: a number or a list from 1, negative from the end, or a word. */
export function axesOf(operation: string, axis: Attribute, rank: number, words: Readonly<Record<string, readonly number[]>> = {}): readonly number[] {
  if (typeof axis === 'string' && Object.hasOwn(words, axis)) return words[axis]!
  const list = Array.isArray(axis) ? (axis as readonly Attribute[]) : [axis]
  const found = list.map(a => {
    const at = typeof a === 'number' ? (a < 0 ? rank + a : a - 1) : NaN
    if (!Number.isInteger(at) || at < 0 || at >= rank) throw noSuchAxis(operation, attributeText(a), rank)
    return at
  })
  if (new Set(found).size !== found.length) throw badAttribute(operation, 'axis', attributeText(axis), 'Each axis stands once.')
  return found
}

export const allAxes = (rank: number): number[] => Array.from({ length: rank }, (_, k) => k)

/** A factor as text: brackets around anything but a plain name or number. */
export const factorText = (size: string): string => (/^\w+$/.test(size) ? size : `(${size})`)

/** The place of an entry when rows follow one another: (i - 1) * B + j; brackets where it is a sum. */
export function rowMajor(indices: readonly string[], sizes: readonly string[]): string {
  return indices.slice(1).reduce((place, index, k) => `(${place} - 1)*${factorText(sizes[k + 1]!)} + ${index}`, indices[0]!)
}

/** The product of sizes; 1 for none. */
export const productText = (sizes: readonly string[]): string => (sizes.length === 0 ? '1' : sizes.map(factorText).join('*'))

/** An attribute as it would be written. */
export const attributeText = (value: Attribute): string => (typeof value === 'object' ? `[${value.map(attributeText).join(', ')}]` : String(value))

/** A whole number, or undefined for a symbol and for any other number. */
export const wholeNumber = (value: Attribute | undefined): number | undefined =>
  (typeof value === 'number' && Number.isInteger(value) ? value : typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined)

/** A whole number from `least` on, or the text of a size. */
export const isCount = (value: Attribute | undefined, least: number): boolean =>
  (typeof value === 'number' || typeof value === 'string') && (wholeNumber(value) ?? (typeof value === 'number' ? -1 : least)) >= least
