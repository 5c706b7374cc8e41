/** Contractions: the ways to compute one, a closed table, and which of them apply. */
import type { NodeOf } from '../program.ts'
import type { Planning } from './context.ts'
import { convolutions, preferredFirst } from './convolution.ts'
import { type Held, loopLabel } from './held.ts'
import { unpool } from './pool.ts'
import { lookup, scatter } from './lookup.ts'
import { scalar } from './planner.ts'
import { contracted, sumOut } from './product.ts'
import { readAt } from './read.ts'
import { tournamentReturn } from './tournament.ts'
import { writeAt } from './write.ts'

/** A way to compute a contraction; undefined where it does not apply. */
type Way = (x: Planning, n: NodeOf<'contract'>, k: number) => Held | undefined

/** Every operand read along its loops, one product, written where it belongs: always applies. */
export function direct(x: Planning, n: NodeOf<'contract'>, k: number): Held {
  const { p, held, sample, wish } = x
  const keep = new Set(n.out.flatMap(q => q.terms.map(([l]) => loopLabel(l))))
  const first = new Set(n.loops.map((_, l) => l).filter(l => !keep.has(loopLabel(l))))
  const parts = n.operands.map(o => readAt(p, held[o.node]!, o.at, n.loops, new Set(), { first }))
  const place = sample[k] === undefined ? undefined : n.out[sample[k]]!
  const request = {
    keep, coefficient: n.coefficient,
    sample: place?.terms.length === 1 ? loopLabel(place.terms[0]![0]) : undefined,
    wish: wish[k]?.flatMap(a => n.out[a]!.terms.map(([l]) => loopLabel(l))),
  }
  // without operands the product is 1 wherever the result is written
  const [a = { id: scalar(p, 1), labels: [] }, b] = parts
  const idle = n.loops.reduce((c, size, l) => (keep.has(loopLabel(l)) || parts.some(h => h.labels.includes(loopLabel(l))) ? c : c * size), 1)
  const made = b ? contracted(p, [a, b], { ...request, coefficient: request.coefficient * idle }) : sumOut(p, a, { ...request, coefficient: request.coefficient * idle })
  return writeAt(p, made, n.out, n.shape, n.loops)
}

const WAYS: Readonly<Record<string, Way>> = { lookup, scatter, tournament: tournamentReturn, unpool, ...convolutions, direct }

/** The contraction by the way that is chosen among those that apply. */
export function planContraction(x: Planning, n: NodeOf<'contract'>, k: number): Held {
  const ways = [...new Set([...preferredFirst(x, n), ...Object.keys(WAYS)])].filter(name => applies(x, n, k, name))
  if (ways.length === 1) return direct(x, n, k)
  const site = { node: k, signature: signatureOf(x, n), ways }
  x.sites.push(site)
  return WAYS[x.choose(site)]!(x, n, k)!
}

/** Operations that a trial makes and the plan does not use are dropped at the end. */
const applies = (x: Planning, n: NodeOf<'contract'>, k: number, way: string): boolean => way === 'direct' || WAYS[way]!(x, n, k) !== undefined

const signatureOf = (x: Planning, n: NodeOf<'contract'>): string =>
  [n.loops.join('x'), ...n.operands.map(o => x.program.nodes[o.node]!.shape.join('x') + JSON.stringify(o.at.map(q => [q.terms, q.constant]))), JSON.stringify(n.out.map(q => [q.terms, q.constant]))].join('|')
