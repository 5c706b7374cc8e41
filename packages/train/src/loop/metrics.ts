/** Metrics as pure reducers: a start, a way to take in a batch, and a value. */
import type { Dense } from '../dense.ts'
import type { Batch, Field } from '../data/index.ts'
import type { Evaluation } from './trainer.ts'

/** What a batch gave: its samples, the loss over it, and the outputs. */
export interface Seen extends Evaluation { readonly batch: Batch }

export interface Reducer<S, V> {
  readonly start: S
  readonly add: (so: S, seen: Seen) => S
  readonly value: (so: S) => V
}

interface Sum { readonly total: number; readonly count: number }

/** The loss over all samples: the mean weighted by the sizes of the batches, or the sum. */
export const meanLoss = (overData: 'mean' | 'sum'): Reducer<Sum, number> => ({
  start: { total: 0, count: 0 },
  add: (s, { loss, batch: { count } }) => ({ total: s.total + (overData === 'mean' ? loss * count : loss), count: s.count + count }),
  value: s => (overData === 'mean' ? s.total / s.count : s.total),
})

/**
 * The classes that outputs say, `labels` of them: the place of the greatest of the entries that each has along the last axis, the first
 * of equal ones. A single entry says 1 above the threshold.
 */
export function predictions({ data }: Dense, labels: number, threshold = 0.5): Int32Array {
  const width = data.length / labels
  const found = new Int32Array(labels)
  for (let k = 0; k < labels; k++) {
    if (width === 1) { found[k] = data[k]! > threshold ? 1 : 0; continue }
    let best = 0
    for (let c = 1; c < width; c++) if (data[k * width + c]! > data[k * width + best]!) best = c
    found[k] = best
  }
  return found
}

/** How often a sample of class i (row) was taken for class j (column). */
export interface Confusion { readonly classes: readonly string[]; readonly counts: readonly (readonly number[])[] }

/** Counts of true and predicted classes of a target, one for each of its labels. Samples without outputs are not counted. */
export const confusion = (target: Field, threshold = 0.5): Reducer<readonly (readonly number[])[], Confusion> => {
  const classes = target.classes ?? []
  return {
    start: classes.map(() => classes.map(() => 0)),
    add: (so, { batch, outputs }) => {
      if (!outputs) return so
      const next = so.map(row => [...row])
      const labels = batch.values[target.name]!.data
      predictions(outputs, labels.length, threshold).forEach((p, k) => { next[labels[k]!]![p]!++ })
      return next
    },
    value: counts => ({ classes, counts }),
  }
}

/** The share of samples on the diagonal. */
export function accuracyOf({ counts }: Confusion): number {
  const all = counts.flat().reduce((a, b) => a + b, 0)
  return counts.reduce((right, row, k) => right + row[k]!, 0) / all
}

/** What an evaluation of a whole data set gives. */
export interface Metrics {
  readonly loss: number
  /** Where the target is a class and the trainer gives outputs. */
  readonly accuracy?: number
  readonly confusion?: Confusion
}
