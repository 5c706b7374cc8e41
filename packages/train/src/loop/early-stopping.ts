/** Best so far and early stopping, as a pure step from one epoch's value to the next. */
import type { Metrics } from './metrics.ts'

export interface StoppingOptions {
  /** What is watched; the loss wants to be small, the accuracy great. Default: the loss. */
  readonly metric?: 'loss' | 'accuracy'
  /** Evaluations without improvement after which the run ends. Default: it never ends early. */
  readonly patience?: number
  /** What counts as an improvement, at least. Default 0. */
  readonly least?: number
}

export interface Stopping {
  readonly best: number | null
  /** Evaluations since the best. */
  readonly since: number
}

export const stoppingStart: Stopping = Object.freeze({ best: null, since: 0 })

/** The state after an evaluation: whether it was the best so far, and whether the run should end. A value that is not finite is never best. */
export function stoppingStep(so: Stopping, metrics: Metrics, { metric = 'loss', patience = Infinity, least = 0 }: StoppingOptions = {}): { readonly next: Stopping; readonly improved: boolean; readonly stop: boolean } {
  const value = metric === 'loss' ? metrics.loss : metrics.accuracy ?? NaN
  const gain = so.best === null ? Infinity : metric === 'loss' ? so.best - value : value - so.best
  const improved = Number.isFinite(value) && gain > least
  const next = improved ? { best: value, since: 0 } : { best: so.best, since: so.since + 1 }
  return { next, improved, stop: next.since >= patience }
}
