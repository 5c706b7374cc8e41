/** Looks at steps of a run with sessions of its own, so that the run itself computes the same numbers with it and without. */
import { lower, type Network, type NetworkNode } from '@chainrule/core'
import type { Batch } from '../data/index.ts'
import type { Dense } from '../dense.ts'
import type { Trainer } from '../loop/index.ts'
import { type GeneratorState, resume } from '../random/index.ts'
import { classNumbers, drawnMask, masksOf, type TrainerOptions, type Values, values } from '../runtimes/index.ts'
import { type ActivationOf, activationsOf } from './activations.ts'
import type { Inspector } from './diagnosis.ts'
import { firstWrongIn, type Looked } from './first-wrong.ts'
import { type LayerOf, layersOf, neededFor } from './layers.ts'
import { activationFrom, layerFrom } from './measure.ts'

type Tensors = ReadonlyMap<string, Dense>

/** An inspector of what a trainer with these options trains. Nothing is worked out before the first look. */
export function inspector(o: TrainerOptions, trainer: Pick<Trainer, 'state'>): Inspector {
  const { network } = o
  let made: Inside | undefined
  const inside = (): Inside => (made ??= insideOf(o))
  const look = looks(o)
  const numbersNow = async (): Promise<Tensors> => new Map([...(await trainer.state()).parameters, ...o.constants ?? []])

  return {
    async before(batch, drawn) {
      const { layers, layerNames, activations, bent } = inside()
      const slopeNames = activations.map(a => a.slope.name)
      const numbers = await numbersNow()
      const slopes = slopeNames.length === 0 ? new Map<string, Dense>() : await look.at('slopes', sizes => lower.forwardProgram(bent, sizes, slopeNames), numbers, batch, drawn)
      const gradients = await look.at('layers', sizes => lower.gradientProgram(network, sizes, layerNames), numbers, batch, drawn)
      const gradientBy = (n: NetworkNode): Dense | undefined => gradients.get(lower.gradientName(n.name))
      return async () => {
        const after = await numbersNow()
        return {
          layers: layers.map(l => layerFrom(l.node.name, l.parameters.map(p => ({ name: p.name, gradient: gradientBy(p)!, before: numbers.get(p.name)!, after: after.get(p.name)! })), gradientBy(l.node))),
          activations: activations.map(a => activationFrom(a, slopes.get(a.slope.name)!)),
        }
      }
    },
    async firstWrong(batch, drawn) {
      const { needed, computed, backwards } = inside()
      const numbers = await numbersNow()
      const given = (name: string): Dense | undefined => numbers.get(name) ?? batch.values[name]
      const leaves = needed.filter(n => !n.definition).flatMap((node): Looked[] => { const tensor = given(node.name); return tensor ? [{ kind: node.kind === 'param' ? 'parameter' : 'input', node, tensor }] : [] })
      const leaf = firstWrongIn(network, leaves, given)
      if (leaf) return leaf
      const values = await look.at('values', sizes => lower.forwardProgram(network, sizes, computed.map(n => n.name)), numbers, batch, drawn)
      const value = firstWrongIn(network, computed.map((node): Looked => ({ kind: 'value', node, tensor: values.get(node.name)! })), name => values.get(name) ?? given(name))
      if (value) return value
      const gradients = await look.at('gradients', sizes => lower.gradientProgram(network, sizes, backwards.map(n => n.name)), numbers, batch, drawn)
      return firstWrongIn(network, backwards.flatMap((node): Looked[] => { const tensor = gradients.get(lower.gradientName(node.name)); return tensor ? [{ kind: 'gradient', node, tensor }] : [] }), given)
    },
    close: look.close,
  }
}

/** What there is to look at in a network. */
interface Inside {
  readonly layers: readonly LayerOf[]
  /** Nodes and parameters by which gradients are looked at. */
  readonly layerNames: readonly string[]
  readonly activations: readonly ActivationOf[]
  /** The network with a node for every slope. */
  readonly bent: Network
  /** What the loss is computed from, in order; of it what is computed; and what gradients go through, the last first. */
  readonly needed: readonly NetworkNode[]
  readonly computed: readonly NetworkNode[]
  readonly backwards: readonly NetworkNode[]
}

function insideOf({ network, groups }: TrainerOptions): Inside {
  const loss = lower.lossOf(network)
  const needed = neededFor(network, loss)
  const trained = needed.filter(n => n.kind === 'param' && !groups?.get(n.name)?.frozen)
  const layers = layersOf(network, trained)
  const activations = activationsOf(network).filter(a => needed.includes(a.node))
  const computed = needed.filter(n => n.definition)
  return {
    layers, layerNames: [...new Set(layers.flatMap(l => [l.node, ...l.parameters]).filter(n => n !== loss).map(n => n.name))],
    activations, bent: withNodes(network, activations.map(a => a.slope)),
    needed, computed, backwards: needed.filter(n => (n.definition && n !== loss) || trained.includes(n)).reverse(),
  }
}

/** Programs on batches, with the masks that a step draws from a state. Sessions stay for the next look. */
function looks(o: TrainerOptions) {
  const masks = masksOf(o)
  const made = new Map<string, Values>()
  return {
    async at(what: string, program: (sizes: lower.Sizes) => lower.Program, numbers: Tensors, batch: Batch, drawn: GeneratorState): Promise<Tensors> {
      const by = made.get(what) ?? values({ program, runtime: o.runtime, ...(o.dims && { dims: o.dims }), classes: classNumbers(o.network, o.classes), threads: o.threads ?? 1 })
      made.set(what, by)
      by.use(numbers)
      const random = resume(drawn)
      return by.run(batch, i => drawnMask(i, masks, random))
    },
    close: async (): Promise<void> => { for (const v of made.values()) await v.close() },
  }
}

/** The network with nodes at its end. */
function withNodes(network: Network, more: readonly NetworkNode[]): Network {
  const nodes = [...network.nodes, ...more]
  return { ...network, nodes, byName: new Map(nodes.map(n => [n.name, n])), byTensor: new Map(nodes.map(n => [n.tensor.key, n])) }
}
