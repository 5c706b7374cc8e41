/** Places while a program is built: affine forms of indices. */
import { type Affine, rangeOf } from '../evaluate/affine.ts'
import type { SizeOf } from '../evaluate/dense.ts'
import type { Index } from '../expression/index.ts'
import { type Builder, nodeOf } from './builder.ts'

/** sum of coefficient * index + constant. */
export type Form = Affine

/** A node read at forms, one for each axis. */
export interface Part { readonly node: number; readonly at: readonly Form[] }

/** Axis `index` of a result, at the form where its entries are written. */
export interface Written { readonly index: Index; readonly at: Form }

export const plain = (i: Index): Form => ({ terms: new Map([[i, 1]]), constant: 0 })
export const constantForm = (n: number): Form => ({ terms: new Map(), constant: n })

/** The index that a form is. */
export function plainIndex(f: Form): Index | undefined {
  if (f.constant !== 0 || f.terms.size !== 1) return undefined
  const [[i, c]] = [...f.terms] as [[Index, number]]
  return c === 1 ? i : undefined
}

/** All indices of some forms. */
export const indicesOf = (forms: readonly Form[]): Set<Index> => new Set(forms.flatMap(f => [...f.terms.keys()]))

export const sameForm = (a: Form, b: Form): boolean => a.constant === b.constant && a.terms.size === b.terms.size && [...a.terms].every(([i, c]) => b.terms.get(i) === c)

/** Does the form stay on an axis of n positions? */
export function staysInside(f: Form, n: number, sizeOf: SizeOf): boolean {
  const [low, high] = rangeOf(f, sizeOf)
  return low >= 0 && high < n
}

/** Different plain indices. */
export const allPlain = (forms: readonly Form[]): boolean => {
  const found = forms.map(plainIndex)
  return !found.includes(undefined) && new Set(found).size === found.length
}

/** A node of n ones: outside them it is 0. */
export const ones = (b: Builder, n: number): number => nodeOf(b, { kind: 'mask', relation: 'eq', coefficients: [0], constant: 0, shape: [n] })

/** [form = 0] or [form <= 0] over its indices, which stand in an order of their own, so that equal masks are one node. */
export function maskPart(b: Builder, relation: 'eq' | 'le', of: Form): Part {
  const terms = [...of.terms].sort(([i, c], [j, d]) => d - c || b.sizeOf(j) - b.sizeOf(i))
  const node = nodeOf(b, { kind: 'mask', relation, coefficients: terms.map(([, c]) => c), constant: of.constant, shape: terms.map(([i]) => b.sizeOf(i)) })
  return { node, at: terms.map(([i]) => plain(i)) }
}
