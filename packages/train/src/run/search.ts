/** Hyper-parameter search: many runs on the same data, compared by what they reach. */
import { findOptimiser, type Network, readNetwork } from '@chainrule/core'
import { grid, randomSearch, ranked, type SearchPoint, type SearchResult, type Space } from '../search/index.ts'
import { badPointValue, noSuchAxis, nothingToSearch, tooManyTrials } from './messages.ts'
import type { Model } from './model.ts'
import type { TrainOptions } from './options.ts'
import { type RunEvent, train, type TrainOutcome } from './train.ts'

export interface SearchOptions extends TrainOptions {
  /** What is varied: sizes of the network, numbers of the optimiser, and options of a run. */
  readonly over: Space
  /** Points drawn at random; without it, every point of the grid is tried. */
  readonly random?: number
  /** Values of a range in a grid. Default 5. */
  readonly ticks?: number
  /** What is compared. Default: the accuracy where there is one, else the loss; on the validation data where there are any. */
  readonly by?: 'loss' | 'accuracy'
}

/** A run that has ended. */
export interface Trial extends SearchResult {
  readonly number: number
  readonly epochs: number
  /** Why the run came to nothing. */
  readonly failed?: string
}

export type SearchEvent =
  | { readonly type: 'search'; readonly trials: number; readonly axes: readonly string[] }
  | { readonly type: 'trial'; readonly number: number; readonly point: SearchPoint }
  /** What happens in a run. */
  | { readonly type: 'run'; readonly number: number; readonly event: RunEvent }
  | { readonly type: 'result'; readonly trial: Trial }

export interface SearchOutcome {
  readonly by: 'loss' | 'accuracy'
  /** The best first. */
  readonly trials: readonly Trial[]
  /** Of the best trial, as it was when it was best. */
  readonly best: Model | undefined
  readonly interrupted: boolean
}

/** Grids are as large as their axes make them; this many runs are more than anyone means. */
const MOST_TRIALS = 10_000

/** Runs a search, event by event. Equal options give equal trials. Throws a ChainError for axes that nothing has, before the first run. */
export async function* search(network: Network, o: SearchOptions): AsyncGenerator<SearchEvent, SearchOutcome> {
  const axes = Object.keys(o.over)
  if (axes.length === 0) throw nothingToSearch(knownAxes(network, o))
  const points = pointsOf(o)
  // every point is looked at before the first run
  const runs = points.map(point => ({ point, ...settingOf(network, o, point) }))
  yield { type: 'search', trials: points.length, axes }
  const trials: Trial[] = []
  let by: 'loss' | 'accuracy' | undefined = o.by
  let best: { readonly trial: Trial; readonly model: Model } | undefined
  for (const [k, { point, network: n, options }] of runs.entries()) {
    if (o.signal?.aborted) break
    yield { type: 'trial', number: k + 1, point }
    const events = train(n, options)
    for (;;) {
      const { done, value } = await events.next()
      if (!done) { yield { type: 'run', number: k + 1, event: value }; continue }
      const records = value.history.map(h => h.validation ?? h.train)
      by ??= records.some(r => 'accuracy' in r && r.accuracy !== undefined) ? 'accuracy' : 'loss'
      const [trial, model] = [trialOf(k + 1, point, by, value), value.bestModel]
      trials.push(trial)
      if (ranked(trials, by === 'loss' ? 'smaller' : 'greater')[0] === trial && trial.value !== undefined) best = { trial, model }
      yield { type: 'result', trial }
      break
    }
  }
  return { by: by ?? 'loss', trials: ranked(trials, by === 'accuracy' ? 'greater' : 'smaller') as readonly Trial[], best: best?.model, interrupted: o.signal?.aborted === true }
}

function pointsOf({ over, random, ticks, seed = 1 }: SearchOptions): SearchPoint[] {
  const all: SearchPoint[] = []
  for (const p of random === undefined ? grid(over, ticks) : randomSearch(over, random, seed)) {
    if (all.length === MOST_TRIALS) throw tooManyTrials(MOST_TRIALS)
    all.push(p)
  }
  return all
}

interface Reached { readonly epoch: number; readonly loss: number; readonly accuracy?: number }

/** The best epoch of a run, by what is compared. */
function trialOf(number: number, point: SearchPoint, by: 'loss' | 'accuracy', { history, reason }: Pick<TrainOutcome, 'history' | 'reason'>): Trial {
  const records = history.map((h): Reached => ({ epoch: h.epoch, ...h.validation ?? h.train }))
  const valueAt = (r: Reached): number => (by === 'loss' ? -r.loss : r.accuracy ?? -Infinity)
  const top = records.reduce<Reached | undefined>((a, r) => (a && valueAt(a) >= valueAt(r) ? a : r), undefined)
  const failed = reason === 'not-finite' || reason === 'interrupted' ? reason : undefined
  const columns: Record<string, number> = top ? { loss: top.loss, ...(top.accuracy === undefined ? {} : { accuracy: top.accuracy }), 'best epoch': top.epoch } : {}
  return { number, point, value: reason === 'interrupted' ? undefined : top && (by === 'loss' ? top.loss : top.accuracy), epochs: history.length, columns, ...(failed ? { failed } : {}) }
}

type Value = number | string | boolean
type Put = (o: TrainOptions, value: Value) => TrainOptions

const numeric = (key: 'rate' | 'decay' | 'batch' | 'epochs' | 'steps' | 'seed' | 'warmUp' | 'averaging'): Put => (o, value) => { if (typeof value !== 'number') throw badPointValue(key, value, 'a number'); return { ...o, [key]: value } }
const text = (key: 'optimiser' | 'schedule' | 'normalise'): Put => (o, value) => ({ ...o, [key]: String(value) })

/** Options of a run that may vary, under the names of the command line. */
const OPTIONS: Readonly<Record<string, Put>> = {
  rate: numeric('rate'), decay: numeric('decay'), batch: numeric('batch'), epochs: numeric('epochs'), steps: numeric('steps'), seed: numeric('seed'), 'warm-up': numeric('warmUp'), averaging: numeric('averaging'),
  optimiser: text('optimiser'), schedule: text('schedule'), normalise: text('normalise'),
  init: (o, value) => ({ ...o, initialisers: [{ parameters: 'weight', initialiser: String(value) }, ...o.initialisers ?? []] }),
  clip: (o, value) => { if (typeof value !== 'number') throw badPointValue('clip', value, 'a number'); return { ...o, clip: { kind: o.clip?.kind ?? 'norm', limit: value } } },
}

function knownAxes(network: Network, o: TrainOptions): string[] {
  const hyper = findOptimiser(o.optimiser ?? 'adam').hyperparameters.map(h => h.name)
  return [...Object.keys(OPTIONS), ...hyper, ...network.dims.keys()]
}

/** The network and options of one point. Throws a ChainError for an axis that is neither an option, nor of the optimiser, nor a size. */
function settingOf(network: Network, o: SearchOptions, point: SearchPoint): { readonly network: Network; readonly options: TrainOptions } {
  const { over: _, random: __, ticks: ___, by: ____, store: _____, ...base } = o
  let options: TrainOptions = base
  for (const [name, value] of Object.entries(point)) if (OPTIONS[name]) options = OPTIONS[name](options, value)
  const optimiser = findOptimiser(options.optimiser ?? 'adam')
  const dims: Record<string, number> = {}
  for (const [name, value] of Object.entries(point)) {
    if (OPTIONS[name]) continue
    if (network.dims.has(name)) {
      if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) throw badPointValue(name, value, 'a size')
      dims[name] = value
    } else if (typeof value === 'number' && optimiser.hyperparameters.some(h => h.name === name)) options = { ...options, hyper: { ...options.hyper, [name]: value } }
    else throw noSuchAxis(name, [...Object.keys(OPTIONS), ...optimiser.hyperparameters.map(h => h.name), ...network.dims.keys()])
  }
  if (Object.keys(dims).length === 0) return { network, options }
  const read = readNetwork(network.source, network.path, { ...network.options, dims: { ...network.options.dims, ...dims } })
  return { network: read, options: { ...options, dims: { ...options.dims, ...dims } } }
}
