/** A network of one's own: the norm of the gradient at every node and parameter, by initialiser and, where functions are open, activation. */
import { lower, type Network, type NetworkNode } from '@chainrule/core'
import { norm } from '@chainrule/train'
import { activationOf } from '../shared/activation.ts'
import { drawn, lossOf, parametersOf } from '../shared/parameters.ts'
import { randomSamples } from '../shared/samples.ts'
import { type NetworkSource, networkOf } from '../lab.ts'
import type { VanishingSettings } from './card.ts'

/** One network. `activation` is absent where the text leaves none open, `depth` where it says how deep it is. */
export interface OwnMeasured {
  readonly activation?: string
  readonly initialiser: string
  readonly depth?: number
  readonly loss: number
  /** In order of computation: ‖∂E/∂node‖ over samples and entries. */
  readonly nodes: readonly { readonly name: string; readonly adjoint: number }[]
  /** ‖∂E/∂parameter‖ */
  readonly parameters: readonly { readonly name: string; readonly gradient: number }[]
}

/** Every depth, activation and initialiser that the text leaves open. */
export function measureOwn(source: NetworkSource, s: VanishingSettings): readonly OwnMeasured[] {
  const asWritten = networkOf(source)
  const depths = asWritten.depth ? [...new Set(s.depth)] : [undefined]
  const activations = asWritten.functions.length > 0 ? [...new Set(s.activations)].map(a => activationOf(a).name) : [undefined]
  return depths.flatMap(depth => activations.flatMap(activation => {
    const functions = activation === undefined ? {} : Object.fromEntries(asWritten.functions.map(f => [f.replace(/\^\[.*\]$/, ''), activation]))
    const network = networkOf(source, { ...(depth === undefined ? {} : { depth }), functions })
    return measureNetwork(network, s).map(m => ({ ...(activation === undefined ? {} : { activation }), ...(depth === undefined ? {} : { depth }), ...m }))
  }))
}

/** Nodes that a reader knows by name and that stand between an input or parameter and the loss. */
const shown = (network: Network): readonly NetworkNode[] => network.nodes.filter(n => n.definition && !n.inner && n.tensor.sample && n.name !== network.loss)

function measureNetwork(network: Network, s: VanishingSettings): Omit<OwnMeasured, 'activation' | 'depth'>[] {
  const loss = lossOf(network)
  const parameters = parametersOf(network)
  const samples = randomSamples(network, s.samples, s.seed)
  const program = lower.gradientProgram(network, { samples: s.samples }, [...shown(network).map(n => n.name), ...parameters.map(p => p.name)])
  const run = lower.compile(program)
  const has = new Set(program.outputs.map(o => o.name))
  return s.initialisers.map(initialiser => {
    const made = run({ ...samples, ...drawn(parameters, s.seed, initialiser) })
    const normOf = (name: string): number => norm(made[lower.gradientName(name)]!)
    return {
      initialiser, loss: made[loss.name]![0]!,
      nodes: shown(network).filter(n => has.has(lower.gradientName(n.name))).map(n => ({ name: n.name, adjoint: normOf(n.name) })),
      parameters: parameters.filter(p => has.has(lower.gradientName(p.name))).map(p => ({ name: p.name, gradient: normOf(p.name) })),
    }
  })
}
