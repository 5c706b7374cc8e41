/** All gradients of one output at once: one pass of shared adjoints, as blocks of the same derivation. */
import { add, contract, entry, type Expr, freshLike, type Index, multiply, type Sym, type Tensor } from '../expression/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { deriveBlocks, type DeriveOptions } from './derive.ts'
import { differentiate } from './differentiate.ts'
import { foldablesOf } from './foldables.ts'
import { graphBetween } from './graph.ts'
import { factsOf, symmetricOf } from './known-facts.ts'
import { splitFor } from './over-data.ts'
import { sampleIndexOf } from './request.ts'
import { mapDerivatives } from './rewrites.ts'
import type { Block, OverData, RewriteContext } from './types.ts'

export interface Gradients {
  readonly of: NetworkNode
  /** The output that the blocks speak of: the loss of one sample, or `of` itself. */
  readonly output: NetworkNode
  readonly overData: OverData | undefined
  /** The sample that the output is of; undefined for an output of all samples together. */
  readonly sample: Index | undefined
  /** Every node is taken at the output's own sample; else the adjoint of a node runs over all samples beside the output's. */
  readonly oneSample: boolean
  readonly context: RewriteContext
  /** One block per node between and per variable, the output's neighbours first. */
  readonly blocks: readonly Block[]
}

/** Blocks for every node between a scalar output and all variables (default: all nodes without a definition). */
export function gradients(network: Network, of: NetworkNode, variables: readonly NetworkNode[] = network.nodes.filter(n => !n.definition), writeOut: DeriveOptions['writeOut'] = 0): Gradients {
  const sample = sampleIndexOf(network)
  const overData = splitFor(of, sample, network.nodes, variables)
  const nodes = overData ? [...network.nodes.filter(n => n !== of), overData.perSample, of] : network.nodes
  const output = overData?.perSample ?? of
  const ofIndices = output.indices.map((i, k) => (k === 0 && output.tensor.sample ? sample : freshLike(i)))
  const context: RewriteContext = {
    graph: graphBetween(nodes, output, ofIndices, variables), foldables: foldablesOf(network.nodes), facts: factsOf(network.nodes), symmetric: symmetricOf(network.nodes), known: new Map(),
    ...(overData ? { overData } : {}),
  }
  return { of, output, overData, sample: output.tensor.sample ? ofIndices[0] : undefined, oneSample: context.graph.sample !== undefined, context, blocks: deriveBlocks(context, variables, { writeOut }) }
}

/** The tensor that holds the adjoint of a node: the output's sample first when the node has none of its own, or another. */
function adjointTensor(by: Tensor, g: Gradients): Tensor {
  const outputs = g.sample !== undefined && !(by.sample && g.oneSample)
  return { key: `adjoint:${by.key}`, name: `∂/∂${by.name}`, axes: outputs ? [g.sample.size, ...by.axes] : by.axes, sample: by.sample || outputs, rank: by.rank }
}

/** The entry of an adjoint tensor for the derivative of the output at the sample `s` by `by`. */
export function adjointEntry(by: Sym, g: Gradients, s: Index | undefined = g.sample): Sym {
  const tensor = adjointTensor(by.tensor, g)
  return entry(tensor, tensor.axes.length > by.indices.length ? [s!, ...by.indices] : by.indices)
}

/** A result with the adjoints of other nodes read from their tensors, ready to be evaluated in order. */
export const withAdjointTensors = (e: Expr, g: Gradients): Expr =>
  mapDerivatives(e, d => (d.direct || d.of.kind !== 'symbol' ? undefined : adjointEntry(d.by, g, d.of.indices[0])))

/** outside * (sum over the samples of) the adjoint of one sample + what does not run over the data; the loss must have been taken apart. */
export function overAllSamples(g: Gradients, byIndices: readonly Index[], node: NetworkNode): { readonly expr: Expr; readonly order: readonly Index[] } {
  const { outside, rest } = g.overData!
  const s = g.sample!
  const at = entry(node.tensor, byIndices)
  const one = adjointEntry(at, g, s)
  const summed = node.tensor.sample ? multiply(outside, one) : contract([s], [outside, one])
  return { expr: add(summed, differentiate(rest, at)), order: byIndices }
}
