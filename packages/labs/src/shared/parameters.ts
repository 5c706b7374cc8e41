/** A network's parameters with shapes and roles, and first numbers for them. */
import { evaluateS, type Network, type NetworkNode, toNumber } from '@chainrule/core'
import { initialise, type Parameter, roleOf } from '@chainrule/train'
import { noLoss, noParameters, noSize } from '../messages.ts'

/** Numbers by parameter name, row by row. */
export type Numbers = Readonly<Record<string, Float64Array>>

/** The shape of a node without the sample axis. Throws a ChainError for a size without a number. */
export function shapeOf(network: Network, node: NetworkNode): readonly number[] {
  return node.tensor.axes.slice(node.tensor.sample ? 1 : 0).map(axis => {
    const value = evaluateS(axis, name => network.dims.get(name))
    if (!value) throw noSize([...network.dims].flatMap(([name, n]) => (n === undefined ? [name] : [])))
    return toNumber(value)
  })
}

/** All parameters. Throws a ChainError when there are none. */
export function parametersOf(network: Network): readonly Parameter[] {
  const nodes = network.nodes.filter(n => n.kind === 'param')
  if (nodes.length === 0) throw noParameters(network.path)
  return nodes.map(node => ({ name: node.name, shape: shapeOf(network, node), role: roleOf(network, node) }))
}

/** The loss. Throws a ChainError when the network declares none. */
export function lossOf(network: Network): NetworkNode {
  const loss = network.loss === undefined ? undefined : network.byName.get(network.loss)
  if (!loss) throw noLoss(network.path)
  return loss
}

/** First numbers: weights by this initialiser, biases 0, scales 1. */
export const drawn = (parameters: readonly Parameter[], seed: number, weights: string): Numbers =>
  Object.fromEntries([...initialise(parameters, seed, parameters.some(p => p.role.kind === 'weight') ? [{ parameters: 'weight', initialiser: weights }] : [])].map(([name, t]) => [name, t.data]))
