/**
 * Names of parameters as PyTorch has them. Layouts are the same, so nothing is transposed: `dense` and `linear` keep [outputs, inputs],
 * `conv` [filters, channels, height, width], normalisation [channels], `embedding` [vocabulary, width].
 */
import type { Dense } from '../dense.ts'
import { missingParameter, wrongShape } from './messages.ts'

/** The last part of a name here and in PyTorch. */
const last: readonly (readonly [string, string])[] = [['W', 'weight'], ['b', 'bias'], ['gamma', 'weight'], ['beta', 'bias'], ['mu', 'running_mean'], ['v', 'running_var']]

/** `c1.W` is `c1.weight` in PyTorch, `W^(1)` and `W^[1]` are `1.weight`; other names stay. */
export function torchName(name: string): string {
  const labelled = /^(\w+)\^[([](\w+)[)\]]$/.exec(name)
  const [scope, own] = labelled ? [`${labelled[2]}.`, labelled[1]!] : /^(.*\.)?([^.]*)$/.exec(name)!.slice(1).map(x => x ?? '')
  const found = last.find(([here]) => here === own)
  return found && scope !== '' ? `${scope}${found[1]}` : name
}

/** The tensors under the names that PyTorch uses. */
export const forTorch = (parameters: ReadonlyMap<string, Dense>): Map<string, Dense> => new Map([...parameters].map(([n, v]) => [torchName(n), v]))

/**
 * The parameters of a network from the tensors of a file, whose names are the network's own or PyTorch's. Other tensors are left.
 * Throws a ChainError for a parameter that is missing or has another shape.
 */
export function parametersFrom(path: string, tensors: ReadonlyMap<string, Dense>, wanted: readonly { readonly name: string; readonly shape: readonly number[] }[]): Map<string, Dense> {
  return new Map(wanted.map(({ name, shape }) => {
    const key = [name, torchName(name)].find(k => tensors.has(k))
    if (key === undefined) throw missingParameter(path, name, [...tensors.keys()])
    const found = tensors.get(key)!
    if (found.shape.join() !== shape.join()) throw wrongShape(path, key, found.shape, shape)
    return [name, found]
  }))
}
