/** What a session is fed. */
import { dropoutMasks, lower, type Network } from '@chainrule/core'
import type { Batch } from '../data/index.ts'
import type { Random } from '../random/index.ts'
import type { Numbers } from './session.ts'

export const asFeed = (data: ArrayLike<number> | Numbers): Numbers => (data instanceof Float32Array || data instanceof Float64Array || data instanceof BigInt64Array ? data : Float64Array.from(data))

/** One-hot inputs whose samples come as class numbers: those that are named, else those that the text declares and that have one number where it has a row. */
export const classNumbers = (network: Network, named: readonly string[] | undefined) => (batch: Batch): readonly string[] =>
  (named?.filter(n => batch.values[n]) ?? network.nodes.flatMap(n => {
    const given = batch.values[n.name]
    return given && n.facts.includes('one-hot') && given.shape.length === n.tensor.axes.length - 1 ? [n.name] : []
  }))

/** Inputs that are masks, with their shares of zeros: those that are given, else those of dropout. */
export const masksOf = ({ network, masks }: { readonly network: Network; readonly masks?: Readonly<Record<string, number>> }): Readonly<Record<string, number>> =>
  masks ?? Object.fromEntries(dropoutMasks(network))

/** A mask drawn for an input; undefined for one that is no mask. */
export function drawnMask(i: lower.ProgramInput, masks: Readonly<Record<string, number>>, random: Random): Float32Array | undefined {
  const zeros = masks[i.name]
  return zeros === undefined ? undefined : Float32Array.from({ length: lower.volume(i.shape) }, () => (random.uniform() < zeros ? 0 : 1))
}
