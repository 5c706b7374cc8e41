/** Index letters and what `...` stands for: their sizes come from the slots they are used in. */
import { ChainError } from '../errors.ts'
import { freshIndex, type Index } from '../expression/index.ts'
import type { BoundIndex, Expression, IndexArg, Statement } from '../language/ast.ts'
import { children, expressionsOf } from '../language/walk.ts'
import { printSize, type Size } from '../shape/index.ts'
import { labelOf, nameText } from './labels.ts'
import { letterTwice, letterWithoutSize, nothingElided } from './messages.ts'
import { readAxis } from './sizes.ts'
import { bare, type Env, findName, type Letter, placeIn, written } from './scope.ts'
import { sizesOf } from './value.ts'

/** What an entry is taken of: its sizes, undefined when they cannot be known yet. */
function baseSizes(base: Expression, env: Env, hidden: ReadonlySet<string>): readonly Size[] | undefined {
  if (base.kind === 'name') {
    const found = findName(env, nameText(base.name, env.labels))
    if (found) return found.kind === 'node' ? found.draft.axes : sizesOf(found.value)
    if (labelOf(base, env.labels) && !base.name.layer) return undefined
  }
  if (mentions(base, hidden) || mentions(base, env.letters)) return undefined
  try {
    return sizesOf(readEarly(base, env))
  } catch (e) {
    if (e instanceof ChainError) return undefined
    throw e
  }
}

/** The value of a part without letters, read once. */
export function readEarly(e: Expression, env: Env): ReturnType<Env['read']> {
  const known = env.early.get(e)
  if (known) return known
  const value = env.read(e, env)
  if (!mentions(e, env.letters)) env.early.set(e, value)
  return value
}

/** Whether one of the names occurs. */
export function mentions(e: Expression, names: { has: (name: string) => boolean; readonly size: number }): boolean {
  if (names.size === 0) return false
  return (e.kind === 'name' && names.has(e.name.text)) || children(e).some(c => mentions(c, names))
}

/** The slots of an entry by axis; undefined for those that `...` takes. */
export function slotsByAxis(indices: readonly IndexArg[], rank: number): readonly (Expression | undefined)[] | undefined {
  const dots = indices.findIndex(i => i.kind === 'ellipsis')
  const written = indices.length - (dots < 0 ? 0 : 1)
  if (dots < 0 ? written !== rank : written > rank) return undefined
  return indices.flatMap(i => (i.kind === 'index' ? [i.value] : Array.from({ length: rank - written }, () => undefined)))
}

interface Found { readonly size: Size; readonly origin: string }

/** The first slot that is the letter alone, in reading order. */
function search(letter: string, e: Expression, env: Env, hidden: ReadonlySet<string>): Found | undefined {
  if (e.kind === 'reduction') {
    if (e.over.some(b => b.name === letter)) return undefined
    const inside = new Set([...hidden, ...e.over.map(b => b.name)])
    return first(children(e), c => search(letter, c, env, inside))
  }
  if (e.kind === 'entry') {
    const sizes = baseSizes(e.base, env, hidden)
    // the number of a class, ids[n], has one index less than its one-hot rows
    const slots = sizes && (slotsByAxis(e.indices, sizes.length) ?? (isClass(e.base, env) ? slotsByAxis(e.indices, sizes.length - 1) : undefined))
    const axis = slots?.findIndex(s => s && isLetter(s, letter)) ?? -1
    if (sizes && axis >= 0) return { size: sizes[axis]!, origin: `the ${printSize(sizes[axis]!)} entries of ${ordinal(axis, sizes.length)}${written(env, e.base.span)}` }
  }
  return first(children(e), c => search(letter, c, env, hidden))
}

function isClass(base: Expression, env: Env): boolean {
  const found = base.kind === 'name' ? findName(env, nameText(base.name, env.labels)) : undefined
  return found?.kind === 'node' && found.draft.facts.includes('class')
}

/** A letter that is only compared with another, `[i = j]`, `[j <= i]`, has the size of that one. */
function byComparison(letter: string, e: Expression, letters: ReadonlyMap<string, Letter>): Found | undefined {
  if (e.kind === 'reduction' && e.over.some(b => b.name === letter)) return undefined
  if (e.kind === 'binary' && relations.has(e.operator)) {
    const other = isLetter(e.left, letter) ? bare(e.right) : isLetter(e.right, letter) ? bare(e.left) : undefined
    const known = other?.kind === 'name' ? letters.get(other.name.text) : undefined
    if (known) return { size: known.index.size, origin: known.origin }
  }
  return first(children(e), c => byComparison(letter, c, letters))
}

const relations: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>='])

function first<T, R>(items: readonly T[], f: (x: T) => R | undefined): R | undefined {
  for (const x of items) {
    const found = f(x)
    if (found !== undefined) return found
  }
  return undefined
}

const isLetter = (e: Expression, letter: string): boolean => { const b = bare(e); return b.kind === 'name' && b.name.text === letter }

/** `axis 2 of ` where there are several. */
export const ordinal = (axis: number, rank: number): string => (rank > 1 ? `axis ${axis + 1} of ` : '')

/** The letters with their sizes, added to those in reach. */
export function bindLetters(bounds: readonly BoundIndex[], bodies: readonly Expression[], env: Env): { env: Env; indices: Index[] } {
  const names = new Set(bounds.map(b => b.name))
  bounds.forEach((b, k) => { if (bounds.findIndex(c => c.name === b.name) < k) throw letterTwice(placeIn(env, b.span), b.name) })
  const bound = new Map(env.letters)
  for (const n of names) bound.delete(n)
  const outside: Env = { ...env, letters: new Map(bound) }
  const open: BoundIndex[] = []
  for (const b of bounds) {
    const letter = letterBySlot(b, bodies, outside, names)
    if (letter) bound.set(b.name, letter)
    else open.push(b)
  }
  for (const b of open) {
    const found = first(bodies, e => byComparison(b.name, e, bound))
    if (!found) throw letterWithoutSize(placeIn(env, b.span), b.name)
    bound.set(b.name, { index: freshIndex(b.name, found.size), origin: found.origin })
  }
  return { env: { ...env, letters: bound }, indices: bounds.map(b => bound.get(b.name)!.index) }
}

function letterBySlot(b: BoundIndex, bodies: readonly Expression[], env: Env, names: ReadonlySet<string>): Letter | undefined {
  const size = b.size && readAxis(b.size, env, false)
  if (size) return { index: freshIndex(b.name, size), origin: `${printSize(size)} values`, sized: true }
  const found = first(bodies, e => search(b.name, e, env, names))
  return found && { index: freshIndex(b.name, found.size), origin: found.origin }
}

/** The leading axes that `...` stands for: those of the first tensor that uses it. */
export function findEllipsis(e: Expression, env: Env): readonly Size[] | undefined {
  if (e.kind === 'entry' && e.indices.some(i => i.kind === 'ellipsis')) {
    const sizes = baseSizes(e.base, env, new Set())
    if (sizes && sizes.length >= e.indices.length - 1) return sizes.slice(0, sizes.length - (e.indices.length - 1))
  }
  return first(children(e), c => findEllipsis(c, env))
}

/** Indices for `...` in a definition. */
export function bindEllipsis(body: Expression, env: Env, span: { start: number; end: number } | undefined): { env: Env; indices: readonly Index[] } {
  const sizes = findEllipsis(body, env)
  if (!sizes) {
    if (span) throw nothingElided(placeIn(env, span))
    return { env, indices: [] }
  }
  const indices = sizes.map(s => freshIndex('', s))
  return { env: { ...env, ellipsis: indices }, indices }
}

/** The letters that the lines of a text give to the axes of each name, the first use counting. */
export function collectHints(statements: readonly Statement[]): ReadonlyMap<string, readonly string[]> {
  const hints = new Map<string, readonly string[]>()
  const note = (name: string, letters: readonly (string | undefined)[]) => {
    const plain = letters.filter(l => l !== undefined)
    if (plain.length === letters.length && new Set(plain).size === plain.length && plain.length > 0 && !hints.has(name)) hints.set(name, plain)
  }
  const walk = (e: Expression): void => {
    if (e.kind === 'entry' && e.base.kind === 'name') {
      note(e.base.name.text, e.indices.map(i => (i.kind === 'index' && i.value.kind === 'name' && !i.value.name.layer ? i.value.name.text : undefined)))
    }
    children(e).forEach(walk)
  }
  for (const s of statements) {
    if (s.kind !== 'define') continue
    for (const t of s.targets) if (t.indices) note(t.name.text, t.indices.map(i => ('ellipsis' in i ? undefined : i.name)))
    expressionsOf(s).forEach(walk)
  }
  return hints
}
