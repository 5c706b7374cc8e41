/** The counts of a network as plain data: what `--json` prints. A size that is no number is its formula as text. */
import { addS, printSize, type Size, size } from '../shape/index.ts'
import { bytes, type CountedLayer, type Cost, countNetwork, flops, layerTree, type NetworkCounts, totalOf, trainingMacs } from '../network/counts/index.ts'
import type { Network } from '../network/types.ts'

export type Count = number | string

export interface SummaryRow {
  readonly name: string
  readonly operation: string
  readonly output: readonly Count[]
  readonly weights: Count
  readonly biases: Count
  readonly parameters: Count
  readonly macs: Count
  readonly elementwise: Count
  /** One number where all axes have the same; null where windows say nothing. */
  readonly receptiveField: Count | readonly Count[] | null
  readonly layers?: readonly SummaryRow[]
}

export interface SummaryTotal {
  readonly weights: Count
  readonly biases: Count
  readonly parameters: Count
  readonly macs: Count
  readonly flops: Count
  readonly trainingMacs: Count
  readonly elementwise: Count
  /** Values of all layer outputs for one sample, and their bytes as float32. */
  readonly activations: Count
  readonly activationBytes: Count
  readonly receptiveField: Count | readonly Count[] | null
}

export interface Counted { readonly counts: NetworkCounts; readonly layers: readonly CountedLayer[] }

/** The counts of a network with its rows. */
export function counted(network: Network, dims?: ReadonlyMap<string, number>): Counted {
  const counts = countNetwork(network, dims)
  return { counts, layers: layerTree(network, counts) }
}

/** The number, or the formula as text. */
export const plain = (s: Size): Count => s.value ?? printSize(s)

/** One row, with the rows inside it down to `depth` levels. */
export function rowData(layer: CountedLayer, depth: number, batch: Size | undefined): SummaryRow {
  const { output, children } = layer
  return {
    name: layer.name, operation: layer.operation,
    output: output ? [...(batch ? [batch] : []), ...output.shape].map(plain) : [],
    weights: plain(layer.weights), biases: plain(layer.biases), parameters: plain(addS(layer.weights, layer.biases)),
    macs: plain(layer.macs), elementwise: plain(layer.elementwise), receptiveField: fieldData(output?.receptiveField),
    ...(depth > 1 && children.length > 0 ? { layers: children.map(c => rowData(c, depth - 1, batch)) } : {}),
  }
}

/** The sums over all rows, for one sample. */
export function totalData({ counts, layers }: Counted): SummaryTotal {
  const total = totalOf(layers)
  const cost: Cost = counts.cost
  const values = storedValues(counts)
  // the last feature map: channels and places; vectors behind it see everything
  const map = counts.nodes.filter(n => n.node.tensor.sample && n.shape.length > 1).at(-1)
  return {
    weights: plain(total.weights), biases: plain(total.biases), parameters: plain(addS(total.weights, total.biases)),
    macs: plain(cost.macs), flops: plain(flops(cost.macs)), trainingMacs: plain(trainingMacs(cost)), elementwise: plain(cost.elementwise),
    activations: plain(values), activationBytes: plain(bytes(values)), receptiveField: fieldData(map?.receptiveField),
  }
}

/** The values of layer outputs and equations, each node once. */
function storedValues(counts: NetworkCounts): Size {
  return counts.nodes
    .filter(({ node }) => !node.inner || node.layer?.output === node.name)
    .reduce((sum, n) => addS(sum, n.values), size(0))
}

function fieldData(extents: readonly Size[] | undefined): Count | readonly Count[] | null {
  if (!extents || extents.length === 0) return null
  const list = extents.map(plain)
  return new Set(list).size === 1 ? list[0]! : list
}

