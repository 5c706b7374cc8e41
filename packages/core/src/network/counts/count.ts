/** The counts of a whole network: what each node costs, learns and sees. */
import { mulS, rational, scaleS, type Size, addS, size } from '../../shape/index.ts'
import type { Network, NetworkNode } from '../types.ts'
import { addCost, type Cost, nothing } from './merge.ts'
import { expressionCost } from './cost.ts'
import { modelNodes, tensorFacts } from './graph.ts'
import { type ParameterCount, parameterCounts } from './parameters.ts'
import { receptiveFields } from './receptive-field.ts'
import { axesOf, product, type Resolve, resolver } from './sizes.ts'

/** What one node of the model costs for one sample. */
export interface NodeCount extends Cost {
  readonly node: NetworkNode
  readonly shape: readonly Size[]
  /** Number of values of the node's tensor for one sample. */
  readonly values: Size
  /** One extent per input axis that windows slide over. */
  readonly receptiveField: readonly Size[] | undefined
}

export interface NetworkCounts {
  readonly resolve: Resolve
  /** In order of computation, without the loss and what belongs to it. */
  readonly nodes: readonly NodeCount[]
  readonly byName: ReadonlyMap<string, NodeCount>
  readonly parameters: ReadonlyMap<string, ParameterCount>
  readonly cost: Cost
}

/**
 * Counts a network. A MAC is one multiply-add of a product that is summed over an index (convolution, dense layer,
 * attention product); everything else is elementwise work. The loss is not counted.
 */
export function countNetwork(network: Network, dims?: ReadonlyMap<string, number>): NetworkCounts {
  const resolve = resolver(network, dims)
  const context = { resolve, ...tensorFacts(network) }
  const fields = receptiveFields(network, resolve)
  const nodes = modelNodes(network).map((node): NodeCount => {
    const shape = axesOf(node.tensor, resolve)
    return { node, shape, values: product(shape), receptiveField: fields.get(node.name), ...expressionCost(node.definition!, context) }
  })
  return {
    resolve, nodes, byName: new Map(nodes.map(n => [n.node.name, n])),
    parameters: parameterCounts(network, resolve), cost: nodes.reduce<Cost>(addCost, nothing),
  }
}

/** FLOPs = 2 x MACs. */
export const flops = (macs: Size): Size => scaleS(macs, rational(2))

/** MACs of a forward and a backward pass: 3 x forward, less the gradients that no parameter needs. */
export const trainingMacs = (cost: Cost): Size => addS(cost.macs, cost.backwardMacs)

/** Bytes of so many float32 values. */
export const bytes = (values: Size): Size => mulS(size(4), values)
