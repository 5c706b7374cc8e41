/** Constructors of matrix expressions that need no search: leaves, functions, scalars in front, diagonals. */
import type { Index } from '../../expression/index.ts'
import { divR, eqR, mulR, ONE, type Rational, rational, signR, type Size, textR } from '../../shape/index.ts'
import type { Formula } from '../formula.ts'
import { type CallHead, costInside, type LeafM, type Mat, type Shape } from './algebra.ts'

const highest = (parts: readonly Mat[]): number => parts.reduce((r, p) => Math.max(r, p.rank), -Infinity)
const keys = (parts: readonly Mat[]): string => parts.map(p => p.key).join(',')
const total = (parts: readonly Mat[], level: number): number => parts.reduce((c, p) => c + costInside(p, level), 0)

/** The number q. */
export const numberM = (value: Rational): Mat =>
  ({ kind: 'number', value, shape: 'scalar', cost: value.d === 1n ? 1 : 1.6, rank: -Infinity, key: textR(value) })
/** A tensor, or a derivative, as it is named. */
export const leafM = (leaf: { shape: Shape; rank: number; key: string; write: LeafM['write']; samples: readonly Index[]; cost?: number; size?: boolean }): Mat =>
  ({ kind: 'leaf', ...leaf, cost: leaf.cost ?? 1 })
/** The vector (one size) or the matrix (two sizes) of ones. */
export const onesM = (...sizes: readonly (Size | undefined)[]): Mat =>
  ({ kind: 'ones', shape: sizes.length === 1 ? 'column' : 'matrix', cost: 1, rank: -Infinity, key: `1[${sizes.map(s => s?.key ?? '?').join(',')}]` })
export const IDENTITY: Mat = { kind: 'identity', shape: 'matrix', cost: 1, rank: -Infinity, key: 'I' }

/** name(args), entry by entry when the arguments are tensors. */
export const callM = (head: CallHead, args: readonly Mat[], shape: Shape): Mat => ({
  kind: 'call', head, args, shape, rank: highest(args), key: `${head.name}'${head.primes}@${head.partials?.join('.')}(${keys(args)})`,
  cost: 0.9 + 0.1 * head.primes + total(args, 0) + 0.2 * (args.length - 1),
})

/** base^exponent, entry by entry. */
export const powerM = (base: Mat, exponent: Mat, shape: Shape): Mat =>
  ({ kind: 'power', base, exponent, shape, cost: costInside(base, 3) + 0.5 * exponent.cost, rank: highest([base, exponent]), key: `(${base.key})^(${exponent.key})` })

/** tr(A) */
export const traceM = (body: Mat): Mat =>
  pull(body, core => ({ kind: 'trace', body: core, shape: 'scalar', cost: core.cost + 1.2 + (core.kind === 'product' ? 0.001 * core.factors[0]!.cost + (core.factors[0]!.kind === 'transpose' ? 0 : 0.01) : 0), rank: core.rank, key: `tr(${core.key})` }))
/** Sum of squares of the entries. */
export const squareNormM = (body: Mat): Mat =>
  ({ kind: 'square-norm', body, shape: 'scalar', cost: body.cost + 1.6, rank: body.rank, key: `|${body.key}|` })

/** diag(v) of a column; diag(1) is the identity. */
export const diagM = (v: Mat): Mat => pull(v, core => core.kind === 'ones' ? IDENTITY
  : { kind: 'diag', body: core, shape: 'matrix', cost: core.cost + 0.9, rank: core.rank, key: `diag(${core.key})` })

/** f(core), with the scalars of the body put in front of it. */
function pull(m: Mat, f: (core: Mat) => Mat): Mat {
  return m.kind === 'scaled' && m.body ? scaledM(m.coefficient, m.numerators, m.denominators, f(m.body)) : f(m)
}

/** Sum over sample indices; what does not depend on them stands in front. */
export function samplesM(over: readonly Index[], names: readonly Formula[], m: Mat, depends: (scalar: Mat) => boolean): Mat {
  if (m.kind === 'scaled') {
    const outside = (parts: readonly Mat[]) => parts.filter(p => !depends(p))
    const inside = (parts: readonly Mat[]) => parts.filter(depends)
    const body = scaledM(ONE, inside(m.numerators), inside(m.denominators), m.body)
    if (body.key !== m.key) return scaledM(m.coefficient, outside(m.numerators), outside(m.denominators), samplesM(over, names, body, depends))
  }
  return { kind: 'samples', over, names, body: m, shape: m.shape, cost: m.cost + 1.2, rank: m.rank, key: `Σ${over.map(i => i.id).join('.')}(${m.key})` }
}

const laterFirst = (a: Mat, b: Mat): number => (b.rank === a.rank ? 0 : b.rank - a.rank) || a.cost - b.cost || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)

/** coefficient * numerators / denominators * body. Nested scalars are collected. */
export function scaledM(coefficient: Rational, numerators: readonly Mat[], denominators: readonly Mat[], body?: Mat): Mat {
  let c = coefficient
  const above: Mat[] = []
  const below: Mat[] = []
  const take = (m: Mat, up: boolean): void => {
    if (m.kind === 'number') c = up ? mulR(c, m.value) : divR(c, m.value)
    else if (m.kind === 'scaled' && !m.body) {
      c = up ? mulR(c, m.coefficient) : divR(c, m.coefficient)
      m.numerators.forEach(n => take(n, up))
      m.denominators.forEach(n => take(n, !up))
    } else (up ? above : below).push(m)
  }
  numerators.forEach(m => take(m, true))
  denominators.forEach(m => take(m, false))
  if (body?.shape === 'scalar') { take(body, true); return scaledM(c, above, below) }
  if (body?.kind === 'scaled') return scaledM(mulR(c, body.coefficient), [...above, ...body.numerators], [...below, ...body.denominators], body.body)
  if (above.length === 0 && below.length === 0) {
    if (!body) return numberM(c)
    if (eqR(c, ONE)) return body
  }
  if (!body && above.length === 1 && below.length === 0 && eqR(c, ONE)) return above[0]!
  const collected = [above, below].map(withPowers)
  if (collected[0]!.length < above.length || collected[1]!.length < below.length) return scaledM(c, collected[0]!, collected[1]!, body)
  above.sort(laterFirst)
  below.sort(laterFirst)
  const absolute = signR(c) < 0 ? { n: -c.n, d: c.d } : c
  const cost = total(above, 2) + total(below, 2) + (body ? costInside(body, 2) : 0) + (signR(c) < 0 ? 0.4 : 0)
    + (eqR(absolute, ONE) ? 0 : absolute.d === 1n ? 1 : 1.6) + (below.length > 0 ? 0.3 : 0) + 0.3 * above.filter(m => m.kind === 'product').length
  return {
    kind: 'scaled', coefficient: c, numerators: above, denominators: below, body, shape: body?.shape ?? 'scalar', cost,
    rank: highest([...above, ...below, ...(body ? [body] : [])]), key: `${textR(c)}{${keys(above)}/${keys(below)}}${body?.key ?? ''}`,
  }
}

/** Equal scalars become a power. */
function withPowers(scalars: readonly Mat[]): readonly Mat[] {
  const groups = new Map<string, Mat[]>()
  for (const m of scalars) groups.set(m.key, [...(groups.get(m.key) ?? []), m])
  return [...groups.values()].map(g => (g.length === 1 ? g[0]! : powerM(g[0]!, numberM(rational(g.length)), 'scalar')))
}

/** Splits the number in front off. */
export function splitM(m: Mat): [Rational, Mat | undefined] {
  if (m.kind === 'number') return [m.value, undefined]
  if (m.kind === 'scaled') return [m.coefficient, scaledM(ONE, m.numerators, m.denominators, m.body)]
  return [ONE, m]
}

/** The inverse of a square matrix. */
export const inverseM = (body: Mat): Mat => ({ kind: 'inverse', body, shape: 'matrix', cost: costInside(body, 3) + 0.5, rank: body.rank, key: `${body.key}⁻¹` })

export { highest, keys, laterFirst, total }
