/**
 * The order in which a reader expects factors, terms and bound indices. It depends on the structure and on printed
 * letters only, never on the age or the hash of a node, so the same expression always reads the same.
 */
import { children, type Expr, type Index, type Selector, type Sum, type Tensor } from '../expression/index.ts'
import { asDelta, splitCoefficient } from '../expression/index.ts'
import { MINUS_ONE, mulR, negR, ONE, type Rational, scaleS, signR, textR } from '../shape/index.ts'
import { isGreek, nameParts } from './names.ts'
import type { PrintContext } from './context.ts'

const rankMemo = new WeakMap<Expr, readonly number[]>()

/** The ranks of the tensors in an expression, greatest first. */
export function ranks(e: Expr): readonly number[] {
  const known = rankMemo.get(e)
  if (known) return known
  const found = new Set<number>()
  if (e.kind === 'symbol' && e.tensor.size === undefined) found.add(e.tensor.rank)
  for (const child of children(e)) for (const r of ranks(child)) found.add(r)
  const sorted = [...found].sort((a, b) => b - a)
  rankMemo.set(e, sorted)
  return sorted
}

/** Lexicographic, greatest ranks first; -1 when a has the greater ranks. */
export function compareRanks(a: Expr, b: Expr): number {
  const [x, y] = [ranks(a), ranks(b)]
  for (let k = 0; k < Math.max(x.length, y.length); k++) {
    const d = (y[k] ?? -Infinity) - (x[k] ?? -Infinity)
    if (d !== 0 && !Number.isNaN(d)) return d
  }
  return 0
}

export type Label = (i: Index) => string

/** A text that is the same for the same structure under the same labels; indices bound inside are anonymous. */
export function structureKey(e: Expr, label: Label): string {
  const inner = (bound: readonly Index[]): Label => i => (bound.includes(i) ? '·' : label(i))
  const indexed = (list: readonly Index[], l: Label) => list.map(i => (i.literal !== undefined ? String(i.literal + 1) : l(i))).join(',')
  switch (e.kind) {
    case 'number': return textR(e.value)
    case 'symbol': return `${e.tensor.name}[${indexed(e.indices, label)}]`
    case 'sum': return sumKey(e, label)
    case 'contraction': return `${textR(absolute(e.coefficient))}Σ${e.bound.length}(${e.factors.map(f => structureKey(f, inner(e.bound))).sort().join('*')})`
    case 'selector': return selectorKey(e, i => indexed([i], label))
    case 'apply': return `${e.fn.name}'${e.fn.partials.join('.')}(${e.args.map((a, k) => structureKey(a, inner(e.over[k] ?? []))).join(',')})@${e.at.map(o => indexed(o, label)).join(';')}`
    case 'power': return `${structureKey(e.base, label)}^${structureKey(e.exponent, label)}`
    case 'reduce': return `${e.op}${e.over.length}(${[e.body, ...e.where].map(b => structureKey(b, inner(e.over))).join(';')})@${indexed(e.at, label)}`
    case 'derivative': return `∂${structureKey(e.of, label)}/${structureKey(e.by, label)}`
  }
}

const absolute = (q: Rational): Rational => (signR(q) < 0 ? negR(q) : q)

/** A sum that stands as a factor has one sign or the other by chance. */
function sumKey(e: Sum, label: Label): string {
  const parts = e.terms.map(t => { const [c, core] = splitCoefficient(t); return { c, key: structureKey(core, label) } })
  const key = (turn: Rational): string => `(${parts.map(x => `${textR(mulR(x.c, turn))}*${x.key}`).sort().join('+')})`
  const [straight, turned] = [key(ONE), key(MINUS_ONE)]
  return turned < straight ? turned : straight
}

/** An equation is the same with all signs turned. */
function selectorKey(e: Selector, label: Label): string {
  const key = (turn: Rational): string => `{${e.terms.map(t => `${scaleS(t.coefficient, turn).key}@${label(t.index)}`).sort().join('+')}|${scaleS(e.constant, turn).key}|${e.relation}}`
  const [straight, turned] = [key(ONE), key(MINUS_ONE)]
  return e.relation === 'eq' && turned < straight ? turned : straight
}

/** True for what stands at the head of a product: a size used as a number, a rate. */
export function isCoefficient(e: Expr, context: PrintContext): boolean {
  if (e.kind === 'power') return e.exponent.kind === 'number' && isCoefficient(e.base, context)
  if (e.kind !== 'symbol') return false
  return e.tensor.size !== undefined || (context.isCoefficient ?? usualCoefficient)(e.tensor)
}
const usualCoefficient = (t: Tensor): boolean => {
  if (t.axes.length > 0) return false
  const parts = nameParts(t.name)
  return t.rank < 0 || (isGreek(parts.base) && parts.sub === undefined && parts.sup.length === 0)
}

/** Kinds in the order in which equal ranks are read: derivatives, primed functions, entries, functions, sums. */
function kindOrder(e: Expr): number {
  switch (e.kind) {
    case 'number': return 0
    case 'derivative': return 1
    case 'apply': return e.fn.partials.length > 0 ? 2 : 5
    case 'symbol': return 3
    case 'power': return e.base.kind === 'symbol' ? 4 : 6
    case 'reduce': return 7
    case 'contraction': return 8
    case 'sum': return 9
    case 'selector': return 10
  }
}

/** Where a factor stands: coefficients, deltas, the rest, a logarithm (written without brackets), other selectors last. */
function place(e: Expr, context: PrintContext): number {
  if (isCoefficient(e, context)) return 0
  if (e.kind === 'selector') return asDelta(e) ? 1 : 4
  return e.kind === 'apply' && (e.fn.name === 'log' || e.fn.name === 'ln') ? 3 : 2
}

/** Factors in reading order: what was computed later stands first. */
export function sortFactors(factors: readonly Expr[], label: Label, context: PrintContext): readonly Expr[] {
  if (factors.length < 2) return factors
  const keyed = factors.map(f => ({ f, key: structureKey(f, label), place: place(f, context) }))
  keyed.sort((a, b) => a.place - b.place || compareRanks(a.f, b.f) || kindOrder(a.f) - kindOrder(b.f) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return keyed.map(k => k.f)
}

/** Bound indices in the order in which a reader meets them. Alike ones are told apart by how they occur. */
export function sortBound(bound: readonly Index[], factors: readonly Expr[], label: Label, context: PrintContext): readonly Index[] {
  if (bound.length < 2) return bound
  const colour = new Map(bound.map(b => [b, `?${b.size.key}`]))
  for (let round = 0; round < 3; round++) {
    const next = bound.map(b => factors.filter(f => f.free.includes(b))
      .map(f => structureKey(f, i => (i === b ? '!' : colour.get(i) ?? label(i)))).sort().join('&'))
    const sorted = [...new Set(next)].sort()
    bound.forEach((b, k) => colour.set(b, `?${sorted.indexOf(next[k]!)}`))
    if (sorted.length === bound.length) break
  }
  const ordered = sortFactors(factors, i => colour.get(i) ?? label(i), context)
  const first = new Map(bound.map(b => {
    const at = ordered.findIndex(f => f.free.includes(b) && f.kind !== 'selector')
    return [b, at < 0 ? [ordered.length, 0] : [at, slotOf(ordered[at]!, b)]] as const
  }))
  return [...bound].sort((a, b) => first.get(a)![0]! - first.get(b)![0]! || first.get(a)![1]! - first.get(b)![1]! || (colour.get(a)! < colour.get(b)! ? -1 : 1))
}

/** The first slot in which an index stands in any tensor of the expression. */
function slotOf(e: Expr, b: Index): number {
  if (!e.free.includes(b)) return 99
  if (e.kind === 'symbol') return e.indices.indexOf(b)
  if (e.kind === 'apply' || e.kind === 'reduce') {
    const own = (e.kind === 'apply' ? e.at.flat() : e.at).indexOf(b)
    if (own >= 0) return own
  }
  return Math.min(99, ...children(e).map(c => slotOf(c, b)))
}
