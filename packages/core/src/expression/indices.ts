/**
 * Indices have identity and a size. Their printed names are allotted by the printer at the end,
 * so a bound index can never collide with a free one.
 */
import { size, type Size } from '../shape/size.ts'

export interface Index {
  readonly id: number
  /** A wish for the printed name. */
  readonly name: string
  readonly size: Size
  /** True for the axis that runs over the data. */
  readonly sample: boolean
  /** 0: free. k > 0: bound, canonical at nesting height k; equal (level, size) is the same object. */
  readonly level: number
  /** A fixed position, counted from 0; such an index never varies. */
  readonly literal: number | undefined
}

let counter = 0
/** The number of the last index of a piece of work with numbers of its own. */
let own: number | undefined
/** Where such numbers begin: no process counts that far. */
const OWN = 1_500_000_000
const bound = new Map<string, Index>()
const literals = new Map<number, Index>()

/** A new free index. */
export const freshIndex = (name: string, of: Size, sample = false): Index =>
  Object.freeze({ id: own === undefined ? ++counter : ++own, name, size: of, sample, level: 0, literal: undefined })

/** A new free index like another. */
export const freshLike = (i: Index): Index => freshIndex(i.name, i.size, i.sample)

/**
 * Runs `make` with free indices that are numbered from the same start every time; inside of such work it goes on counting. The indices, and
 * expressions with them, end with the work: the next one uses their numbers again.
 */
export function ownNumbers<T>(make: (fresh: typeof freshLike) => T): { readonly value: T; readonly outermost: boolean } {
  if (own !== undefined) return { value: make(freshLike), outermost: false }
  own = OWN
  try { return { value: make(freshLike), outermost: true } } finally { own = undefined }
}

/** The fixed position k, counted from 0. */
export function literalIndex(k: number): Index {
  let made = literals.get(k)
  if (!made) literals.set(k, made = Object.freeze({ id: ++counter, name: String(k + 1), size: size(1), sample: false, level: 0, literal: k }))
  return made
}

/** The canonical bound index of a nesting height. */
export function boundIndex(level: number, like: Index): Index {
  const key = `${level}|${like.sample ? 's' : ''}|${like.size.key}`
  let made = bound.get(key)
  if (!made) bound.set(key, made = Object.freeze({ id: ++counter, name: '', size: like.size, sample: like.sample, level, literal: undefined }))
  return made
}
