/** Contractions of expressions as products of parts. */
import { affineOf, rangeOf } from '../evaluate/affine.ts'
import { type Contraction, type Expr, freshIndex, type Index, type Reduce, type Selector } from '../expression/index.ts'
import { type Labelled, numberNode } from './builder.ts'
import { contract } from './contract.ts'
import { digitwise, formOf, solveAll } from './equations.ts'
import { constantForm, type Form, indicesOf, maskPart, ones, type Part, staysInside, plain } from './forms.ts'
import { size as sizeFrom, toNumber } from '../shape/index.ts'
import { winner } from './extreme.ts'
import { onePlusExp } from './logistic.ts'
import type { Lowering } from './lowering.ts'
import { map } from './map.ts'

/** Powers up to this one are written as products, so that x^2 summed is a product of x with itself. */
const MOST_COPIES = 3
const MOST_LOGISTIC = 9

const isArgmax = (e: Expr): e is Reduce => e.kind === 'reduce' && e.op === 'argmax'

/** coefficient * product of factors, summed over the bound indices. */
export function product(l: Lowering, e: Contraction): Labelled {
  return productOf(l, { factors: e.factors, bound: e.bound, free: e.free, coefficient: toNumber(e.coefficient) })
}

export interface Factors { readonly factors: readonly Expr[]; readonly bound: readonly Index[]; readonly free: readonly Index[]; readonly coefficient: number }

export function productOf(l: Lowering, e: Factors): Labelled {
  const { b } = l
  const hits = e.factors.filter(isArgmax).map(f => winner(l, f))
  const selectors = [...e.factors.filter((f): f is Selector => f.kind === 'selector'), ...hits.flatMap(h => h.selectors)]
  const values = [...e.factors.flatMap(f => (f.kind === 'selector' || isArgmax(f) ? [] : copies(l, f))), ...hits.map(h => h.value)]
  const flat = flattened(l, selectors, values, e)
  if (flat) return flat
  const solved = solveAll(selectors, l.numberOf, b.sizeOf, i => i.literal === undefined, i => values.some(v => v.axes.includes(i)))
  if (solved.impossible) return numberNode(b, 0)
  const at = (i: Index): Form => (i.literal !== undefined ? constantForm(i.literal) : formOf(solved, i))
  const parts: Part[] = values.map(v => ({ node: v.node, at: v.axes.map(at) }))
  // a solved index must stay on its axis: where nothing is read along it, and nothing written, ones are
  for (const [i, form] of solved.forms) {
    if (values.some(v => v.axes.includes(i)) || e.free.includes(i) || staysInside(form, b.sizeOf(i), b.sizeOf)) continue
    parts.push({ node: ones(b, b.sizeOf(i)), at: [form] })
  }
  for (const m of solved.masks) parts.push(maskPart(b, m.relation, m.of))
  const out = e.free.map(i => ({ index: i, at: at(i) }))
  const open = e.bound.filter(i => !solved.forms.has(i))
  const used = new Set([...indicesOf(parts.flatMap(p => p.at)), ...indicesOf(out.map(w => w.at))])
  const idle = open.filter(i => !used.has(i)).reduce((n, i) => n * b.sizeOf(i), 1)
  return contract(b, { parts, out, coefficient: e.coefficient * idle })
}

/**
 * x[i, j] in another shape, where 6 k + l = 3 i + j: the entries row by row in one axis, which is read at 6 k + l. Only where
 * the digits of one shape are not those of the other, which `digitwise` takes apart.
 */
function flattened(l: Lowering, selectors: readonly Selector[], values: readonly Labelled[], e: Factors): Labelled | undefined {
  const { b } = l
  const only = selectors.length === 1 && values.length === 1 ? selectors[0]! : undefined
  if (only?.relation !== 'eq') return undefined
  const q = affineOf(only, l.numberOf)
  if (q.constant !== 0 || digitwise(q, b.sizeOf).length > 1) return undefined
  const side = (sign: number): Form => ({ terms: new Map([...q.terms].filter(([, c]) => c * sign > 0).map(([i, c]) => [i, c * sign])), constant: 0 })
  const value = values[0]!
  for (const [inner, outer] of [[side(1), side(-1)], [side(-1), side(1)]] as const) {
    const size = rangeOf(inner, b.sizeOf)[1] + 1
    if (inner.terms.size < 2 || rangeOf(outer, b.sizeOf)[1] + 1 !== size || !countsRows(inner, size, b.sizeOf) || !countsRows(outer, size, b.sizeOf)) continue
    if (![...inner.terms.keys()].every(i => e.bound.includes(i) && value.axes.includes(i)) || [...outer.terms.keys()].some(i => value.axes.includes(i) || !e.free.includes(i))) continue
    const row = freshIndex('', sizeFrom(size))
    const rest = value.axes.filter(i => !inner.terms.has(i))
    const rows = contract(b, { parts: [{ node: value.node, at: value.axes.map(plain) }], out: [...rest.map(i => ({ index: i, at: plain(i) })), { index: row, at: inner }], coefficient: 1 })
    return contract(b, { parts: [{ node: rows.node, at: rows.axes.map(i => (i === row ? outer : plain(i))) }], out: e.free.map(i => ({ index: i, at: plain(i) })), coefficient: e.coefficient })
  }
  return undefined
}

/** Does the form take every value below n once? */
function countsRows(f: Form, n: number, sizeOf: (i: Index) => number): boolean {
  let step = 1
  for (const [i, c] of [...f.terms].filter(([j]) => sizeOf(j) > 1).sort((x, y) => x[1] - y[1])) {
    if (c !== step) return false
    step *= sizeOf(i)
  }
  return step === n
}

/** A factor as often as it stands: x x for x^2, 1/x 1/x for x^-2. */
function copies(l: Lowering, f: Expr): readonly Labelled[] {
  const n = f.kind === 'power' && f.exponent.kind === 'number' && f.exponent.value.d === 1n ? Number(f.exponent.value.n) : undefined
  if (f.kind !== 'power' || n === undefined) return [l.lower(f)]
  const base = l.lower(f.base)
  // powers of a logistic function are factors of their own, which may each meet an exponential
  if (Math.abs(n) > (n < 0 && onePlusExp(l.b, base) ? MOST_LOGISTIC : MOST_COPIES)) return [l.lower(f)]
  const one = n < 0 ? map(l.b, 'reciprocal', base) : base
  return Array.from({ length: Math.abs(n) }, () => one)
}

/** The entry of a value at indices that repeat or are fixed: a product of one part. */
export function entryOf(l: Lowering, v: Labelled, at: ReadonlyMap<Index, Index>, free: readonly Index[]): Labelled {
  const parts = [{ node: v.node, at: v.axes.map(i => { const j = at.get(i)!; return j.literal !== undefined ? constantForm(j.literal) : plain(j) }) }]
  return contract(l.b, { parts, out: free.map(i => ({ index: i, at: plain(i) })), coefficient: 1 })
}

