/** Claims with the same values at fixed points say the same: the key that groups the answers of a course. */
import { ChainError } from '../errors.ts'
import { evaluate, floats } from '../evaluate/index.ts'
import { hasSize, hasTensor } from './compare/prove.ts'
import { sizeAssignments, sizePoint } from './compare/sizes.ts'
import { ownTensors } from './compare/values.ts'
import type { JudgedChain } from './judged.ts'
import type { Content } from './meaning/meaning.ts'
import { ensureTensors } from './points.ts'
import type { Scene } from './scene.ts'
import type { LinkVerdict } from './types.ts'

/** The values of all parts at the first point, six digits each, with the verdicts of the links. */
export function valueKey(done: readonly JudgedChain[], links: readonly LinkVerdict[]): string {
  const values = done.flatMap(d => d.outcome.chain.parts.map((p, k) => {
    const r = d.outcome.chain.settled(k) ?? p.at(0)
    return r ? valueOf(r.value, d.outcome.chain.scene) : '?'
  }))
  return `${links.map(l => l.verdict[0]).join('')}|${values.join('|')}`
}

function valueOf(c: Content, scene: Scene): string {
  if (c.kind === 'tuple') return `(${c.items.map(i => valueOf(i, scene)).join(',')})`
  const order = [...c.axes, ...c.expr.free.filter(i => !c.axes.includes(i))]
  try {
    const point = hasTensor(c.expr) ? scene.points.random()[0] : sizePoint(hasSize(c.expr) ? sizeAssignments(scene.network)[0] ?? new Map() : new Map())
    if (!point) return '?'
    const own = ownTensors(c.expr, k => point.floats.values.has(k))
    if (own.length > 0) ensureTensors(point, own, scene.points.seed)
    const d = evaluate(c.expr, point.floats, floats, order)
    let sum = 0
    for (let k = 0; k < d.data.length; k++) sum += d.data[k]! * (1 + ((k * 0.6180339887) % 1))
    return `${c.row ? 'r' : ''}${d.shape.join('x')}:${Number(sum.toPrecision(7))}`
  } catch (error) {
    if (error instanceof ChainError) return '?'
    throw error
  }
}
