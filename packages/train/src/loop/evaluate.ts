/** A whole data set through a trainer, without changing anything. */
import { batches, type Dataset } from '../data/index.ts'
import { accuracyOf, confusion, meanLoss, type Metrics } from './metrics.ts'
import type { Trainer } from './trainer.ts'

/** How classes are read from outputs. */
export interface Reading {
  /** The target that the outputs belong to. Default: the first that is a class. */
  readonly target?: string
  /** Above which a single output says class 1. Default 1/2. */
  readonly threshold?: number
}

/** Loss, and accuracy and confusions where the target is a class. */
export async function evaluateOn(trainer: Pick<Trainer, 'overData' | 'evaluate'>, d: Dataset, size: number, { target: name, threshold }: Reading = {}): Promise<Metrics> {
  const target = d.fields.find(f => f.role === 'target' && f.classes && (name === undefined || f.name === name))
  const [loss, classes] = [meanLoss(trainer.overData), target && confusion(target, threshold)]
  let [total, counts, judged] = [loss.start, classes?.start, false]
  for await (const batch of batches(d, { size: Math.min(size, d.count), seed: 0, shuffle: false }, 0)) {
    const seen = { batch, ...await trainer.evaluate(batch) }
    total = loss.add(total, seen)
    if (classes && counts && seen.outputs) { counts = classes.add(counts, seen); judged = true }
  }
  if (!classes || !counts || !judged) return { loss: loss.value(total) }
  const found = classes.value(counts)
  return { loss: loss.value(total), accuracy: accuracyOf(found), confusion: found }
}
