/** The counts of a network as plain data: what `--json` prints. A size that is no number is its formula as text. */
import { factorSize } from '../shape/factor.ts'
import { addS, printSize, type Size, size } from '../shape/index.ts'
import { bytes, type CountedLayer, countNetwork, flops, layerTree, namedOutputs, type NetworkCounts, totalOf, trainingMacs } from '../network/counts/index.ts'
import type { Network } from '../network/types.ts'

/** The counts of one row or of the whole network, by name. */
export interface Figures<T> {
  readonly weights: T
  readonly biases: T
  readonly parameters: T
  readonly macs: T
  /** Additions, products, comparisons and function values that are no MACs. */
  readonly elementwise: T
}

/** Totals for one sample. */
export interface Totals<T> extends Figures<T> {
  readonly flops: T
  /** MACs of a forward and a backward pass. */
  readonly trainingMacs: T
  /** Values of all layer outputs and equations, and their bytes as float32. */
  readonly activations: T
  readonly activationBytes: T
}

/** A number, or a formula as text. */
export type Count = number | string

interface Described {
  /** One number where all axes have the same; null where windows say nothing. In the totals: of the last feature map. */
  readonly receptiveField: Count | readonly Count[] | null
}

export interface SummaryRow extends Figures<Count>, Described {
  readonly name: string
  readonly operation: string
  readonly output: readonly Count[]
  readonly layers?: readonly SummaryRow[]
}

export interface SummaryTotal extends Totals<Count>, Described {}

/** A network counted, with its rows. */
export interface Counted {
  readonly layers: readonly CountedLayer[]
  /** Absent where the number of layers is a symbol. */
  readonly totals: Totals<Size> | undefined
  /** The symbol of the number of layers, where it is one. */
  readonly depth: string | undefined
  readonly receptiveField: readonly Size[] | undefined
  /** Sizes of axes that are formulas of several terms: counts are written as products of them. */
  readonly formulas: readonly Size[]
}

/** The counts of a network. */
export function counted(network: Network): Counted {
  const counts = countNetwork(network)
  const layers = layerTree(network, counts)
  const values = namedOutputs(counts).reduce((sum, n) => addS(sum, n.values), size(0))
  const totals: Totals<Size> = {
    ...figures(totalOf(layers)), flops: flops(counts.cost.macs), trainingMacs: trainingMacs(counts.cost), activations: values, activationBytes: bytes(values),
  }
  const formulas = [...new Set(counts.nodes.flatMap(n => n.shape))].filter(s => s.monomials.length > 1).slice(0, 40)
  return { layers, totals: network.depth ? undefined : totals, depth: network.depth?.symbol, receptiveField: lastMap(counts), formulas }
}

/** The receptive field of the last feature map, channels and places; vectors behind it see everything. */
const lastMap = (counts: NetworkCounts): readonly Size[] | undefined =>
  counts.nodes.filter(n => n.node.tensor.sample && n.shape.length > 1).at(-1)?.receptiveField

/** The figures of a row. */
export const figures = ({ weights, biases, macs, elementwise }: Omit<Figures<Size>, 'parameters'>): Figures<Size> =>
  ({ weights, biases, parameters: addS(weights, biases), macs, elementwise })

/** The number, or the formula as text: `M N (J - M + 1)`. */
export function plain(s: Size, formulas: readonly Size[] = []): Count {
  if (s.value !== undefined) return s.value
  const factors = factorSize(s, formulas)
  return factors.length === 1 ? printSize(s) : factors.map(f => (f.monomials.length > 1 ? `(${printSize(f)})` : printSize(f))).join(' ')
}

const plainFigures = <K extends string>(sizes: Readonly<Record<K, Size>>, formulas: readonly Size[]): Record<K, Count> =>
  Object.fromEntries(Object.entries<Size>(sizes).map(([k, s]) => [k, plain(s, formulas)])) as Record<K, Count>

/** The shape of a layer's output, behind the number of samples when one is asked for. */
export const outputShape = ({ output }: CountedLayer, batch: Size | undefined): readonly Size[] => (output ? [...(batch ? [batch] : []), ...output.shape] : [])

/** One row, with the rows inside it down to so many levels. */
export function rowData(layer: CountedLayer, levels: number, batch: Size | undefined, formulas: readonly Size[]): SummaryRow {
  const { children } = layer
  return {
    name: layer.name, operation: layer.operation, output: outputShape(layer, batch).map(s => plain(s)),
    ...plainFigures({ ...figures(layer) }, formulas), receptiveField: fieldData(layer.output?.receptiveField),
    ...(levels > 1 && children.length > 0 ? { layers: children.map(c => rowData(c, levels - 1, batch, formulas)) } : {}),
  }
}

/** The totals for one sample; null where the number of layers is a symbol. */
export const totalData = ({ totals, receptiveField, formulas }: Counted): SummaryTotal | null => (totals === undefined ? null
  : { ...plainFigures({ ...totals }, formulas), receptiveField: fieldData(receptiveField) })

/** The extents that differ: one where all axes have the same. */
export const distinctExtents = (extents: readonly Size[] | undefined): readonly Size[] =>
  (extents && new Set(extents).size === 1 ? extents.slice(0, 1) : extents ?? [])

function fieldData(extents: readonly Size[] | undefined): Count | readonly Count[] | null {
  const list = distinctExtents(extents).map(s => plain(s))
  return list.length === 0 ? null : list.length === 1 ? list[0]! : list
}
