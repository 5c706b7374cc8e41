/** A run in a process of its own, for the test that kills it: arguments are the folder of its checkpoints; it says what it does. */
import { setTimeout } from 'node:timers/promises'
import { checkpointStore } from '../checkpoint/index.ts'
import { normalisation, normalised, openData, split } from '../data/index.ts'
import { nodeFiles } from '../files/node.ts'
import { logistic } from './logistic.test-helper.ts'
import { training } from './train.ts'

/** The same run every time; 300 steps, slow enough to be killed between any two. */
export async function run(folder: string, say: (line: string) => void): Promise<void> {
  const { train, validation } = split((await openData('spirals?count=400&noise=0.05', nodeFiles)).train, { validation: 0.2, seed: 3 })
  const list = await normalisation(train, 'standard')
  const events = training({
    trainer: logistic({ inputs: 2, classes: 2, optimiser: 'adam', seed: 5, dropout: 0.2 }), train: normalised(train, list), validation: normalised(validation!, list),
    epochs: 15, batch: { size: 16 }, seed: 11, rate: 0.02, schedule: 'cosine', warmUp: 10, store: checkpointStore(nodeFiles, folder), every: 3, resume: true, config: { net: 'logistic' },
  })
  for (;;) {
    const { done, value } = await events.next()
    if (done) { say(JSON.stringify({ type: 'result', ...value })); return }
    say(JSON.stringify(value))
    await setTimeout(1)
  }
}
