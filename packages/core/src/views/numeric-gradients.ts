/** Every value and every gradient of a network at a point, from the same blocks that a derivation prints. */
import { adjointEntry, type Gradients, gradients, overAllSamples, withAdjointTensors } from '../calculus/index.ts'
import { type Dense, evaluate, evaluateNodes, type Field, type Point } from '../evaluate/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'

/** The output whose gradients are shown: the loss, else the last scalar node. */
export function scalarOutput(network: Network): NetworkNode | undefined {
  if (network.loss !== undefined) return network.byName.get(network.loss)
  return [...network.nodes].reverse().find(n => n.definition && !n.inner && n.tensor.axes.length === (n.tensor.sample ? 1 : 0))
}

export interface NumericGradients<T> {
  readonly of: NetworkNode
  readonly gradients: Gradients
  /** d of / d node by tensor key, over the axes of the node; the sample of `of` comes first when `of` has one that is not the node's own. */
  readonly byKey: ReadonlyMap<string, Dense<T>>
}

/** Forward values into the point, then the adjoints in reverse order. */
export function evaluateGradients<T>(network: Network, of: NetworkNode, point: Point<T>, field: Field<T>, ready: Gradients = gradients(network, of)): NumericGradients<T> {
  evaluateNodes(ready.overData ? [...network.nodes.filter(n => n !== of), ready.overData.perSample, of] : network.nodes, point, field)
  const byKey = new Map<string, Dense<T>>()
  for (const block of ready.blocks) {
    if (block.left.kind !== 'derivative') continue
    const by = block.left.by
    const own = adjointEntry(by, ready)
    point.values.set(own.tensor.key, evaluate(withAdjointTensors(block.result, ready), point, field, own.indices))
    const total = ready.overData ? overAllSamples(ready, by.indices, block.by) : undefined
    byKey.set(block.by.tensor.key, total ? evaluate(total.expr, point, field, total.order) : point.values.get(own.tensor.key)!)
  }
  return { of, gradients: ready, byKey }
}
