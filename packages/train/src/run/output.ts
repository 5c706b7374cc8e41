/** What a network says: the node that the loss holds against the target, and how a class is read from it. */
import { children, type Expr, lower, type Network, type NetworkNode, type Tensor } from '@chainrule/core'
import { javascript } from '../runtimes/index.ts'
import { noOutput, noSuchOutput } from './messages.ts'

function tensorsIn(e: Expr, seen = new Map<Expr, true>(), found = new Map<string, Tensor>()): ReadonlyMap<string, Tensor> {
  if (seen.has(e)) return found
  seen.set(e, true)
  if (e.kind === 'symbol') found.set(e.tensor.key, e.tensor)
  for (const c of children(e)) tensorsIn(c, seen, found)
  return found
}

/** Nodes that depend on a target, the loss included. */
export function dependOnTargets(network: Network): ReadonlySet<string> {
  const keys = new Set(network.nodes.filter(n => n.kind === 'target').map(n => n.tensor.key))
  for (const n of network.nodes) if (n.definition && [...tensorsIn(n.definition).keys()].some(k => keys.has(k))) keys.add(n.tensor.key)
  return keys
}

const axesText = (n: NetworkNode): string => n.tensor.axes.map(a => a.key).join(' x ')

/**
 * The output that belongs to a target: the last node with its shape that knows no target and that is read together with one.
 * Undefined where there is none, as for (w . x - t)^2, whose w . x has no name.
 */
export function outputFor(network: Network, target: NetworkNode): NetworkNode | undefined {
  const below = dependOnTargets(network)
  const read = new Set(network.nodes.filter(n => n.definition && below.has(n.tensor.key)).flatMap(n => [...tensorsIn(n.definition!).keys()]))
  return network.nodes.filter(n => n.definition && n.tensor.sample && !below.has(n.tensor.key) && read.has(n.tensor.key) && axesText(n) === axesText(target)).at(-1)
}

/** The output and its target: the node that is asked for, else what belongs to the first target that has one. Throws a ChainError for a name that does not exist. */
export function outputOf(network: Network, asked?: string): { readonly output: NetworkNode | undefined; readonly target: NetworkNode | undefined } {
  const targets = network.nodes.filter(n => n.kind === 'target')
  if (asked !== undefined) {
    const output = network.byName.get(asked)
    if (!output?.definition || !output.tensor.sample) throw noSuchOutput(asked, network.nodes.filter(n => n.definition && n.tensor.sample && !n.inner).map(n => n.name))
    return { output, target: targets.find(t => axesText(t) === axesText(output)) ?? targets[0] }
  }
  for (const target of targets) { const output = outputFor(network, target); if (output) return { output, target } }
  // a network without targets says its last node
  return { output: targets.length > 0 ? undefined : network.nodes.filter(n => n.definition && n.tensor.sample && !n.inner).at(-1), target: targets[0] }
}

/** The output that predictions are made of. Throws a ChainError where there is none. */
export function needOutput(network: Network, asked?: string): NetworkNode {
  const { output } = outputOf(network, asked)
  if (!output) throw noOutput(network.nodes.filter(n => n.definition && n.tensor.sample && !n.inner).map(n => n.name))
  return output
}

/**
 * Where a single output changes from class 0 to class 1: where the loss is the same for both. It is 0 when at 1/4 the loss of class 1 is
 * the smaller one, as for the logits of a binary cross-entropy, and 1/2 otherwise, as for probabilities and squared errors.
 */
export async function thresholdOf(network: Network, output: NetworkNode, target: NetworkNode, dims: Readonly<Record<string, number>>): Promise<number> {
  const loss = network.loss === undefined ? undefined : network.byName.get(network.loss)
  if (!loss || network.depth) return 0.5
  const cut: Network = withoutDefinition(network, output)
  try {
    const session = await javascript.open(lower.forwardProgram(cut, { samples: 1, dims }, [loss.name]))
    const lossAt = async (t: number): Promise<number> => {
      const feeds = Object.fromEntries(session.inputs.map(i => [i.name, new Float64Array(lower.volume(i.shape)).fill(i.name === output.name ? 0.25 : i.name === target.name ? t : 1)]))
      return Number((await session.run(feeds))[loss.name]![0])
    }
    return await lossAt(1) < await lossAt(0) ? 0 : 0.5
  } catch { return 0.5 }
}

/** The network with one of its nodes given instead of computed. */
function withoutDefinition(network: Network, node: NetworkNode): Network {
  const { definition: _, ...rest } = node
  const nodes = network.nodes.map(n => (n === node ? { ...rest, kind: 'input' as const } : n))
  return { ...network, nodes, byName: new Map(nodes.map(n => [n.name, n])), byTensor: new Map(nodes.map(n => [n.tensor.key, n])) }
}
