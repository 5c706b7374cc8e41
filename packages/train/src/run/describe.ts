/** A run described as data: what the first event says, and what is kept with it. */
import type { Network } from '@chainrule/core'
import type { NormaliseKind } from '../data/index.ts'
import type { Leaf } from '../fit/index.ts'
import type { Json } from '../checkpoint/index.ts'
import type { TrainOptions } from './options.ts'
import type { Numbers, Settled } from './plan.ts'

export interface RunDescription {
  readonly network: { readonly path: string; readonly loss: string; readonly output?: string; readonly parameters: number; readonly dims: Readonly<Record<string, number>> }
  readonly data: {
    readonly name: string
    readonly train: number
    /** Samples; 0: none. */
    readonly validation: number
    readonly leaves: readonly Leaf[]
    readonly normalised: readonly { readonly field: string; readonly kind: NormaliseKind }[]
    readonly pad: number
    readonly unused: readonly string[]
  }
  readonly runtime: { readonly name: string; readonly precision: string; readonly threads: number }
  readonly numbers: Numbers
  readonly decay: number
  readonly clip?: { readonly kind: 'norm' | 'value'; readonly limit: number }
  readonly about: Json
}

/** What a run will do. */
export function describe(network: Network, o: TrainOptions, { parts, frame, count, numbers }: Settled): RunDescription {
  const { intake } = parts
  return {
    network: { path: network.path, loss: network.loss!, ...(frame.output === undefined ? {} : { output: frame.output }), parameters: count, dims: intake.fit.dims },
    data: {
      name: parts.name, train: parts.train.count, validation: parts.validation?.count ?? 0, leaves: intake.fit.leaves, normalised: intake.normalisation.map(n => ({ field: n.field, kind: n.kind })), pad: intake.pad,
      unused: intake.fit.unused,
    },
    runtime: { name: o.runtime.name, precision: o.runtime.precision, threads: o.threads ?? 1 },
    numbers, decay: o.decay ?? 0, ...(o.clip ? { clip: o.clip } : {}), about: o.about ?? null,
  }
}
