/** The receptive field: how many places of the network's input an entry depends on, along each axis that windows slide over. */
import { addS, mulS, size, type Size, subS } from '../../shape/index.ts'
import type { Network, NetworkNode } from '../types.ts'
import { type Reach, readsOf } from './reads.ts'
import { compareSizes, type Resolve } from './sizes.ts'

/** `x:2` is the third axis of x (without the sample axis). */
type InputAxis = string
type Field = ReadonlyMap<InputAxis, Reach>

interface Fields {
  /** One per axis without the sample axis. */
  readonly axes: readonly Field[]
  /** Input axes that a sum has gone over from end to end, so that windows say no more. */
  readonly ended: ReadonlySet<InputAxis>
}

/** Receptive fields by node name, one size per input axis that windows slide over; absent where they have ended. */
export function receptiveFields(network: Network, resolve: Resolve): ReadonlyMap<string, readonly Size[]> {
  const fields = new Map<string, Fields>()
  for (const node of network.nodes) fields.set(node.tensor.key, fieldsOf(node, fields, resolve))
  const spatial = windowedAxes(fields.values())
  const result = new Map<string, readonly Size[]>()
  for (const node of network.nodes) {
    const own = fields.get(node.tensor.key)!
    if (!node.definition || spatial.some(axis => own.ended.has(axis))) continue
    const extents = spatial.flatMap(axis => own.axes.flatMap(f => f.get(axis)?.extent ?? []))
    if (spatial.length > 0 && extents.length === spatial.length) result.set(node.name, extents)
  }
  return result
}

function windowedAxes(all: Iterable<Fields>): readonly InputAxis[] {
  const found = new Set<InputAxis>()
  for (const { axes } of all) for (const f of axes) for (const [axis, reach] of f) if (reach.extent.value !== 1) found.add(axis)
  return [...found].sort()
}

function fieldsOf(node: NetworkNode, known: ReadonlyMap<string, Fields>, resolve: Resolve): Fields {
  const skip = node.tensor.sample ? 1 : 0
  if (!node.definition) {
    const start = { stride: size(1), extent: size(1) }
    return { axes: node.tensor.axes.slice(skip).map((_, k): Field => (node.kind === 'input' ? new Map([[`${node.name}:${k}`, start]]) : new Map())), ended: new Set() }
  }
  const axes = node.indices.slice(skip).map(() => new Map<InputAxis, Reach>())
  const ended = new Set<InputAxis>()
  for (const read of readsOf(node.definition, resolve)) {
    const source = known.get(read.tensor)
    if (!source || read.overData) continue
    source.ended.forEach(axis => ended.add(axis))
    const field = source.axes[read.slot]
    if (!field) continue
    if (read.along.size === 0) for (const axis of field.keys()) ended.add(axis)
    for (const [o, reach] of read.along) {
      const k = node.indices.indexOf(o) - skip
      if (k < 0) continue
      for (const [axis, inner] of field) widen(axes[k]!, axis, compose(reach, inner), ended)
    }
  }
  return { axes, ended }
}

/** A window over places that are windows themselves. */
const compose = (outer: Reach, inner: Reach): Reach =>
  ({ stride: mulS(outer.stride, inner.stride), extent: addS(inner.extent, mulS(subS(outer.extent, size(1)), inner.stride)) })

function widen(field: Map<InputAxis, Reach>, axis: InputAxis, reach: Reach, ended: Set<InputAxis>): void {
  const old = field.get(axis)
  const order = old ? compareSizes(reach.extent, old.extent) : 1
  if (order === undefined) ended.add(axis)
  else if (order > 0) field.set(axis, reach)
}
