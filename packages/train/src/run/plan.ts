/** What a run will do, settled before its first step and said as data. */
import { findOptimiser, lower, type Network } from '@chainrule/core'
import { batchCount, type Dataset } from '../data/index.ts'
import { constantsOf, fedAsClasses } from '../fit/index.ts'
import { checkChoices, type Parameter } from '../init/index.ts'
import { choose } from '../settings.ts'
import { groupSettings, hyperOf, schedules } from '../optimisers/index.ts'
import { hash128 } from '../random/hash.ts'
import type { TrainerOptions } from '../runtimes/index.ts'
import { type Parts, partsOf } from './data.ts'
import { lossPerSample, noAccuracy, noLoss, nothingToTrain } from './messages.ts'
import type { Frame } from './model.ts'
import type { TrainOptions } from './options.ts'
import { outputOf, thresholdOf } from './output.ts'
import { countOf, parametersAt } from './parameters.ts'

/** Numbers of a run as they are settled. */
export interface Numbers {
  readonly seed: number
  readonly batch: number
  readonly epochs: number
  readonly steps: number
  readonly stepsPerEpoch: number
  readonly optimiser: string
  readonly hyper: Readonly<Record<string, number>>
  readonly rate: number
  readonly schedule: string
  readonly warmUp: number
  readonly everyEpochs: number
}

export interface Settled {
  readonly parts: Parts
  readonly frame: Frame
  readonly parameters: readonly Parameter[]
  readonly count: number
  readonly numbers: Numbers
  readonly trainer: TrainerOptions
  /** What the numbers of the run depend on. */
  readonly same: Readonly<Record<string, number | boolean | string>>
}

/** Steps that a run has at least, where its epochs are short. */
const LEAST_STEPS = 1000
/** Steps between checkpoints, where epochs are short. */
const BETWEEN_CHECKPOINTS = 100

const usualRate: Readonly<Record<string, number>> = { sgd: 0.1, momentum: 0.05, nesterov: 0.05 }

/** Everything that a run needs. Throws a ChainError for whatever cannot be. */
export async function settle(network: Network, o: TrainOptions): Promise<Settled> {
  if (network.loss === undefined) throw noLoss()
  const loss = lower.lossOf(network)
  if (loss.tensor.sample || loss.tensor.axes.length > 0) throw lossPerSample(loss.name)
  if (lower.parametersOf(network).length === 0) throw nothingToTrain()
  const optimiser = findOptimiser(o.optimiser ?? 'adam')
  const hyper = hyperOf(optimiser, o.hyper)
  choose('schedule', schedules, o.schedule ?? 'constant')
  const { output, target } = outputOf(network, o.output)
  const parts = await partsOf(network, o)
  const { dims } = parts.intake.fit
  const parameters = parametersAt(network, new Map(Object.entries(dims)))
  checkChoices(parameters, o.initialisers ?? [])
  const classes = parts.intake.fit.leaves.find(l => l.name === target?.name)?.classes
  if (o.stopping?.metric === 'accuracy' && !(classes && output)) throw noAccuracy()
  const threshold = output && target && classes && output.tensor.axes.length === 1 ? await thresholdOf(network, output, target, dims) : 0.5
  const frame: Frame = {
    network, constants: constantsOf(network, new Map(Object.entries(dims)), o.set), intake: parts.intake, threshold, about: o.about ?? null,
    ...(output ? { output: output.name } : {}), ...(target ? { target: target.name } : {}),
  }
  const numbers = numbersOf(o, parts.train, { optimiser: optimiser.name, hyper })
  const trainer: TrainerOptions = {
    network, runtime: o.runtime, optimiser, hyper, groups: groupSettings(parameters, o.groups ?? [], o.decay), dims, threads: o.threads ?? 1,
    classes: fedAsClasses(parts.intake.fit), constants: frame.constants, averaging: o.averaging ?? 0.1,
    ...(o.clip ? { clip: o.clip } : {}), ...(output ? { output: output.name } : {}), ...(o.norms ? { norms: true } : {}),
  }
  return { parts, frame, parameters, count: countOf(parameters), numbers, trainer, same: sameOf(network, o, numbers, parts) }
}

function numbersOf(o: TrainOptions, train: Dataset, rest: Pick<Numbers, 'optimiser' | 'hyper'>): Numbers {
  const batch = o.batch ?? Math.min(64, train.count)
  const stepsPerEpoch = batchCount(train, { ...o, size: batch, seed: o.seed ?? 1 })
  const usual = Math.max(10, Math.ceil(LEAST_STEPS / stepsPerEpoch))
  const epochs = o.epochs ?? (o.steps === undefined ? usual : Math.ceil(o.steps / stepsPerEpoch))
  return {
    ...rest, seed: o.seed ?? 1, batch, epochs, stepsPerEpoch, steps: Math.min(o.steps ?? Infinity, epochs * stepsPerEpoch), rate: o.rate ?? usualRate[rest.optimiser] ?? 0.001,
    schedule: o.schedule ?? 'constant', warmUp: o.warmUp ?? 0, everyEpochs: o.everyEpochs ?? Math.max(1, Math.ceil(BETWEEN_CHECKPOINTS / stepsPerEpoch)),
  }
}

/** Schedules whose rates depend on how long the run is. */
const wholeRun: readonly string[] = ['cosine', 'linear']

/** Options that change what a step computes, as short texts: a run goes on only with the same. */
function sameOf(network: Network, o: TrainOptions, n: Numbers, { intake, validation }: Parts): Settled['same'] {
  const text = (value: unknown): string => JSON.stringify(value ?? null)
  const short = (value: unknown): string => hash128(text(value)).map(x => (x >>> 0).toString(16).padStart(8, '0')).join('').slice(0, 8)
  return {
    'network text': short([network.source, network.options]), 'data fields': short(intake.fit), normalisation: short(intake.normalisation.map(m => [m.field, m.kind, [...m.mean], [...m.scale]])),
    'validation samples': validation?.count ?? 0, runtime: o.runtime.name, optimiser: n.optimiser, hyper: text(n.hyper), rate: n.rate, schedule: n.schedule, 'warm-up': n.warmUp,
    decay: o.decay ?? 0, groups: text(o.groups), clip: text(o.clip), initialisers: text(o.initialisers), averaging: o.averaging ?? 0.1, set: text(o.set), start: o.start ? 'given' : 'drawn',
    steps: o.steps ?? (wholeRun.some(s => n.schedule.startsWith(s)) ? n.steps : 'all'),
  }
}
