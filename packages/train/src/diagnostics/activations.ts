/** The activations of a network, and its units: read off the equations, whatever the layers are called. */
import { type Apply, children, type Expr, type Index, type Network, type NetworkNode } from '@chainrule/core'
import { namedFor } from './layers.ts'
import { dyingSlope, slopeOf } from './slopes.ts'

export interface ActivationOf {
  readonly node: NetworkNode
  /** The node as it is spoken of: the named one that an inner node is computed for. */
  readonly shown: string
  readonly function: string
  readonly steepest: number
  /** A node for g'(z), with the axes of z. */
  readonly slope: NetworkNode
  /** Which axes of the slope number units; the others are samples and places. */
  readonly unitAxes: readonly boolean[]
}

/** Every call g(z) in a definition whose slope dies away at an end, once for each slope. */
export function activationsOf(network: Network): readonly ActivationOf[] {
  const unit = unitIndices(network)
  const steepest = steepestSlopes()
  return network.nodes.flatMap(node => [...callsIn(node.definition)].sort(byName).flatMap((call, k): ActivationOf[] => {
    const bend = slopeOf(call)
    const most = bend && steepest(call, bend.slope)
    // what is summed over inside the definition has no values of its own
    if (!bend || most === undefined || call.free.some(i => !node.indices.includes(i))) return []
    const kept = node.indices.map((_, a) => a).filter(a => call.free.includes(node.indices[a]!))
    const indices = kept.map(a => node.indices[a]!)
    const name = `slope ${k + 1} of ${node.name}`
    const { hints: _, ...own } = node.tensor
    const tensor = { ...own, key: `slope:${k}:${node.tensor.key}`, name, axes: kept.map(a => node.tensor.axes[a]!), sample: node.tensor.sample && kept.includes(0) }
    const units = unit(call)
    const some = indices.some(i => units.has(i))
    return [{
      node, shown: namedFor(network, node).name, function: call.fn.name, steepest: most, slope: { name, kind: 'node', tensor, indices, definition: bend.slope(bend.z), facts: [], inner: true },
      unitAxes: indices.map((i, a) => (some ? units.has(i) : !(tensor.sample && a === 0))),
    }]
  }))
}

/** The order of terms in memory is nobody's decision. */
const byName = (a: Apply, b: Apply): number => (a.fn.name < b.fn.name ? -1 : a.fn.name > b.fn.name ? 1 : 0)

/** The steepest slope of a call, worked out once for each function. */
function steepestSlopes(): (call: Apply, slope: (z: Expr) => Expr) => number | undefined {
  const known = new Map<string, number | undefined>()
  return ({ fn, args }, slope) => {
    const key = [fn.name, ...args.map(a => (a.kind === 'number' ? a.id : '.'))].join(' ')
    if (!known.has(key)) known.set(key, dyingSlope(slope))
    return known.get(key)
  }
}

function callsIn(e: Expr | undefined, found: Apply[] = [], seen = new Set<Expr>()): readonly Apply[] {
  if (e === undefined || seen.has(e)) return found
  seen.add(e)
  if (e.kind === 'apply') found.push(e)
  for (const c of children(e)) callsIn(c, found, seen)
  return found
}

/** The free indices of an expression that number units: those that a parameter has too, there or in the nodes that are read at them. */
function unitIndices(network: Network): (e: Expr) => ReadonlySet<Index> {
  const known = new Map<string, readonly boolean[]>()
  const ofNode = (n: NetworkNode): readonly boolean[] => {
    const key = n.tensor.key
    if (!known.has(key)) {
      if (n.definition) { const units = unitIndicesIn(n.definition); known.set(key, n.indices.map(i => units.has(i))) } else known.set(key, n.indices.map(() => n.kind === 'param'))
    }
    return known.get(key)!
  }
  const unitIndicesIn = (e: Expr): ReadonlySet<Index> => {
    const units = new Set<Index>()
    const seen = new Set<Expr>()
    const walk = (x: Expr): void => {
      if (seen.has(x)) return
      seen.add(x)
      if (x.kind === 'symbol') {
        const n = network.byTensor.get(x.tensor.key)
        if (n) ofNode(n).forEach((is, a) => { if (is) units.add(x.indices[a]!) })
      }
      for (const c of children(x)) walk(c)
    }
    walk(e)
    return units
  }
  return unitIndicesIn
}
