/** From a question (which node by which, which order) to its derivation. */
import { contract, delta, derivative, entry, type Expr, freshIndex, freshLike, type Index, multiply, substitute, type Sym, type Tensor } from '../expression/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { deriveBlocks, type DeriveOptions } from './derive.ts'
import { foldablesOf } from './foldables.ts'
import { graphBetween } from './graph.ts'
import { factsOf, symmetricOf } from './known-facts.ts'
import { splitFor } from './over-data.ts'
import { WRITE_OUT_ANSWER } from './rewrites.ts'
import { simplify, takeSteps } from './simplify.ts'
import { withVirtualSoftmaxes } from './virtual-softmax.ts'
import type { Block, Derivation, RewriteContext, Step } from './types.ts'

/** The network's sample index: the first index of any node that has the sample axis. */
export function sampleIndexOf(network: Network): Index {
  for (const n of network.nodes) if (n.tensor.sample && n.indices[0]) return n.indices[0]
  return freshIndex('i', network.samples, true)
}

/** d of / d by with all entries free. */
export function deriveAll(network: Network, given: readonly NetworkNode[], of: NetworkNode, by: NetworkNode, options: DeriveOptions = {}, frontier: readonly NetworkNode[] = []): Derivation {
  return deriveTogether(network, given, of, [by], options, frontier)[0]!
}

/**
 * The derivatives of one output by several variables. The blocks of the nodes between are shared:
 * they stand in the first derivation, the others hold what is their own.
 */
export function deriveTogether(network: Network, given: readonly NetworkNode[], of: NetworkNode, variables: readonly NetworkNode[], options: DeriveOptions = {}, frontier: readonly NetworkNode[] = []): Derivation[] {
  const nodes = withVirtualSoftmaxes(given)
  const sample = sampleIndexOf(network)
  const overData = splitFor(of, sample, nodes, variables)
  const all = overData ? [...nodes.filter(n => n !== of), overData.perSample, of] : nodes
  const output = overData?.perSample ?? of
  const ofIndices = output.indices.map((i, k) => (k === 0 && output.tensor.sample ? sample : freshLike(i)))
  const context: RewriteContext = {
    graph: graphBetween(all, output, ofIndices, variables, frontier), foldables: foldablesOf(nodes), facts: factsOf(nodes), symmetric: symmetricOf(nodes), known: new Map(),
    ...(overData ? { overData } : {}),
  }
  const made = deriveBlocks(context, variables.filter(v => v !== of), options)
  const own = (by: NetworkNode): Block | undefined => made.find(b => b.by === by)
  const shared = made.filter(b => !variables.includes(b.by))
  return variables.map((by, k) => {
    const one = own(by)
    const blocks = [...(k === 0 ? shared : []), ...(one ? [one] : []), ...(overData && one ? [totalBlock(context, of, by, one)] : [])]
    const done = blocks.at(-1)
    const by0 = one ? bySym(one) : entry(by.tensor, by.indices.map(freshLike))
    return {
      nodes: all, of, by, sample: context.graph.sample, overData, blocks, context,
      ofIndices: overData ? [] : ofIndices, byIndices: by0.indices,
      free: [...(overData ? [] : ofIndices), ...by0.indices.filter(i => !ofIndices.includes(i) || overData !== undefined)],
      asked: derivative(entry(of.tensor, overData ? [] : ofIndices), by0),
      result: one && done ? done.result : identity(entry(of.tensor, ofIndices), by0),
    }
  })
}

const bySym = (b: Block): Sym => { if (b.left.kind !== 'derivative') throw new TypeError('a block derives a derivative'); return b.left.by }

function identity(of: Sym, by: Sym): Expr {
  return multiply(...of.indices.map((i, k) => delta(i, by.indices[k]!)))
}

/** d loss / d by = outside * sum over the samples of d loss_i / d by, plus what does not sum over the data. */
function totalBlock(context: RewriteContext, loss: NetworkNode, by: NetworkNode, one: Block): Block {
  const at = bySym(one)
  const left = derivative(entry(loss.tensor, []), at)
  const answer: RewriteContext = { ...context, known: new Map([[by.tensor.key, { by: at, result: one.result, long: false }]]) }
  const steps: Step[] = takeSteps(['all-samples'], left, context)
  context.known.set(by.tensor.key, { by: at, result: one.result, long: false })
  steps.push(...takeSteps(['known'], steps.at(-1)?.after ?? left, answer))
  return { by, kind: 'total', left, free: at.indices, steps, result: steps.at(-1)?.after ?? left, locals: [] }
}

/** The first derivative as a node of its own, so that it can be differentiated again. */
export function gradientNode(first: Derivation): NetworkNode {
  const indices = first.free
  const sample = indices[0]?.sample === true && indices.filter(i => i.sample).length === 1
  const tensor: Tensor = {
    key: `d${first.of.tensor.key}/d${first.by.tensor.key}`, name: `∂${first.of.name}/∂${first.by.name}`,
    axes: indices.map(i => i.size), sample, rank: first.of.tensor.rank + 1,
  }
  return { name: tensor.name, kind: 'node', tensor, indices, definition: first.result, facts: [], inner: true }
}

/** Second derivatives: d/d second of (d of / d first). */
export function deriveSecond(network: Network, of: NetworkNode, first: NetworkNode, second: NetworkNode, options: DeriveOptions = {}): { first: Derivation; second: Derivation } {
  const one = deriveAll(network, network.nodes, of, first, { ...options, writeOut: WRITE_OUT_ANSWER })
  const node = gradientNode(one)
  return { first: one, second: deriveAll(network, [...one.nodes.filter(n => !n.name.endsWith('#one')), node], node, second, options) }
}

/** The scalar sum of u * of, whose gradient is the vector-Jacobian product u^T (d of / d by). */
export function weighted(of: NetworkNode, name = 'u'): { weight: NetworkNode; node: NetworkNode } {
  const tensor: Tensor = { key: `weight:${name}`, name, axes: of.tensor.axes, sample: of.tensor.sample, rank: of.tensor.rank + 1 }
  const weight: NetworkNode = { name, kind: 'given', tensor, indices: of.indices, facts: [], inner: false }
  const kept = of.tensor.sample ? of.indices.slice(0, 1) : []
  const definition = contract(of.indices.slice(kept.length), [entry(tensor, of.indices), entry(of.tensor, of.indices)])
  const node: NetworkNode = {
    name: `${name}·${of.name}`, kind: 'node', indices: kept, definition, facts: [], inner: true,
    tensor: { key: `${name}.${of.tensor.key}`, name: `⟨${name}, ${of.name}⟩`, axes: kept.map(i => i.size), sample: of.tensor.sample, rank: of.tensor.rank + 2 },
  }
  return { weight, node }
}


/** A tensor like the variable, that a Jacobian-vector product multiplies. */
export function directionLike(by: NetworkNode, name: string): NetworkNode {
  const tensor: Tensor = { key: `direction:${name}`, name, axes: by.tensor.axes, sample: by.tensor.sample, rank: by.tensor.rank - 0.5 }
  return { name, kind: 'given', tensor, indices: by.indices, facts: [], inner: false }
}

/** One more block that goes on from the answer: `left` holds the derivative that was asked for. */
function goOn(d: Derivation, left: Expr): { block: Block; context: RewriteContext } {
  if (d.asked.kind !== 'derivative' || d.asked.of.kind !== 'symbol') throw new TypeError('only a derivative can be gone on from')
  const context: RewriteContext = { ...d.context, answer: { of: d.asked.of, by: d.asked.by, result: d.result } }
  const steps = takeSteps(['answer'], left, context)
  steps.push(...simplify(steps.at(-1)?.after ?? left, context))
  return { context, block: { by: d.by, kind: 'product', left, free: left.free, steps, result: steps.at(-1)?.after ?? left, locals: [] } }
}

/** The Jacobian-vector product (d of / d by) v, one more block after those of the Jacobian. */
export function timesDirection(d: Derivation, direction: NetworkNode): Derivation {
  const left = contract(d.byIndices.filter(i => i !== d.sample), [d.asked, entry(direction.tensor, d.byIndices)])
  const { block, context } = goOn(d, left)
  const kept = d.sample ? d.byIndices.filter(i => i === d.sample) : []
  return { ...d, nodes: [direction, ...d.nodes], blocks: [...d.blocks, block], context, asked: left, result: block.result, byIndices: kept, free: left.free }
}

/** The derivative at given positions: d s_1 / d x_2 from d s_i / d x_j. */
export function atEntry(d: Derivation, positions: ReadonlyMap<Index, Index>): Derivation {
  const left = substitute(d.asked, positions)
  const { block, context } = goOn(d, left)
  const kept = (list: readonly Index[]): Index[] => list.filter(i => !positions.has(i))
  return { ...d, blocks: [...d.blocks, block], context, asked: left, result: block.result, ofIndices: kept(d.ofIndices), byIndices: kept(d.byIndices), free: left.free }
}
