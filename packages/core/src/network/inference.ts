/**
 * A network as it is used once it is trained. In a training step two things belong to the batch: statistics over its samples, such as
 * the mean and variance of batch norm, and masks that are drawn, such as those of dropout. In use, the statistics are given, as
 * averages over many batches, and every mask is its mean, so that the value of one sample depends on no other.
 */
import { children, type Expr, mapChildren, number, type Tensor } from '../expression/index.ts'
import { findOperation } from '../operations/index.ts'
import { fromNumber } from '../shape/index.ts'
import { maskNotAnInput, openShare, twoShares } from './messages.ts'
import { operationCallee } from './signatures.ts'
import type { Network, NetworkNode } from './types.ts'

/** The tensors that an expression mentions. */
function tensorsIn(e: Expr): ReadonlyMap<string, Tensor> {
  const found = new Map<string, Tensor>()
  const seen = new Set<Expr>()
  const visit = (x: Expr): void => {
    if (seen.has(x)) return
    seen.add(x)
    if (x.kind === 'symbol') found.set(x.tensor.key, x.tensor)
    children(x).forEach(visit)
  }
  visit(e)
  return found
}

/**
 * Nodes that are one number for all samples, computed from the samples of a batch, and read again by each sample:
 * mu_c = 1/m sum_j x_c^(j). A loss is none, since no sample reads it.
 */
export function batchStatistics(network: Network): NetworkNode[] {
  const reads = new Map(network.nodes.flatMap(n => (n.definition ? [[n.tensor.key, tensorsIn(n.definition)] as const] : [])))
  const readBySamples = new Set<string>()
  for (const n of [...network.nodes].reverse()) if (n.tensor.sample || readBySamples.has(n.tensor.key)) for (const key of reads.get(n.tensor.key)?.keys() ?? []) readBySamples.add(key)
  return network.nodes.filter(n => !n.tensor.sample && readBySamples.has(n.tensor.key) && [...reads.get(n.tensor.key)?.values() ?? []].some(t => t.sample))
}

/** Inputs that are masks, each with its share of zeros. Throws a ChainError for masks that are no inputs, and for shares that differ or are no numbers. */
export function dropoutMasks(network: Network): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const { operation } of network.nodes) {
    const record = operation && findOperation(operation.name)
    if (record?.kind !== 'tensor' || !record.masks) continue
    const names = operationCallee(record).header.parameters.filter(p => p.axes).map(p => p.name.text)
    for (const [argument, attribute] of Object.entries(record.masks)) {
      const name = operation!.args[names.indexOf(argument)]!
      const share = operation!.attributes[attribute]
      if (typeof share !== 'number') throw openShare(name)
      if (network.byName.get(name)?.kind !== 'input') throw maskNotAnInput(name)
      if ((found.get(name) ?? share) !== share) throw twoShares(name, found.get(name)!, share)
      found.set(name, share)
    }
  }
  return found
}

/**
 * The network with its batch statistics given (or, with `statistics: 'batch'`, still computed) and its masks replaced by their means.
 * A network that has neither is returned as it is.
 */
export function inferenceNetwork(network: Network, { statistics: kind = 'given' }: { readonly statistics?: 'given' | 'batch' } = {}): Network {
  const statistics = new Set((kind === 'given' ? batchStatistics(network) : []).map(n => n.tensor.key))
  const masks = new Map([...dropoutMasks(network)].map(([name, share]) => [network.byName.get(name)!.tensor.key, number(fromNumber(1 - share))]))
  if (statistics.size === 0 && masks.size === 0) return network
  const memo = new Map<Expr, Expr>()
  const withoutMasks = (e: Expr): Expr => {
    const known = memo.get(e)
    if (known) return known
    const made = (e.kind === 'symbol' ? masks.get(e.tensor.key) : undefined) ?? mapChildren(e, withoutMasks)
    memo.set(e, made)
    return made
  }
  const nodes = network.nodes.filter(n => !masks.has(n.tensor.key)).map((n): NetworkNode => {
    if (!n.definition) return n
    if (statistics.has(n.tensor.key)) { const { definition: _, ...rest } = n; return { ...rest, kind: 'given' } }
    return masks.size === 0 ? n : { ...n, definition: withoutMasks(n.definition) }
  })
  return { ...network, nodes, byName: new Map(nodes.map(n => [n.name, n])), byTensor: new Map(nodes.map(n => [n.tensor.key, n])) }
}
