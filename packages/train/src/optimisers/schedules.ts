/** Learning rates as pure functions of the step. */
import { choose, type Named } from '../settings.ts'
import { badWarmUp } from './messages.ts'

/** What a schedule knows of the run. */
export interface Span {
  /** The rate that the schedule starts from. */
  readonly rate: number
  readonly stepsPerEpoch: number
  /** Steps of the whole run, warm-up included. */
  readonly steps: number
}

export interface Schedule extends Named {
  /** The rate at a step counted from 0. */
  readonly at: (step: number, span: Span, settings: Readonly<Record<string, number>>) => number
}

const epochOf = (step: number, { stepsPerEpoch }: Span): number => Math.floor(step / stepsPerEpoch)

/** Every schedule, by name. */
export const schedules: readonly Schedule[] = [
  { name: 'constant', doc: 'rate', settings: {}, at: (_, { rate }) => rate },
  { name: 'step', doc: 'rate factor^floor(epoch/every): lowered every so many epochs.', settings: { every: 10, factor: 0.1 }, at: (k, s, { every, factor }) => s.rate * factor! ** Math.floor(epochOf(k, s) / every!) },
  { name: 'exponential', doc: 'rate factor^epoch: lowered after every epoch.', settings: { factor: 0.95 }, at: (k, s, { factor }) => s.rate * factor! ** epochOf(k, s) },
  {
    name: 'cosine', doc: 'to + (rate - to)(1 + cos(pi k/n))/2: from the rate to `to` over the whole run; Loshchilov and Hutter, 2017.', settings: { to: 0 },
    at: (k, { rate, steps }, { to }) => to! + (rate - to!) * (1 + Math.cos(Math.PI * Math.min(1, k / Math.max(1, steps - 1)))) / 2,
  },
  { name: 'linear', doc: 'rate + (to - rate) k/n: a line from the rate to `to` over the whole run.', settings: { to: 0 }, at: (k, { rate, steps }, { to }) => rate + (to! - rate) * Math.min(1, k / Math.max(1, steps - 1)) },
]

/** The rate of every step, counted from 0. */
export type RateOf = (step: number) => number

/**
 * A schedule by name, `cosine(to=1e-5)`, after a warm-up: rate (k + 1)/(w + 1) in step k of the first w, then the schedule as if it
 * began there. Throws a ChainError for unknown names, and for a warm-up as long as the run.
 */
export function rateOf(text: string, span: Span, warmUp = 0): RateOf {
  const { record, settings } = choose('schedule', schedules, text)
  if (!Number.isInteger(warmUp) || warmUp < 0 || warmUp >= span.steps) throw badWarmUp(warmUp, span.steps)
  const rest: Span = { ...span, steps: span.steps - warmUp }
  return k => (k < warmUp ? span.rate * (k + 1) / (warmUp + 1) : record.at(k - warmUp, rest, settings))
}
