/** What a session is fed. */
import type { Network } from '@chainrule/core'
import type { Batch } from '../data/index.ts'
import type { Numbers } from './session.ts'

export const asFeed = (data: ArrayLike<number> | Numbers): Numbers => (data instanceof Float32Array || data instanceof Float64Array || data instanceof BigInt64Array ? data : Float64Array.from(data))

/** One-hot inputs whose samples come as class numbers: those that are named, else those that the text declares and that have one number where it has a row. */
export const classNumbers = (network: Network, named: readonly string[] | undefined) => (batch: Batch): readonly string[] =>
  (named?.filter(n => batch.values[n]) ?? network.nodes.flatMap(n => {
    const given = batch.values[n.name]
    return given && n.facts.includes('one-hot') && given.shape.length === n.tensor.axes.length - 1 ? [n.name] : []
  }))
