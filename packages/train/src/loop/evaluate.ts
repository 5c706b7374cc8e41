/** A whole data set through a trainer, without changing anything. */
import { batches, type Dataset } from '../data/index.ts'
import { accuracyOf, confusion, meanLoss, type Metrics } from './metrics.ts'
import type { Trainer } from './trainer.ts'

/** Loss, and accuracy and confusions where the target is a class. */
export async function evaluateOn(trainer: Trainer, d: Dataset, size: number): Promise<Metrics> {
  const target = d.fields.find(f => f.role === 'target' && f.classes)
  const [loss, classes] = [meanLoss(trainer.overData), target && confusion(target)]
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
