/**
 * A product of entries as a network: indices are vertices, a factor with two indices is an edge (a matrix),
 * a factor with one is a label (a vector). Vertices that are summed over are eliminated until the term is a
 * scalar, a vector or a matrix expression.
 */
import type { Index } from '../../expression/index.ts'
import { cheaper, type Mat } from './algebra.ts'
import { diagM, numberM, onesM, squareNormM, traceM } from './build.ts'
import { hadamardM, productM, transposeM } from './products.ts'
import { rational } from '../../shape/index.ts'

/** A vector at a vertex; `below` divides by it. */
export interface Label { readonly at: Index; readonly value: Mat; readonly below: boolean }
/** A matrix between two vertices, read from `a` to `b` and from `b` to `a`. */
export interface Edge { readonly a: Index; readonly b: Index; readonly forward: Mat; readonly backward: Mat; readonly below: boolean }
export interface Net { readonly labels: readonly Label[]; readonly edges: readonly Edge[] }

const other = (e: Edge, v: Index): Index => (e.a === v ? e.b : e.a)
const touches = (e: Edge, v: Index): boolean => e.a === v || e.b === v
const read = (e: Edge, from: Index): Mat => (e.a === from ? e.forward : e.backward)

/** The labels of a vertex as one column; undefined when it has none. */
export function columnAt(net: Net, v: Index): Mat | undefined {
  const here = net.labels.filter(l => l.at === v)
  return here.length === 0 ? undefined : hadamardM(here.filter(l => !l.below).map(l => l.value), here.filter(l => l.below).map(l => l.value))
}

/** The labels of a vertex, or ones. */
export const columnOrOnes = (net: Net, v: Index): Mat => columnAt(net, v) ?? onesM(v.size)

/** All edges between two vertices as one matrix with rows `from`. */
export function matrixBetween(net: Net, from: Index, to: Index): Mat | undefined {
  const here = net.edges.filter(e => touches(e, from) && touches(e, to))
  if (here.length === 0) return undefined
  const entrywise = (v: Index) => hadamardM(here.filter(e => !e.below).map(e => read(e, v)), here.filter(e => e.below).map(e => read(e, v)))
  return cheaper(entrywise(from), transposeM(entrywise(to)))!
}

const neighbours = (net: Net, v: Index): readonly Index[] => [...new Set(net.edges.filter(e => touches(e, v)).map(e => other(e, v)))]

/** The network without the vertex: its matrix-vector product becomes a label, or its two matrices one. */
function without(net: Net, v: Index): Net | null {
  const near = neighbours(net, v)
  if (near.length === 0 || near.length > 2) return null
  const rest: Net = { labels: net.labels.filter(l => l.at !== v), edges: net.edges.filter(e => !touches(e, v)) }
  const column = columnAt(net, v)
  const [a, b] = near
  if (b === undefined) return { ...rest, labels: [...rest.labels, { at: a!, value: productM([matrixBetween(net, a!, v)!, columnOrOnes(net, v)]), below: false }] }
  const middle = column ? [diagM(column)] : []
  const way = (from: Index, to: Index) => productM([matrixBetween(net, from, v)!, ...middle, matrixBetween(net, v, to)!])
  return { ...rest, edges: [...rest.edges, { a: a!, b, forward: way(a!, b), backward: way(b, a!), below: false }] }
}

/** Eliminates the vertices, leaves first; null when one stays that three matrices meet at. */
export function eliminate(net: Net, vertices: readonly Index[]): Net | null {
  let now = net
  const left = new Set(vertices)
  while (left.size > 0) {
    const least = [...left].reduce((p, q) => (neighbours(now, q).length < neighbours(now, p).length ? q : p))
    const next = without(now, least)
    if (!next) return null
    now = next
    left.delete(least)
  }
  return now
}

/** The vertices connected with `start`, itself first. */
export function component(net: Net, start: Index): readonly Index[] {
  const seen = [start]
  for (const v of seen) for (const n of neighbours(net, v)) if (!seen.includes(n)) seen.push(n)
  return seen
}

/** The value of a component all of whose vertices are summed over; the shortest of the forms found. */
export function closed(net: Net, vertices: readonly Index[]): Mat | null {
  let best: Mat | null = null
  for (const root of vertices.slice(0, 8)) {
    const rest = vertices.filter(v => v !== root)
    const reduced = eliminate(net, rest)
    if (reduced) best = cheaper(best, innerProduct(reduced, root))
    for (const last of rest.slice(0, 8)) {
      const pair = eliminate(net, rest.filter(v => v !== last))
      if (pair) best = cheaper(best, trace(pair, root, last))
    }
  }
  return best
}

/** Two matrices between two vertices: tr(A B). */
function trace(net: Net, a: Index, b: Index): Mat | null {
  const edges = net.edges.filter(e => touches(e, a) && touches(e, b))
  if (edges.some(e => e.below)) return null
  const [p, q] = edges
  const labels = [columnAt(net, a), columnAt(net, b)]
  if (edges.length === 1 && p && !labels[0] && !labels[1]) return squares(p.forward) ?? squares(p.backward)
  if (edges.length !== 2 || !p || !q) return null
  const around = (v: Mat | undefined) => (v ? [diagM(v)] : [])
  const there = [...around(labels[0]), read(p, a)]
  const back = [...around(labels[1]), read(q, b)]
  return cheaper(traceM(productM([...there, ...back])), traceM(productM([...back, ...there])))
}

/** ‖x‖² when the entrywise square of x stands alone. */
function squares(m: Mat): Mat | null {
  return m.kind === 'power' && m.exponent.key === numberM(rational(2)).key ? squareNormM(m.base) : null
}

/** The sum over one vertex of its labels: aᵀb, 1ᵀv, xᵀx. */
function innerProduct(net: Net, v: Index): Mat {
  const here = net.labels.filter(l => l.at === v)
  const above = here.filter(l => !l.below).map(l => l.value)
  const below = here.filter(l => l.below).map(l => l.value)
  const single = above.length === 1 && below.length === 0 ? above[0]! : undefined
  const self = single && selfLoop(single)
  if (self) return traceM(self)
  let best: Mat = productM([transposeM(onesM(v.size)), hadamardM(above, below)])
  if (single) {
    const square = squares(single)
    if (square?.kind === 'square-norm') best = cheaper(cheaper(productM([transposeM(square.body), square.body]), square), best)!
  }
  for (let mask = 1; mask < 2 ** Math.min(above.length, 5) - (below.length > 0 ? 0 : 1); mask++) {
    const inside = above.filter((_, k) => (mask >> k) & 1)
    const outside = above.filter((_, k) => !((mask >> k) & 1))
    best = cheaper(best, productM([transposeM(hadamardM(inside)), hadamardM(outside.length > 0 ? outside : [onesM(v.size)], below)]))!
  }
  return best
}

/** A when the column is the diagonal of A, written (A ⊙ I)1. */
function selfLoop(m: Mat): Mat | undefined {
  if (m.kind !== 'product' || m.factors.length !== 2 || m.factors[1]!.kind !== 'ones') return undefined
  const h = m.factors[0]!
  if (h.kind !== 'hadamard' || h.denominators.length > 0 || !h.numerators.some(n => n.kind === 'identity')) return undefined
  const rest = h.numerators.filter(n => n.kind !== 'identity')
  return rest.length === 1 ? rest[0]! : hadamardM(rest)
}
