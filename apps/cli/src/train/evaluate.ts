/** `chainrule evaluate`: loss, accuracy and confusions of a trained network. */
import type { Page, Section } from '@chainrule/core'
import { type Confusion, evaluate, type Metrics } from '@chainrule/train'
import { barOn, filled } from '../output/bar.ts'
import { type OutputOptions, writePage } from '../output/formats.ts'
import { machineFlags, machineOf } from './machine.ts'
import { loadModel, type ModelFlags } from './model.ts'
import { samplesFor } from './part.ts'
import { many, percent, short } from './text.ts'

export interface EvaluateFlags extends ModelFlags, OutputOptions { readonly part?: string; readonly batch?: number }

/** Evaluates and writes a page. */
export async function runEvaluation(what: string, f: EvaluateFlags): Promise<void> {
  const loaded = await loadModel(what, f)
  const { data, part } = await samplesFor(loaded, f)
  const bar = await barOn()
  try {
    const metrics = await evaluate(loaded.model, data, {
      ...machineOf(machineFlags(loaded, f)), ...(f.map ? { map: f.map } : {}), ...(f.batch === undefined ? {} : { batch: f.batch }),
      onBatch: ({ samples, of }) => { bar.show(`${filled(samples / of)} ${samples.toLocaleString('en')} of ${many(of, 'sample')}`) },
    })
    bar.stop()
    await writePage(pageOf(loaded.path, data.name, part, data.count, loaded.model.network.loss!, metrics), f)
  } finally { bar.stop() }
}

function pageOf(path: string, data: string, part: string, samples: number, loss: string, m: Metrics): Page {
  const rows = [[loss, short(m.loss)], ...(m.accuracy === undefined ? [] : [['accuracy', percent(m.accuracy)]])]
  return {
    title: [`${path} on ${data}`], preamble: [[`${many(samples, 'sample')} of the ${part} part`]],
    sections: [{ kind: 'table', columns: ['', ''], align: ['left', 'right'], rows }, ...(m.confusion ? confusionTable(m.confusion) : [])],
    footer: [], ok: true, data: { model: path, data, part, samples, loss: m.loss, ...(m.accuracy === undefined ? {} : { accuracy: m.accuracy }), ...(m.confusion ? { confusion: m.confusion } : {}) },
  }
}

/** Classes whose counts fit on a page. */
const MOST_CLASSES = 20

/** True classes down, predicted ones across; of many classes the pairs that are confused most. */
function confusionTable({ classes, counts }: Confusion): Section[] {
  const right = counts.map((row, k) => { const all = row.reduce((a, b) => a + b, 0); return all === 0 ? '' : percent(row[k]! / all) })
  if (classes.length <= MOST_CLASSES) {
    return [{
      kind: 'table', heading: ['true class down, predicted class across'], columns: ['', ...classes, 'right'], align: ['left', ...classes.map(() => 'right' as const), 'right'],
      rows: counts.map((row, k) => [classes[k]!, ...row.map(n => (n === 0 ? '.' : n.toLocaleString('en'))), right[k]!]),
    }]
  }
  const pairs = counts.flatMap((row, i) => row.flatMap((n, j) => (i === j || n === 0 ? [] : [[classes[i]!, classes[j]!, n] as const]))).sort((a, b) => b[2] - a[2])
  return [{ kind: 'table', heading: ['confused most'], columns: ['true', 'predicted', 'samples'], align: ['left', 'left', 'right'], rows: pairs.slice(0, MOST_CLASSES).map(([a, b, n]) => [a, b, String(n)]) }]
}
