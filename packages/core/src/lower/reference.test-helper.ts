/** What the tests of programs share: points of networks as inputs, and the evaluator's values as the truth. */
import { floats, makePoint, randomPoint, type Point } from '../evaluate/index.ts'
import { gradients } from '../calculus/index.ts'
import type { Network } from '../network/types.ts'
import { evaluateGradients } from '../views/numeric-gradients.ts'
import { gradientName, type Sizes } from './index.ts'

/** Greatest difference from the truth, relative to the greatest entry, that rounding explains. */
export const close = 1e-9

export interface Case { readonly sizes: Sizes; readonly inputs: Record<string, Float64Array>; readonly truth: ReadonlyMap<string, ArrayLike<number>> }

/** A random point of a network, away from kinks: what programs read, and the loss and gradients that they have to give. */
export function caseOf(network: Network, seed: number, awayFromKinks = 1e-2): Case {
  const drawn = randomPoint(network.nodes, network.dims, { seed, awayFromKinks })
  const point: Point<number> = makePoint({ sizes: drawn.sizes, values: drawn.floats.values, functions: drawn.floats.functions })
  const loss = network.byName.get(network.loss!)!
  const by = network.nodes.filter(n => !n.definition && n.kind !== 'target')
  const leaves = network.nodes.filter(n => !n.definition)
  const inputs = Object.fromEntries(leaves.map(n => [n.name, Float64Array.from({ length: point.values.get(n.tensor.key)!.data.length }, (_, k) => point.values.get(n.tensor.key)!.data[k]!)]))
  const { byKey } = evaluateGradients(network, loss, point, floats, gradients(network, loss, by))
  const truth = new Map<string, ArrayLike<number>>([[loss.name, point.values.get(loss.tensor.key)!.data]])
  for (const n of by) truth.set(gradientName(n.name), byKey.get(n.tensor.key)!.data)
  const dims = Object.fromEntries([...network.dims.keys()].map(name => [name, drawn.sizes.get(name)!]))
  return { sizes: { samples: drawn.sizes.get(network.samples.key.replace(/^1\*/, '')) ?? 1, dims }, inputs, truth }
}

/** What differs by more than the tolerance; undefined when all agrees. */
export function mismatchOf(found: Readonly<Record<string, ArrayLike<number>>>, truth: Case['truth'], tolerance = close): string | undefined {
  for (const [name, wanted] of truth) {
    const given = found[name]
    if (!given || given.length !== wanted.length) return `${name}: ${given?.length ?? 'no'} entries instead of ${wanted.length}`
    const scale = Array.from(wanted).reduce((m, x) => Math.max(m, Math.abs(x)), 1e-2)
    for (let k = 0; k < wanted.length; k++) {
      if (!(Math.abs(given[k]! - wanted[k]!) <= tolerance * scale)) return `${name}[${k}]: ${given[k]!} instead of ${wanted[k]!}`
    }
  }
  return undefined
}
