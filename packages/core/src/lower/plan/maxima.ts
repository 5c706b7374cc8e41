/** Maxima along loops, and the first entry that attains each. */
import type { Extreme, NodeOf } from '../program.ts'
import type { Planning } from './context.ts'
import { align, axisLabel, type Held, loopLabel, renamed, spreadOver } from './held.ts'
import { constant, emit, type Planner, reduce, reshape, shapeOf, volume } from './planner.ts'
import { poolOf } from './pool.ts'
import { readAt } from './read.ts'
import { tournament } from './tournament.ts'

/** What is far below every number. */
const LEAST = -3e38

/** The operand along all loops, left-out entries far below. */
function readExtreme({ p, held }: Planning, e: Extreme): Held {
  const h = readAt(p, held[e.operand.node]!, e.operand.at, e.loops, new Set(), { outside: LEAST })
  const sized = (l: string): number => e.loops[Number(l.slice(1))]!
  return e.masks.reduce((x, m) => {
    const mask = readAt(p, held[m.node]!, m.at, e.loops)
    const order = [...x.labels, ...mask.labels.filter(l => !x.labels.includes(l))]
    const out = emit(p, { op: 'equal', shape: shapeOf(p, mask.id), type: 'bool', args: [mask.id, constant(p, [], [0])] })
    const body = spreadOver(p, x, order, sized)
    return { id: emit(p, { op: 'where', shape: shapeOf(p, body), type: 'float', args: [align(p, { id: out, labels: mask.labels }, order).id, constant(p, [], [LEAST]), body] }), labels: order }
  }, h)
}

export function planMax(x: Planning, n: NodeOf<'max'>): Held {
  const pooled = tournament(x, n.over) ?? poolOf(x, n.over)?.value
  if (pooled) return pooled
  const h = readExtreme(x, n.over)
  const gone = h.labels.flatMap((l, k) => (Number(l.slice(1)) >= n.over.outer ? [k] : []))
  return renamed({ id: reduce(x.p, h.id, 'max', gone), labels: h.labels.filter((_, k) => !gone.includes(k)) }, l => axisLabel(Number(l.slice(1))))
}

/** 1 where the position in the window is the one of the first greatest entry. */
export function planWinner(x: Planning, n: NodeOf<'winner'>): Held {
  const { p } = x
  const { loops, outer } = n.over
  const inner = loops.map((_, l) => l).filter(l => l >= outer)
  const h = readExtreme(x, n.over)
  const order = [...h.labels.filter(l => Number(l.slice(1)) < outer), ...inner.map(loopLabel)]
  const full = spreadOver(p, h, order, l => loops[Number(l.slice(1))]!)
  const shape = shapeOf(p, full)
  const lead = shape.slice(0, shape.length - inner.length)
  const n2 = volume(inner.map(l => loops[l]!))
  const flat = reshape(p, full, [...lead, n2])
  const best = emit(p, { op: 'argmax', shape: lead, type: 'int64', args: [flat], axis: lead.length })
  return renamed({ id: reshape(p, hits(p, best, lead, n2), shape), labels: order }, l => axisLabel(Number(l.slice(1))))
}

/** 1 where the last axis stands at `best`, else 0. */
export function hits(p: Planner, best: number, lead: readonly number[], n: number): number {
  const range = constant(p, [n], Array.from({ length: n }, (_, k) => k), 'int64')
  const equal = emit(p, { op: 'equal', shape: [...lead, n], type: 'bool', args: [reshape(p, best, [...lead, 1]), range] })
  return emit(p, { op: 'to-float', shape: [...lead, n], type: 'float', args: [equal] })
}
