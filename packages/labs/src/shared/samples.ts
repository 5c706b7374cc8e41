/** Random samples for any network: what its declarations say of inputs and targets holds. */
import { dropoutMasks, type Network, type NetworkNode } from '@chainrule/core'
import { constantsOf, type Random, stream, volume } from '@chainrule/train'
import { shapeOf } from './parameters.ts'

/** Numbers by name: inputs and targets with the samples first, and what is the same for all samples. */
export type Samples = Readonly<Record<string, Float64Array>>

/** `count` samples. Inputs and targets are normal with variance 1; those declared one-hot have a single 1, binary ones 0 or 1, and so on. */
export function randomSamples(network: Network, count: number, seed: number): Samples {
  const masks = dropoutMasks(network)
  const given = [...constantsOf(network, new Map([...network.dims].flatMap(([k, v]) => (v === undefined ? [] : [[k, v] as const]))))].map(([name, t]) => [name, t.data] as const)
  const drawn = network.nodes.filter(n => n.kind === 'input' || n.kind === 'target').map(n => {
    const shape = shapeOf(network, n)
    const row = rowOf(n, shape, masks.get(n.name), stream(seed, 'samples', n.name))
    const data = new Float64Array(count * volume(shape))
    for (let k = 0; k < count; k++) data.set(row(), k * volume(shape))
    return [n.name, data] as const
  })
  return Object.fromEntries([...given, ...drawn])
}

/** Draws one sample. */
function rowOf(n: NetworkNode, shape: readonly number[], zeros: number | undefined, random: Random): () => Float64Array {
  const size = volume(shape)
  const width = shape.at(-1) ?? 1
  const each = (draw: () => number) => (): Float64Array => Float64Array.from({ length: size }, draw)
  if (zeros !== undefined) return each(() => (random.uniform() < zeros ? 0 : 1))
  if (n.facts.includes('one-hot')) return () => hot(size, width, random)
  if (n.facts.includes('distribution')) return () => shares(size, width, random)
  if (n.facts.includes('binary')) return each(() => random.below(2))
  if (n.facts.includes('positive')) return each(() => 0.5 + random.uniform())
  return each(() => random.normal())
}

function hot(size: number, width: number, random: Random): Float64Array {
  const out = new Float64Array(size)
  for (let at = 0; at < size; at += width) out[at + random.below(width)] = 1
  return out
}

function shares(size: number, width: number, random: Random): Float64Array {
  const out = Float64Array.from({ length: size }, () => 0.05 + random.uniform())
  for (let at = 0; at < size; at += width) {
    const row = out.subarray(at, at + width)
    const sum = row.reduce((a, b) => a + b)
    row.forEach((x, k) => { row[k] = x / sum })
  }
  return out
}
