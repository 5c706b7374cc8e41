/** Where a run is: what a checkpoint keeps besides tensors. */
import type { Json } from '../checkpoint/index.ts'
import { type GeneratorState, stream } from '../random/index.ts'
import type { EpochRecord } from './events.ts'
import { differentRun } from './messages.ts'
import { type Stopping, stoppingStart } from './early-stopping.ts'

export interface Progress {
  /** Steps done. */
  readonly step: number
  /** The epoch under way, from 0, and the batches of it that are done. */
  readonly epoch: number
  readonly batch: number
  /** Losses of the epoch so far. */
  readonly sum: { readonly total: number; readonly count: number }
  readonly rate: number
  /** The generator for what is drawn in steps. */
  readonly random: GeneratorState
  readonly history: readonly EpochRecord[]
  readonly stopping: Stopping
  /** What the order of the data depends on: a run can go on only with the same. */
  readonly run: Readonly<Record<string, number | boolean | string>>
}

export const progressStart = (seed: number, run: Progress['run']): Progress =>
  ({ step: 0, epoch: 0, batch: 0, sum: { total: 0, count: 0 }, rate: 0, random: stream(seed, 'steps').state(), history: [], stopping: stoppingStart, run })

/** The progress in a checkpoint. Throws a ChainError when it belongs to a run with other data, seed or batches. */
export function progressFrom(path: string, saved: Json, run: Progress['run']): Progress {
  const found = saved as unknown as Progress
  for (const [key, value] of Object.entries(run)) if (found.run[key] !== value) throw differentRun(path, key, String(found.run[key]), String(value))
  return found
}
