/** Parameters that come from elsewhere, such as a file of PyTorch's: to start from, or as a model that was never trained here. */
import { batchStatistics, lower, type Network } from '@chainrule/core'
import { torchName } from '../checkpoint/index.ts'
import type { Dense } from '../dense.ts'
import type { Model } from './model.ts'
import type { TrainOptions } from './options.ts'
import { firstParameters } from './parameters.ts'
import { settle } from './plan.ts'

/** What a network finds of its own among tensors, whose names are the network's or PyTorch's. */
export function startFrom(network: Network, tensors: ReadonlyMap<string, Dense>): NonNullable<TrainOptions['start']> {
  const found = (names: readonly string[]): Map<string, Dense> => new Map(names.flatMap(n => { const t = tensors.get(n) ?? tensors.get(torchName(n)); return t ? [[n, t] as const] : [] }))
  const parameters = found(lower.parametersOf(network).map(p => p.name))
  const statistics = found(batchStatistics(network).map(n => n.name))
  // a message about a parameter that is missing names what the file has
  return { parameters: parameters.size === lower.parametersOf(network).length ? parameters : new Map([...tensors, ...parameters]), ...(statistics.size > 0 ? { statistics } : {}) }
}

/** A model of a network with these tensors for its parameters. Throws a ChainError where one is missing or has another shape, or where the data do not fit. */
export async function modelWith(network: Network, tensors: ReadonlyMap<string, Dense>, o: TrainOptions): Promise<Model> {
  const { frame, parameters } = await settle(network, o)
  const { parameters: given, statistics = new Map() } = startFrom(network, tensors)
  return { ...frame, parameters: firstParameters(network, parameters, 1, [], given), statistics }
}
