/** A trained network with all that its use needs, in a checkpoint and out of it. */
import { type ElaborateOptions, type Network, readNetwork } from '@chainrule/core'
import type { Checkpoint, Json } from '../checkpoint/index.ts'
import type { Normalisation, NormaliseKind } from '../data/index.ts'
import type { Dense } from '../dense.ts'
import type { Fit } from '../fit/index.ts'
import { trainerStateIn } from '../loop/index.ts'
import type { Choices } from '../runtimes/index.ts'
import type { Intake } from './data.ts'
import { noModel } from './messages.ts'

export interface Model {
  readonly network: Network
  readonly parameters: ReadonlyMap<string, Dense>
  /** Running averages of batch statistics. */
  readonly statistics: ReadonlyMap<string, Dense>
  /** Numbers for `given` and `rate`. */
  readonly constants: ReadonlyMap<string, Dense>
  readonly intake: Intake
  /** What is predicted, and the target that it belongs to. */
  readonly output?: string
  readonly target?: string
  /** Where a single output changes from class 0 to 1. */
  readonly threshold: number
  /** What the caller of train had kept with it. */
  readonly about: Json
}

/** What a checkpoint's config holds. */
interface Saved {
  readonly kind: 'chainrule run'
  readonly network: { readonly source: string; readonly path: string; readonly options: ElaborateOptions }
  readonly intake: { readonly pad: number; readonly channelsLast: boolean; readonly fit: Fit; readonly normalised: readonly { readonly field: string; readonly kind: NormaliseKind }[] }
  readonly output: string | null
  readonly target: string | null
  readonly threshold: number
  readonly choices: Choices
  readonly about: Json
}

/** A model without what is learnt: what stays the same through a run. */
export type Frame = Omit<Model, 'parameters' | 'statistics'>

/** The config of a run's checkpoints. */
export function configOf({ network, intake, output, target, threshold, about }: Frame, choices: Choices): Json {
  const saved: Saved = {
    kind: 'chainrule run', network: { source: network.source, path: network.path, options: network.options },
    intake: { pad: intake.pad, channelsLast: intake.channelsLast, fit: intake.fit, normalised: intake.normalisation.map(n => ({ field: n.field, kind: n.kind })) },
    output: output ?? null, target: target ?? null, threshold, choices, about,
  }
  return saved as unknown as Json
}

const constant = 'constants/'
const mean = (field: string): string => `normalise/${field}/mean`
const scale = (field: string): string => `normalise/${field}/scale`

/** The tensors that go with every checkpoint of a run. */
export function extraOf({ intake, constants }: Frame): Map<string, Dense> {
  const vector = (data: Float64Array): Dense => ({ shape: [data.length], data })
  return new Map([
    ...intake.normalisation.flatMap(n => [[mean(n.field), vector(n.mean)], [scale(n.field), vector(n.scale)]] as const),
    ...[...constants].map(([name, t]) => [constant + name, t] as const),
  ])
}

function savedIn(path: string, config: Json): Saved {
  const found = config as unknown as Saved | null
  if (found?.kind !== 'chainrule run') throw noModel(path)
  return found
}

/** The ways to compute that a run took. */
export const choicesIn = (path: string, { config }: Checkpoint): Choices => savedIn(path, config).choices

/** The model in a checkpoint of `train`. Throws a ChainError for other checkpoints. */
export function modelIn(path: string, c: Checkpoint): Model {
  const saved = savedIn(path, c.config)
  const extra = c.extra ?? new Map<string, Dense>()
  const numbers = (name: string): Float64Array => Float64Array.from(extra.get(name)?.data ?? [])
  const normalisation = saved.intake.normalised.map((n): Normalisation => ({ ...n, mean: numbers(mean(n.field)), scale: numbers(scale(n.field)) }))
  const { parameters, statistics } = trainerStateIn(c)
  return {
    network: readNetwork(saved.network.source, saved.network.path, saved.network.options),
    parameters, statistics: statistics ?? new Map(),
    constants: new Map([...extra].filter(([n]) => n.startsWith(constant)).map(([n, t]) => [n.slice(constant.length), t])),
    intake: { pad: saved.intake.pad, channelsLast: saved.intake.channelsLast, fit: saved.intake.fit, normalisation },
    threshold: saved.threshold, about: saved.about,
    ...(saved.output === null ? {} : { output: saved.output }), ...(saved.target === null ? {} : { target: saved.target }),
  }
}
