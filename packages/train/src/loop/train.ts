/** The training loop: an iterator of events over anything that can take a step. It computes nothing itself and knows no clock. */
import type { Checkpoint, Json, Store } from '../checkpoint/index.ts'
import { type Batch, batchCount, batches, type BatchOptions, type Dataset } from '../data/index.ts'
import type { Dense } from '../dense.ts'
import type { Inspector } from '../diagnostics/diagnosis.ts'
import { rateOf } from '../optimisers/index.ts'
import { resume } from '../random/index.ts'
import { stoppingStep, type StoppingOptions } from './early-stopping.ts'
import { evaluateOn, type Reading } from './evaluate.ts'
import type { EpochRecord, StopReason, TrainingEvent, TrainingResult } from './events.ts'
import { badCount, folderInUse } from './messages.ts'
import { meanLoss } from './metrics.ts'
import { type Progress, progressFrom, progressStart } from './progress.ts'
import { checkpointWith, trainerStateIn } from './saved.ts'
import type { StepResult, Trainer } from './trainer.ts'

export interface TrainingOptions {
  readonly trainer: Trainer
  readonly train: Dataset
  readonly validation?: Dataset
  readonly epochs: number
  /** Steps after which the run ends, in the middle of an epoch or not. Default: as many as the epochs have. */
  readonly steps?: number
  readonly batch: Omit<BatchOptions, 'seed'>
  /** Samples at once when the validation data is evaluated. Default: the size of a batch. */
  readonly evaluationBatch?: number
  /** How classes are read from outputs. */
  readonly reading?: Reading
  readonly seed: number
  readonly rate: number
  /** `constant`, `cosine(to=1e-5)`, ... Default constant. */
  readonly schedule?: string
  /** Steps in which the rate rises. Default 0. */
  readonly warmUp?: number
  readonly stopping?: StoppingOptions
  /** Where checkpoints go: after every so many epochs (1 by default), after every so many steps, and at the end; and the best so far. */
  readonly store?: Store
  readonly every?: number
  readonly everyEpochs?: number
  /** What the run depends on besides data, seed and batches: it goes on only with the same. */
  readonly same?: Progress['run']
  /** True: goes on from the newest whole checkpoint of the store, if there is one. */
  readonly resume?: boolean
  /** Looks for the first wrong number where one is not finite, and at every so manieth step from the first on where `diagnose` says how many. */
  readonly inspector?: Inspector
  readonly diagnose?: number
  /** Ends the run after the step under way, and saves. */
  readonly signal?: AbortSignal
  /** Kept in every checkpoint. */
  readonly config?: Json
  readonly extra?: ReadonlyMap<string, Dense>
}

/**
 * Trains, event by event; the last word is the result. Equal options on equal runtimes give equal events, and a run that was
 * stopped at any moment and resumed gives those that an uninterrupted one gives from there.
 */
export async function* training(o: TrainingOptions): AsyncGenerator<TrainingEvent, TrainingResult> {
  const plan = planOf(o)
  const begun = await begin(o, plan.run)
  let p = begun.progress
  yield { type: 'start', step: p.step, steps: plan.steps, epochs: o.epochs, stepsPerEpoch: plan.stepsPerEpoch, ...begun.from }
  const random = resume(p.random)
  const loss = meanLoss(o.trainer.overData)
  // the best is written with the next checkpoint: a run that is killed before computes it again
  let best: Checkpoint | undefined
  const save = async function* (checkpoint?: Checkpoint): AsyncGenerator<TrainingEvent, void> {
    if (!o.store) return
    yield { type: 'checkpoint', step: p.step, path: await o.store.save(checkpoint ?? await checkpointOf(o, p), p.step, best), best: best !== undefined }
    best = undefined
  }
  const end = function* (reason: StopReason): Generator<TrainingEvent, TrainingResult> {
    yield { type: 'stop', reason, step: p.step, epoch: p.epoch }
    return { reason, step: p.step, history: p.history, best: p.stopping.best }
  }
  // an early stop is part of the progress, so a run that ended so does not go on when it is resumed
  if (stopsEarly(o, p)) return yield* end('early')
  while (p.step < plan.steps) {
    for await (const batch of batches(o.train, plan.batch, p.epoch, p.batch)) {
      const rate = plan.rate(p.step)
      const look = o.diagnose !== undefined && p.step % o.diagnose === 0 ? await o.inspector?.before(batch, p.random) : undefined
      const result = await o.trainer.step(batch, { rate, step: p.step + 1, random })
      const wrong = notFinite(result)
      if (wrong !== undefined) {
        o.trainer.undo?.()
        const first = await o.inspector?.firstWrong(batch, p.random)
        yield { type: 'not-finite', step: p.step + 1, what: wrong, ...(first ? { node: first.node, first } : {}) }
        return yield* end('not-finite')
      }
      p = { ...p, step: p.step + 1, batch: p.batch + 1, rate, random: random.state(), sum: loss.add(p.sum, { batch, ...result }) }
      yield stepEvent(p, batch, result)
      if (look) yield { type: 'diagnosis', step: p.step, ...await look() }
      if (p.step === plan.steps) break
      if (o.signal?.aborted) { yield* save(); return yield* end('interrupted') }
      if (p.batch === plan.stepsPerEpoch) break
      if (o.every !== undefined && p.step % o.every === 0) yield* save()
    }
    const metrics = o.validation && await evaluateOn(o.trainer, o.validation, o.evaluationBatch ?? o.batch.size, o.reading)
    if (metrics && !Number.isFinite(metrics.loss)) {
      yield { type: 'not-finite', step: p.step, what: 'the loss on the validation data' }
      return yield* end('not-finite')
    }
    const record: EpochRecord = {
      epoch: p.epoch + 1, step: p.step, rate: p.rate, train: { loss: loss.value(p.sum) },
      ...(metrics ? { validation: { loss: metrics.loss, ...(metrics.accuracy === undefined ? {} : { accuracy: metrics.accuracy }) } } : {}),
    }
    const judged = stoppingStep(p.stopping, metrics ?? record.train, metrics ? o.stopping : { ...o.stopping, metric: 'loss' })
    p = { ...p, epoch: p.epoch + 1, batch: 0, sum: loss.start, history: [...p.history, record], stopping: judged.next }
    yield { type: 'epoch', record, ...(metrics ? { metrics } : {}), improved: judged.improved }
    const here = o.store && judged.improved ? await checkpointOf(o, p) : undefined
    best = here ?? best
    const stopped = judged.stop ? 'early' : o.signal?.aborted && p.step < plan.steps ? 'interrupted' : undefined
    if (stopped || p.step === plan.steps || p.epoch % (o.everyEpochs ?? 1) === 0) yield* save(here)
    if (stopped) return yield* end(stopped)
  }
  return yield* end('finished')
}

interface Plan { readonly batch: BatchOptions; readonly stepsPerEpoch: number; readonly steps: number; readonly rate: (step: number) => number; readonly run: Progress['run'] }

function planOf(o: TrainingOptions): Plan {
  for (const [what, n] of [['epochs', o.epochs], ['steps', o.steps ?? 1], ['every', o.every ?? 1], ['everyEpochs', o.everyEpochs ?? 1], ['diagnose', o.diagnose ?? 1]] as const) if (!Number.isInteger(n) || n < 1) throw badCount(what, n)
  const batch: BatchOptions = { ...o.batch, seed: o.seed }
  const stepsPerEpoch = batchCount(o.train, batch)
  const steps = Math.min(o.steps ?? Infinity, o.epochs * stepsPerEpoch)
  const { size, shuffle = true, replacement = false, whole = false, window = 0 } = o.batch
  return {
    batch, stepsPerEpoch, steps, rate: rateOf(o.schedule ?? 'constant', { rate: o.rate, stepsPerEpoch, steps }, o.warmUp),
    run: { seed: o.seed, samples: o.train.count, batch: size, shuffle, replacement, whole, window, ...o.same },
  }
}

/** The progress to begin with, and where it comes from. */
async function begin(o: TrainingOptions, run: Progress['run']) {
  const { found, skipped } = (await o.store?.latest()) ?? { found: undefined, skipped: [] }
  if (!o.resume) {
    if (o.store && (found || skipped.length > 0)) throw folderInUse(o.store.folder)
    return { progress: progressStart(o.seed, run), from: { skipped: [] } }
  }
  if (!found) return { progress: progressStart(o.seed, run), from: { skipped } }
  const progress = progressFrom(found.path, found.checkpoint.progress, run)
  await o.trainer.load(trainerStateIn(found.checkpoint))
  return { progress, from: { resumed: found.path, skipped } }
}

async function checkpointOf(o: TrainingOptions, p: Progress): Promise<Checkpoint> {
  return checkpointWith(await o.trainer.state(), { progress: p as unknown as Json, config: o.config ?? null, ...(o.extra ? { extra: o.extra } : {}) })
}

const stopsEarly = (o: TrainingOptions, p: Progress): boolean => p.batch === 0 && p.stopping.since >= (o.stopping?.patience ?? Infinity)

const stepEvent = (p: Progress, batch: Batch, { loss, gradientNorms }: StepResult): TrainingEvent =>
  ({ type: 'step', step: p.step, epoch: p.epoch + 1, count: batch.count, loss, rate: p.rate, ...(gradientNorms ? { gradientNorms } : {}) })

/** What of a step is not finite. */
function notFinite({ loss, gradientNorms = {} }: StepResult): string | undefined {
  if (!Number.isFinite(loss)) return 'the loss'
  const worst = Object.entries(gradientNorms).find(([, n]) => !Number.isFinite(n))
  return worst && `the gradient of ${worst[0]}`
}
