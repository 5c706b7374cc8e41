/** A product of entries, summed over its bound indices, as a matrix expression. */
import { add, asDelta, contract, type Contraction, type Expr, type Index, multiply, negate, type Sum } from '../../expression/index.ts'
import { negR, type Rational, signR } from '../../shape/index.ts'
import { cheaper, type Mat, samplesInside } from './algebra.ts'
import { diagM, IDENTITY, samplesM, scaledM } from './build.ts'
import { classify, type Parts } from './classify.ts'
import { closed, columnAt, component, eliminate, type Net } from './network.ts'
import { matrixAt, rowAt } from './open-term.ts'
import { type Axes, axesOf, given, type Printer } from './printer.ts'

interface Term { readonly coefficient: Rational; readonly factors: readonly Expr[]; readonly bound: readonly Index[] }

/** The shortest form of a contraction: as it stands, or with a sum multiplied out. */
export function contractionForm(e: Contraction, axes: Axes, p: Printer): Mat | null {
  const term: Term = { coefficient: e.coefficient, ...p.opened(e) }
  let best = termForm(term, axes, p)
  const sums = term.factors.filter((f): f is Sum => f.kind === 'sum')
  for (const s of sums) {
    if (!worthwhile(s) || !p.explore()) continue
    for (const folded of foldings(term, s)) best = cheaper(best, termForm(folded, axes, p))
    best = cheaper(best, multipliedOut(term, s, axes, p))
  }
  for (const s of sums) if (!best) best = multipliedOut(term, s, axes, p)
  return best
}

const isDelta = (f: Expr): boolean => f.kind === 'selector' || (f.kind === 'contraction' && f.factors.some(x => x.kind === 'selector'))

/** Multiplying out may help a sum with a delta, or with terms that lack an index of the others. */
const worthwhile = (s: Sum): boolean => s.terms.length <= 6 && axesOf(s).length > 0 && (s.terms.some(isDelta) || s.terms.some(t => axesOf(t).length !== axesOf(s).length && axesOf(t).length > 0))

function multipliedOut(term: Term, s: Sum, axes: Axes, p: Printer): Mat | null {
  if (s.terms.length > 6 || !p.step()) return null
  const rest = term.factors.filter(f => f !== s)
  return p.spread(add(...s.terms.map(t => contract(term.bound, [...rest, t], term.coefficient))), axes)
}

/** s_i (δ_ij − s_j) becomes one matrix: the factors whose tensors occur in the sum go into it. */
function foldings(term: Term, s: Sum): readonly Term[] {
  if (!s.terms.some(isDelta)) return []
  const inside = new Set<string>()
  const tensors = (e: Expr, into: Set<string>): Set<string> => {
    if (e.kind === 'symbol') into.add(e.tensor.key)
    else if (e.kind === 'contraction') e.factors.forEach(f => tensors(f, into))
    else if (e.kind === 'sum') e.terms.forEach(f => tensors(f, into))
    else if (e.kind === 'apply') { into.add(e.fn.name); e.args.forEach(f => tensors(f, into)) } else if (e.kind === 'power') tensors(e.base, into)
    return into
  }
  tensors(s, inside)
  const taken = term.factors.filter(f => f !== s && axesOf(f).length === 1 && s.free.includes(axesOf(f)[0]!) && [...tensors(f, new Set())].every(t => inside.has(t)))
  if (taken.length === 0) return []
  const one = add(...s.terms.map(t => multiply(...taken, t)))
  return [{ ...term, factors: [one, ...term.factors.filter(f => f !== s && !taken.includes(f))] }]
}

function termForm(term: Term, axes: Axes, p: Printer): Mat | null {
  const over = term.bound.filter(i => i.sample)
  const signed = withBestSigns(term, p)
  if (over.length === 0) return plainForm(signed, axes, p)
  const outside = signed.factors.filter(f => axesOf(f).length === 0 && !f.free.some(i => over.includes(i)))
  const names = nameSamples(over, signed.factors, p)
  const inside = plainForm({ coefficient: { n: 1n, d: 1n }, factors: signed.factors.filter(f => !outside.includes(f)), bound: term.bound.filter(i => !i.sample) }, axes, p)
  const scalars = outside.map(f => p.form(f, {}))
  if (!inside || !scalars.every(m => m !== null)) return null
  return scaledM(signed.coefficient, scalars, [], samplesM(over, names, inside, m => dependsOn(m, over)))
}

/** A sum is turned when that takes a minus away: −(t − y) is y − t. */
function withBestSigns(term: Term, p: Printer): Term {
  let { coefficient } = term
  const turn = (f: Expr, gain: (sign: number) => number): Expr => {
    const axes = axesOf(f)
    if (f.kind !== 'sum' || axes.length > 2) return f
    const turned = negate(f)
    const at = { row: axes[0], column: axes[1] }
    const [now, then] = [p.form(f, at), p.form(turned, at)]
    if (!now || !then || then.cost >= now.cost + gain(signR(coefficient))) return f
    coefficient = negR(coefficient)
    return turned
  }
  // first the sums that read better turned, then one that reads as well, when a minus is left in front
  const better = term.factors.map(f => turn(f, () => -0.35))
  const factors = better.map(f => turn(f, sign => -0.35 * sign))
  return { ...term, coefficient, factors }
}

const UNDER = ['i', 'j', 'k']

/** Letters for the sample indices: the innermost sum takes the first ones. */
function nameSamples(over: readonly Index[], factors: readonly Expr[], p: Printer) {
  const letters = p.context.sampleLetters ?? UNDER
  const taken = factors.reduce((d, f) => Math.max(d, sampleDepth(f)), 0)
  over.forEach((i, k) => {
    const n = taken + k
    p.letters.set(i, { kind: 'name', name: n < letters.length ? letters[n]! : `${letters.at(-1)!}_${n}` })
  })
  return over.map(i => p.letters.get(i)!)
}

const depths = new WeakMap<Expr, number>()
/** How many sample indices are bound inside one another. */
export function sampleDepth(e: Expr): number {
  const known = depths.get(e)
  if (known !== undefined) return known
  const parts: readonly Expr[] = e.kind === 'sum' ? e.terms : e.kind === 'contraction' ? e.factors : e.kind === 'apply' ? e.args : e.kind === 'power' ? [e.base, e.exponent] : e.kind === 'derivative' ? [e.of] : []
  const depth = parts.reduce((d, x) => Math.max(d, sampleDepth(x)), 0) + (e.kind === 'contraction' ? e.bound.filter(b => b.sample).length : 0)
  depths.set(e, depth)
  return depth
}

/** The form of a term whose bound indices are axes only. */
function plainForm(term: Term, axes: Axes, p: Printer): Mat | null {
  const deltas = term.factors.filter(f => f.kind === 'selector')
  const { row, column } = axes
  let identity = false
  for (const s of deltas) {
    const d = asDelta(s)
    const both = d?.b && row && column && [d.a, d.b].every(i => i === row || i === column) && d.a !== d.b
    if (!both) return null
    identity = true
  }
  const parts = classify(term.factors.filter(f => f.kind !== 'selector'), p)
  return parts && assemble(term, parts, axes, identity)
}

function assemble(term: Term, parts: Parts, axes: Axes, identity: boolean): Mat | null {
  const ends = given(axes)
  const net: Net = parts
  const scalars = [...parts.scalars]
  const left = new Set(term.bound)
  const ofEnds = new Set(ends.flatMap(v => component(net, v)))
  for (const v of term.bound) {
    if (!left.has(v) || ofEnds.has(v)) continue
    const all = component(net, v)
    all.forEach(x => left.delete(x))
    const value = closed(net, all)
    if (!value) return null
    scalars.push(value)
  }
  const open: Net = { labels: net.labels.filter(l => ofEnds.has(l.at)), edges: net.edges.filter(x => ofEnds.has(x.a)) }
  const reduced = eliminate(open, [...ofEnds].filter(v => !ends.includes(v)))
  if (!reduced) return null
  const { row, column } = axes
  if (identity) {
    if (reduced.edges.length > 0) return null
    const onRow = columnAt({ labels: reduced.labels.map(l => ({ ...l, at: row! })), edges: [] }, row!)
    return scaledM(term.coefficient, scalars, [], onRow ? diagM(onRow) : IDENTITY)
  }
  const body = row && column ? matrixAt(reduced, row, column) : row ? columnAt(reduced, row) : column ? rowAt(reduced, column) : undefined
  if (ends.length > 0 && !body) return null
  return scaledM(term.coefficient, scalars, [], body)
}

/** True when the expression shows one of the sample indices. */
const dependsOn = (m: Mat, over: readonly Index[]): boolean => samplesInside(m).some(i => over.includes(i))
