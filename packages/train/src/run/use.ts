/** A trained network in use: evaluated on data, asked for predictions. */
import { inferenceNetwork, lower } from '@chainrule/core'
import { batches, type Dataset } from '../data/index.ts'
import type { Dense } from '../dense.ts'
import { fedAsClasses, type FieldMap } from '../fit/index.ts'
import { evaluateOn, isMean, type Metrics, predictions } from '../loop/index.ts'
import { type Forward, forward } from '../runtimes/index.ts'
import { takenAnew } from './data.ts'
import type { Model } from './model.ts'
import type { RuntimeOptions } from './options.ts'
import { needOutput } from './output.ts'

export interface UseOptions extends RuntimeOptions {
  /** Fields by the name of the input or target they are for. */
  readonly map?: FieldMap
  /** Samples at once. Default 256. */
  readonly batch?: number
  /** Batch statistics: the running averages (default), or those of the data's own batches. */
  readonly statistics?: 'running' | 'batch'
  /** Told after every batch. */
  readonly onBatch?: (done: { readonly samples: number; readonly of: number }) => void
}

function prepared(m: Model, o: UseOptions, names: readonly string[]): Forward {
  const own = o.statistics === 'batch' || m.statistics.size === 0
  const hot = fedAsClasses(m.intake.fit)
  const f = forward({
    network: inferenceNetwork(m.network, { statistics: own ? 'batch' : 'given' }), runtime: o.runtime, names, dims: m.intake.fit.dims, threads: o.threads ?? 1, classes: batch => hot.filter(n => batch.values[n]),
  })
  f.use(new Map([...m.parameters, ...m.statistics, ...m.constants]))
  return f
}

const SAMPLES_AT_ONCE = 256

/** Loss, and accuracy and confusions where the target is a class, over a whole data set. Throws a ChainError when the data do not fit. */
export async function evaluate(m: Model, data: Dataset, o: UseOptions): Promise<Metrics> {
  const d = takenAnew(m.network, data, m.intake, o)
  const loss = lower.lossOf(m.network)
  const f = prepared(m, o, [loss.name, ...(m.output === undefined ? [] : [m.output])])
  try {
    let samples = 0
    const by = {
      overData: isMean(m.network, loss) ? 'mean' as const : 'sum' as const,
      async evaluate(batch: Parameters<Forward['run']>[0]) {
        const made = await f.run(batch)
        o.onBatch?.({ samples: samples += batch.count, of: d.count })
        return { loss: made.get(loss.name)!.data[0]!, ...(m.output === undefined ? {} : { outputs: made.get(m.output)! }) }
      },
    }
    return await evaluateOn(by, d, o.batch ?? SAMPLES_AT_ONCE, { threshold: m.threshold, ...(m.target === undefined ? {} : { target: m.target }) })
  } finally { await f.close() }
}

/** What a network says of some samples, in the order of the data. */
export interface Predictions {
  /** The position of the first sample. */
  readonly from: number
  /** [samples, ...shape of the output] */
  readonly outputs: Dense
  /** The class numbers, where the target is a class: one, or one for each place, per sample. */
  readonly classes?: Int32Array
}

/** The name, shape and classes of what is predicted. */
export interface Prediction { readonly output: string; readonly classes?: readonly string[] }

export const predictionOf = (m: Model, output?: string): Prediction => {
  const node = needOutput(m.network, output ?? m.output)
  const classes = node.name === m.output ? m.intake.fit.leaves.find(l => l.name === m.target)?.classes : undefined
  return { output: node.name, ...(classes ? { classes } : {}) }
}

/** Predictions batch by batch. Targets are not needed. Throws a ChainError when the inputs do not fit. */
export async function* predict(m: Model, data: Dataset, o: UseOptions & { readonly output?: string }): AsyncGenerator<Predictions, void> {
  const { output, classes } = predictionOf(m, o.output)
  const d = takenAnew(m.network, data, m.intake, o, 'input')
  const f = prepared(m, o, [output])
  try {
    let from = 0
    for await (const batch of batches(d, { size: Math.min(o.batch ?? SAMPLES_AT_ONCE, d.count), seed: 0, shuffle: false }, 0)) {
      const outputs = (await f.run(batch)).get(output)!
      const width = m.network.byName.get(output)!.tensor.axes.length > 1 ? outputs.shape.at(-1)! : 1
      // a single output of two classes stands for both
      const labels = classes === undefined ? 0 : outputs.data.length / (width === classes.length ? width : 1)
      yield { from, outputs, ...(classes ? { classes: predictions(outputs, labels, m.threshold) } : {}) }
      from += batch.count
      o.onBatch?.({ samples: from, of: d.count })
    }
  } finally { await f.close() }
}
