/** What a network reads: per sample from the data, and numbers that stay the same. */
import { dropoutMasks, evaluateS, type Network, type NetworkNode, type Size, toNumber } from '@chainrule/core'
import { type Dense, volume } from '../dense.ts'
import { valueLacks, wrongValue } from './messages.ts'

/** An input or target that the data have to give. */
export interface Wanted {
  readonly name: string
  readonly role: 'input' | 'target'
  /** Of one sample. */
  readonly axes: readonly Size[]
  /** True: rows with a single 1 along the last axis. */
  readonly hot: boolean
}

/** Numbers for the symbols of sizes. */
export type Dims = ReadonlyMap<string, number>

/** The number of a size; undefined where a symbol in it has none. */
export const sizeAt = (s: Size, dims: Dims): number | undefined => { const r = evaluateS(s, name => dims.get(name)); return r && toNumber(r) }

/** The numbers that the text itself gives to dims. */
export const ownDims = (network: Network): Map<string, number> => new Map([...network.dims].flatMap(([k, n]) => (n === undefined ? [] : [[k, n] as const])))

/** The axes of one sample. */
export const axesOf = (n: NetworkNode): readonly Size[] => (n.tensor.sample ? n.tensor.axes.slice(1) : n.tensor.axes)

/** The inputs and targets of a network, without masks, which are drawn. */
export function wantedBy(network: Network): Wanted[] {
  const masks = dropoutMasks(network)
  return network.nodes.flatMap((n): Wanted[] => ((n.kind === 'input' || n.kind === 'target') && !masks.has(n.name)
    ? [{ name: n.name, role: n.kind, axes: axesOf(n), hot: n.facts.includes('one-hot') }] : []))
}

type Value = NonNullable<NetworkNode['value']>
const isList = (v: Value): v is readonly Value[] => Array.isArray(v)
const depth = (v: Value): number => (isList(v) ? 1 + (v[0] === undefined ? 0 : depth(v[0])) : 0)

/** The entries of a value of a shape; one number stands for all. Throws a ChainError for other shapes. */
export function entriesOf(name: string, v: Value, shape: readonly number[]): Float64Array {
  const wanted = volume(shape)
  if (!isList(v)) return new Float64Array(wanted).fill(toNumber(v))
  const flat = (x: Value): number[] => (isList(x) ? x.flatMap(flat) : [toNumber(x)])
  const found = flat(v)
  if (found.length !== wanted) throw wrongValue(name, found.length, shape)
  return Float64Array.from(found)
}

/** The samples that a text gives to an input or target: one, or as many as the outermost list has. Undefined where it gives none. */
export function samplesIn(node: NetworkNode): readonly Value[] | undefined {
  if (node.value === undefined) return undefined
  return isList(node.value) && depth(node.value) > axesOf(node).length ? node.value : [node.value]
}

/**
 * Numbers that no sample changes: `given` and `rate` from the text or from `set`, by name.
 * Throws a ChainError for one without a value, and for a name in `set` that nothing has.
 */
export function constantsOf(network: Network, dims: Dims, set: Readonly<Record<string, number | Dense>> = {}): ReadonlyMap<string, Dense<Float64Array>> {
  const nodes = network.nodes.filter(n => n.kind === 'given' || n.kind === 'rate')
  for (const name of Object.keys(set)) if (!nodes.some(n => n.name === name)) throw valueLacks(name, nodes.map(n => n.name), true)
  return new Map(nodes.map(n => {
    const shape = axesOf(n).map(a => sizeAt(a, dims) ?? 1)
    const asked = set[n.name]
    if (typeof asked === 'number') return [n.name, { shape, data: new Float64Array(volume(shape)).fill(asked) }]
    if (asked) { if (asked.data.length !== volume(shape)) throw wrongValue(n.name, asked.data.length, shape); return [n.name, { shape, data: Float64Array.from(asked.data) }] }
    if (n.value === undefined) throw valueLacks(n.name, nodes.map(x => x.name), false)
    return [n.name, { shape, data: entriesOf(n.name, n.value, shape) }]
  }))
}
