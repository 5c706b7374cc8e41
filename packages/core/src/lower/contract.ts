/**
 * Products of parts, summed over the indices that are not written: simplified, split into pairs in the order of least work,
 * and put into one form, so that equal products are one node.
 */
import { freshIndex, type Index } from '../expression/index.ts'
import { size } from '../shape/index.ts'
import { asKind, type Builder, type Labelled, nodeOf, numberIn, numberNode } from './builder.ts'
import { allPlain, type Form, indicesOf, type Part, plain, plainIndex, sameForm, staysInside, type Written } from './forms.ts'
import { logisticAmong } from './logistic.ts'
import { map } from './map.ts'
import { pairing, type Tree } from './pairing.ts'
import type { Place } from './program.ts'
import { softmaxAmong } from './stable.ts'

/** coefficient * product of the parts, summed over all indices that `out` does not write. */
export interface Product { readonly parts: readonly Part[]; readonly out: readonly Written[]; readonly coefficient: number }

export function contract(b: Builder, given: Product): Labelled {
  let { coefficient } = given
  let parts: readonly Part[] = given.parts.flatMap(p => opened(b, p))
  const numbers = parts.map(p => (p.at.length === 0 ? numberIn(b, { node: p.node, axes: [] }) : undefined))
  numbers.forEach(n => { if (n !== undefined) coefficient *= n })
  parts = parts.filter((_, k) => numbers[k] === undefined)
  if (coefficient === 0) return numberNode(b, 0)
  for (let found = softmaxAmong(b, parts); found; found = softmaxAmong(b, parts)) {
    parts = found.parts
    coefficient *= found.coefficient
  }
  for (let found = logisticAmong(b, parts, map); found; found = logisticAmong(b, parts, map)) parts = found
  const seen = parts.map(p => seenThrough(b, p))
  seen.forEach(s => { coefficient *= s.coefficient })
  parts = seen.map(s => s.part)
  const inner = parts.length === 1 ? merged(b, parts[0]!, given.out) : undefined
  if (inner) return contract(b, { ...inner, coefficient: coefficient * inner.coefficient })
  const apart = parts.length === 1 ? termwise(b, parts[0]!, given.out) : undefined
  if (apart) return map(b, apart.fn, ...apart.terms.map(t => contract(b, { parts: [t], out: given.out, coefficient: coefficient * apart.idle(t) })))
  // a factor that reads where the result is written is multiplied in afterwards
  const later = parts.filter(p => p.at.some(f => !plainIndex(f)) && p.at.every(f => given.out.some(w => sameForm(w.at, f))))
  if (later.length > 0) {
    const rest = contract(b, { ...given, parts: parts.filter(p => !later.includes(p)), coefficient })
    return later.reduce((made, p) => map(b, 'mul', made, { node: p.node, axes: p.at.map(f => given.out.find(w => sameForm(w.at, f))!.index) }), rest)
  }
  const written = indicesOf(given.out.map(w => w.at))
  if (parts.length > 1) parts = parts.map((p, k) => alone(b, p, new Set([...written, ...indicesOf(parts.flatMap((q, j) => (j === k ? [] : q.at)))])))
  if (parts.length <= 2) return make(b, { ...given, parts, coefficient })
  return combine(b, { ...given, coefficient }, parts, pairing(parts.map(p => indicesOf(p.at)), written, b.sizeOf))
}

/** An outer product is taken as its factors: as a whole it would be larger than they are. */
function opened(b: Builder, part: Part): readonly Part[] {
  const node = asKind(b, part, 'map')
  if (node?.fn !== 'mul' && node?.fn !== 'neg') return [part]
  const volume = (n: number): number => b.nodes[n]!.shape.reduce((v, k) => v * k, 1)
  const whole = volume(part.node)
  if (node.fn === 'mul' && node.args.some(a => volume(a.node) === whole) && !node.args.some(a => b.nodes[a.node]!.shape.length === 0)) return [part]
  // read outside it is 0, its factors need not be
  if (!part.at.every((f, k) => staysInside(f, node.shape[k]!, b.sizeOf))) return [part]
  const factors = node.args.flatMap(a => opened(b, { node: a.node, at: a.along.map(k => part.at[k]!) }))
  return node.fn === 'neg' ? [{ node: numberNode(b, -1).node, at: [] }, ...factors] : factors
}

/** The sum of x - y where y does not vary with all that is summed over: the sum of x less a multiple of y. */
function termwise(b: Builder, part: Part, out: readonly Written[]): { readonly fn: 'add' | 'sub'; readonly terms: readonly Part[]; readonly idle: (t: Part) => number } | undefined {
  const node = asKind(b, part, 'map')
  if ((node?.fn !== 'add' && node?.fn !== 'sub') || !allPlain(part.at) || part.at.some((f, k) => b.sizeOf(plainIndex(f)!) !== node.shape[k])) return undefined
  const summed = part.at.map(f => plainIndex(f)!).filter(i => !out.some(w => w.at.terms.has(i)))
  const terms = node.args.map((a): Part => ({ node: a.node, at: a.along.map(k => part.at[k]!) }))
  const lacks = (t: Part): Index[] => summed.filter(i => !t.at.some(f => f.terms.has(i)))
  if (!terms.some(t => lacks(t).length > 0)) return undefined
  return { fn: node.fn, terms, idle: t => lacks(t).reduce((n, i) => n * b.sizeOf(i), 1) }
}

/** A sum of a sum is one sum: the factors of the inner one, over all loops together. Not where the inner one is computed in any case. */
function merged(b: Builder, part: Part, out: readonly Written[]): Product | undefined {
  const node = asKind(b, part, 'contract')
  const read = part.at.map(plainIndex)
  if (!node || b.kept.has(part.node) || read.some((i, k) => i === undefined || b.sizeOf(i) !== node.shape[k]) || new Set(read).size !== read.length) return undefined
  if (read.every(i => out.some(w => w.at.terms.has(i!)))) return undefined
  const index = new Map<number, Index>()
  node.out.forEach((q, k) => { if (q.constant === 0 && q.terms.length === 1 && q.terms[0]![1] === 1 && node.loops[q.terms[0]![0]] === node.shape[k]) index.set(q.terms[0]![0], read[k]!) })
  if (index.size !== new Set(index.values()).size) return undefined
  const labelOf = (loop: number): Index => { let i = index.get(loop); if (!i) index.set(loop, i = freshIndex('', size(node.loops[loop]!))); return i }
  const form = (q: Place): Form => ({ terms: new Map(q.terms.map(([l, c]) => [labelOf(l), c])), constant: q.constant })
  const placed = new Map<Index, Form>()
  for (const [k, q] of node.out.entries()) {
    const plainly = q.constant === 0 && q.terms.length === 1 && index.get(q.terms[0]![0]) === read[k]
    if (plainly) continue
    // an axis that the inner sum writes in another way has to be an axis of the result as it is
    if (out.filter(w => w.at.terms.has(read[k]!)).length !== 1 || !out.some(w => plainIndex(w.at) === read[k] && b.sizeOf(w.index) === node.shape[k])) return undefined
    placed.set(read[k]!, form(q))
  }
  const parts = node.operands.map(o => ({ node: o.node, at: o.at.map(form) }))
  return { parts, coefficient: node.coefficient, out: out.map(w => ({ index: w.index, at: placed.get(plainIndex(w.at)!) ?? w.at })) }
}

/** A part that is only a view of another node is that node, read elsewhere. */
function seenThrough(b: Builder, part: Part): { readonly part: Part; readonly coefficient: number } {
  const view = asKind(b, part, 'contract')
  const only = view?.operands.length === 1 ? view.operands[0]! : undefined
  if (!view || !only || view.out.length !== view.loops.length) return { part, coefficient: 1 }
  const axisOf = view.out.map(p => (p.constant === 0 && p.terms.length === 1 && p.terms[0]![1] === 1 ? p.terms[0]![0] : -1))
  if (axisOf.includes(-1) || new Set(axisOf).size < axisOf.length || !part.at.every((f, k) => staysInside(f, view.shape[k]!, b.sizeOf))) return { part, coefficient: 1 }
  const at = only.at.map((p): Form => {
    const terms = new Map<Index, number>()
    let { constant } = p
    for (const [loop, c] of p.terms) {
      const f = part.at[axisOf.indexOf(loop)]!
      constant += c * f.constant
      for (const [i, d] of f.terms) terms.set(i, (terms.get(i) ?? 0) + c * d)
    }
    return { terms: new Map([...terms].filter(([, c]) => c !== 0)), constant }
  })
  const inner = seenThrough(b, { node: only.node, at })
  return { part: inner.part, coefficient: inner.coefficient * view.coefficient }
}

/** The part summed over the indices that nothing else has. */
function alone(b: Builder, p: Part, needed: ReadonlySet<Index>): Part {
  const own = [...indicesOf(p.at)]
  if (own.every(i => needed.has(i))) return p
  const made = make(b, { parts: [p], out: own.filter(i => needed.has(i)).map(i => ({ index: i, at: plain(i) })), coefficient: 1 })
  return { node: made.node, at: made.axes.map(plain) }
}

/** The pairs of a tree, innermost first; the last one is written as asked for. */
function combine(b: Builder, whole: Product, parts: readonly Part[], tree: Tree): Labelled {
  const part = (t: Tree): Part => {
    if (t.kind === 'leaf') return parts[t.part]!
    const made = make(b, { parts: [part(t.left), part(t.right)], out: t.keeps.map(i => ({ index: i, at: plain(i) })), coefficient: 1 })
    return { node: made.node, at: made.axes.map(plain) }
  }
  if (tree.kind === 'leaf') return make(b, { ...whole, parts })
  return make(b, { ...whole, parts: [part(tree.left), part(tree.right)] })
}

/** One or two parts. */
function make(b: Builder, { parts, out, coefficient }: Product): Labelled {
  const read = indicesOf(parts.flatMap(p => p.at))
  // where nothing varies along an index of the result, the result has no such axis
  const whole = (f: Form, n: number): boolean => { const i = plainIndex(f); return i !== undefined && b.sizeOf(i) === n }
  const used = (i: Index, beside: Form): boolean => read.has(i) || out.some(w => w.at !== beside && w.at.terms.has(i))
  const kept = out.filter(w => !(whole(w.at, b.sizeOf(w.index)) && !used(plainIndex(w.at)!, w.at)))
  const written = indicesOf(kept.map(w => w.at))
  const entrywise = allPlain(kept.map(w => w.at)) && kept.every(w => whole(w.at, b.sizeOf(w.index))) && [...read].every(i => written.has(i))
    && parts.every(p => allPlain(p.at) && p.at.every((f, k) => whole(f, b.nodes[p.node]!.shape[k]!)))
  if (!entrywise) return contractNode(b, { parts, out: kept, coefficient })
  const name = new Map(kept.map(w => [plainIndex(w.at)!, w.index]))
  const values = parts.map((p): Labelled => ({ node: p.node, axes: p.at.map(f => name.get(plainIndex(f)!)!) }))
  const [x, y] = values
  if (!x) return numberNode(b, coefficient)
  if (!y) return map(b, 'mul', numberNode(b, coefficient), x)
  return map(b, 'mul', numberNode(b, coefficient), map(b, 'mul', x, y))
}

const pattern = (p: Part): string => p.at.map(f => [...f.terms].map(([i, c]) => `${c}*${i.size.key}`).sort().join('+') + f.constant).join(',')

function contractNode(b: Builder, { parts, out, coefficient }: Product): Labelled {
  const operands = [...parts].sort((x, y) => x.node - y.node || (pattern(x) < pattern(y) ? -1 : 1))
  const number = new Map<Index, number>()
  const loops: number[] = []
  const place = (f: Form): Place => {
    const terms = [...f.terms].sort(([i, c], [j, d]) => d - c || b.sizeOf(j) - b.sizeOf(i))
    for (const [i] of terms) if (!number.has(i)) { number.set(i, loops.length); loops.push(b.sizeOf(i)) }
    return { terms: terms.map(([i, c]): [number, number] => [number.get(i)!, c]).sort((s, t) => s[0] - t[0]), constant: f.constant }
  }
  const read = operands.map(p => ({ node: p.node, at: p.at.map(place) }))
  const placed = out.map(w => ({ index: w.index, place: place(w.at) }))
  const key = (p: Place): number[] => [...p.terms.flat(), p.constant]
  placed.sort((x, y) => compare(key(x.place), key(y.place)))
  const node = nodeOf(b, { kind: 'contract', loops, operands: read, out: placed.map(w => w.place), coefficient, shape: placed.map(w => b.sizeOf(w.index)) })
  return { node, axes: placed.map(w => w.index) }
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let k = 0; k < Math.min(a.length, b.length); k++) if (a[k] !== b[k]) return a[k]! - b[k]!
  return a.length - b.length
}
