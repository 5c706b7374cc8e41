/** The first numbers of the parameters. */
import { lower, type Network } from '@chainrule/core'
import { type Dense, volume } from '../dense.ts'
import { entriesOf, sizeAt } from '../fit/wanted.ts'
import { initialise, type InitialiserChoice, type Parameter, roleOf } from '../init/index.ts'
import { startLacks, startShape } from './messages.ts'

/** The parameters with their shapes and roles. */
export const parametersAt = (network: Network, dims: ReadonlyMap<string, number>): readonly Parameter[] =>
  lower.parametersOf(network).map(p => ({ name: p.name, shape: p.tensor.axes.map(a => sizeAt(a, dims)!), role: roleOf(network, p, dims) }))

/** How many numbers are learnt. */
export const countOf = (parameters: readonly Parameter[]): number => parameters.reduce((n, p) => n + volume(p.shape), 0)

/**
 * Where training starts: from `start` where it is given, else from the numbers that the text gives to a parameter, else drawn. An
 * initialiser that names a parameter goes before its text. Throws a ChainError for numbers of another shape.
 */
export function firstParameters(network: Network, parameters: readonly Parameter[], seed: number, choices: readonly InitialiserChoice[] = [], start?: ReadonlyMap<string, Dense>): Map<string, Dense<Float64Array>> {
  const drawn = initialise(parameters, seed, choices)
  return new Map(parameters.map(p => {
    const given = start?.get(p.name)
    if (start && !given) throw startLacks(p.name, [...start.keys()])
    if (given) {
      if (given.shape.join() !== p.shape.join()) throw startShape(p.name, given.shape, p.shape)
      return [p.name, { shape: p.shape, data: Float64Array.from(given.data) }]
    }
    const { value } = network.byName.get(p.name)!
    const named = choices.some(c => c.parameters === p.name)
    return [p.name, value === undefined || named ? drawn.get(p.name)! : { shape: p.shape, data: entriesOf(p.name, value, p.shape) }]
  }))
}
