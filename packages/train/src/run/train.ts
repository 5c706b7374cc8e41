/** Training, from a network and data to a trained model. */
import { lower, type Network } from '@chainrule/core'
import type { Found } from '../checkpoint/index.ts'
import { type Inspector, inspector } from '../diagnostics/index.ts'
import { firstParameters } from './parameters.ts'
import { training, trainerStateIn, type TrainingEvent, type TrainingResult } from '../loop/index.ts'
import { type Choices, type RuntimeTrainer, runtimeTrainer, trainingStep, tune } from '../runtimes/index.ts'
import { describe, type RunDescription } from './describe.ts'
import { choicesIn, configOf, extraOf, type Model } from './model.ts'
import type { TrainOptions } from './options.ts'
import { settle, type Settled } from './plan.ts'
import { multiplyAdds } from './work.ts'

export type RunEvent =
  /** What will be done: the first event. */
  | { readonly type: 'plan'; readonly run: RunDescription }
  /** Ways to compute a step are measured: one more was. */
  | { readonly type: 'tuning'; readonly trial: number; readonly milliseconds: number; readonly best: number }
  | { readonly type: 'tuned'; readonly choices: number }
  | TrainingEvent

export interface TrainOutcome extends TrainingResult {
  /** The network as it is at the end. */
  readonly last: Model
  /** The best by what is watched; the last where nothing was better. */
  readonly bestModel: Model
}

/**
 * Trains a network and says what happens, event by event; the value at the end is the trained model. Nothing has begun before the
 * first event is asked for. Equal options on one runtime give equal events.
 *
 *     for await (const e of train(network, { runtime: onnxruntimeNode, data })) if (e.type === 'epoch') console.log(e.record)
 *
 * Throws a ChainError that says what is wrong: with the network, with the data, with how they fit, with an option.
 */
export async function* train(network: Network, o: TrainOptions): AsyncGenerator<RunEvent, TrainOutcome> {
  const settled = await settle(network, o)
  const found = o.resume ? (await o.store?.latest())?.found : undefined
  yield { type: 'plan', run: describe(network, o, settled) }
  const choices = found ? choicesIn(found.path, found.checkpoint) : yield* chosen(o, settled)
  const trainer = runtimeTrainer({ ...settled.trainer, choices })
  const inside = inspector(settled.trainer, trainer)
  try {
    return yield* run(o, settled, trainer, inside, choices, found)
  } finally { await inside.close(); await trainer.close() }
}

async function* run(o: TrainOptions, { parts, frame, parameters, numbers, same }: Settled, trainer: RuntimeTrainer, inside: Inspector, choices: Choices, found: Found | undefined): AsyncGenerator<RunEvent, TrainOutcome> {
  const { network } = frame
  if (!found) await trainer.load({ parameters: firstParameters(network, parameters, numbers.seed, o.initialisers, o.start?.parameters), state: new Map(), ...(o.start?.statistics ? { statistics: o.start.statistics } : {}) })
  const now = async (): Promise<Model> => { const { parameters, statistics = new Map() } = await trainer.state(); return { ...frame, parameters, statistics } }
  const saved = found && (await o.store!.best())?.checkpoint
  let best: Model | undefined = saved && { ...frame, ...modelParts(saved) }
  const events = training({
    trainer, inspector: inside, ...(o.diagnose === undefined ? {} : { diagnose: o.diagnose }), train: parts.train, ...(parts.validation ? { validation: parts.validation } : {}), epochs: numbers.epochs, ...(o.steps === undefined ? {} : { steps: o.steps }),
    batch: { size: numbers.batch, shuffle: o.shuffle ?? true, replacement: o.replacement ?? false, whole: o.whole ?? false }, evaluationBatch: Math.max(numbers.batch, o.evaluationBatch ?? 256),
    seed: numbers.seed, rate: numbers.rate, schedule: numbers.schedule, warmUp: numbers.warmUp, ...(o.stopping ? { stopping: o.stopping } : {}),
    ...(o.store ? { store: o.store } : {}), ...(o.every === undefined ? {} : { every: o.every }), everyEpochs: numbers.everyEpochs, resume: o.resume ?? false,
    reading: { threshold: frame.threshold, ...(frame.target === undefined ? {} : { target: frame.target }) },
    ...(o.signal ? { signal: o.signal } : {}), config: configOf(frame, choices), extra: extraOf(frame), same,
  })
  for (;;) {
    const { done, value } = await events.next()
    if (done) { const last = await now(); return { ...value, last, bestModel: best ?? last } }
    if (value.type === 'epoch' && value.improved) best = await now()
    yield value
  }
}

function modelParts(c: Found['checkpoint']): Pick<Model, 'parameters' | 'statistics'> {
  const { parameters, statistics = new Map() } = trainerStateIn(c)
  return { parameters, statistics }
}

/** Multiply-adds of a run from which measuring pays: some minutes on one core. */
const LONG_RUN = 2e13

/** The ways to compute a step: the first that apply, or those that are measured to be fastest. */
async function* chosen(o: TrainOptions, { trainer, numbers }: Settled): AsyncGenerator<RunEvent, Choices> {
  if (o.tune === 'off' || o.runtime.name === 'javascript') return {}
  const classes = trainer.classes ?? []
  const { program } = trainingStep(trainer, { samples: numbers.batch, ...(trainer.dims && { dims: trainer.dims }), classes })
  if (o.tune !== 'on' && multiplyAdds(program) * numbers.steps < LONG_RUN) return {}
  if (lower.planOf(program).sites.length === 0) return {}
  const so: { readonly trials: RunEvent[]; wake: () => void; choices?: Choices } = { trials: [], wake: () => undefined }
  const end = tune(o.runtime, program, { ...o.tuning, threads: o.threads ?? 1, onTrial: t => { so.trials.push({ type: 'tuning', ...t }); so.wake() } }).then(found => { so.choices = found })
  while (so.choices === undefined) {
    await Promise.race([end, new Promise<void>(resolve => { so.wake = resolve })])
    while (so.trials.length > 0) yield so.trials.shift()!
  }
  const { choices } = so
  yield { type: 'tuned', choices: Object.keys(choices).length }
  return choices
}
