/** Hash-consing: equal structure is the same object, and every node carries an order-independent content hash. */
import type { Index } from './indices.ts'
import type { Expr } from './node.ts'

const table = new Map<string, Expr>()
/** The keys in the order of their making, so that the last ones can be taken back. */
const keys: string[] = []
let counter = 0

/** Mixes integers into a 32-bit hash; the order of the parts matters. */
export function mix(...parts: readonly number[]): number {
  let h = 0x9e3779b9
  for (const p of parts) {
    h = Math.imul(h ^ (p | 0), 0x85ebca6b)
    h ^= h >>> 13
    h = Math.imul(h, 0xc2b2ae35)
    h ^= h >>> 16
  }
  return h | 0
}

const strings = new Map<string, number>()
/** A 32-bit hash of a text. */
export function hashText(text: string): number {
  const known = strings.get(text)
  if (known !== undefined) return known
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  strings.set(text, h | 0)
  return h | 0
}

/** Order-independent combination of hashes. */
export const hashBag = (hashes: readonly number[]): number => {
  let sum = 0
  let xor = 0
  for (const h of hashes) { const m = mix(h, 77); sum = (sum + m) | 0; xor ^= Math.imul(m, 0x27d4eb2f) }
  return mix(hashes.length, sum, xor)
}

/** The union of free indices, sorted by id, without literals and without the excluded ones. */
export function unionFree(lists: readonly (readonly Index[])[], without: readonly Index[] = []): readonly Index[] {
  const seen = new Set<Index>()
  for (const list of lists) for (const i of list) if (i.literal === undefined) seen.add(i)
  for (const i of without) seen.delete(i)
  return [...seen].sort((a, b) => a.id - b.id)
}

type Draft<T> = T extends Expr ? Omit<T, 'id' | 'hash' | 'free' | 'level'> : never

/** The one object with this structure. `key` must determine it; the rest is computed on first sight. */
export function intern(key: string, build: () => Draft<Expr> & { hash: number; free: readonly Index[]; level: number }): Expr {
  const known = table.get(key)
  if (known) return known
  const made = { id: ++counter, ...build() } as unknown as Expr
  table.set(key, made)
  keys.push(key)
  return made
}

/** A place in the life of the table, for `forgetSince`. */
export const internMark = (): number => counter

/**
 * Forgets the expressions made since a mark, so that long runs over many networks keep their memory.
 * What was made since may no longer be compared with what is made later: equal structure would be two objects.
 */
export function forgetSince(mark: number): void {
  while (keys.length > 0 && table.get(keys.at(-1)!)!.id > mark) table.delete(keys.pop()!)
}

/** A total order on expressions: by content hash, then by age. */
export const compareExpr = (a: Expr, b: Expr): number => a.hash - b.hash || a.id - b.id

/** How many distinct nodes are alive; for budgets and benchmarks. */
export const internedNodes = (): number => table.size
