/** `chainrule predict`: what a trained network says of samples, as lines of CSV or JSON. */
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { predict, predictionOf, type Predictions, volume } from '@chainrule/train'
import { barOn, filled } from '../output/bar.ts'
import { reasonOf, UsageError } from '../usage-error.ts'
import { interruptible } from './interrupt.ts'
import { EXIT } from '../exit-codes.ts'
import { machineFlags, machineOf } from './machine.ts'
import { loadModel, type ModelFlags } from './model.ts'
import { samplesFor } from './part.ts'
import { many } from './text.ts'

export interface PredictFlags extends ModelFlags { readonly part?: string; readonly batch?: number; readonly values?: boolean; readonly json?: boolean; readonly output?: string }

/** Predicts batch by batch and writes each before the next. */
export async function runPrediction(what: string, f: PredictFlags): Promise<void> {
  const loaded = await loadModel(what, f)
  const { data } = await samplesFor(loaded, f)
  const { output, classes } = predictionOf(loaded.model, f.of)
  const shape = loaded.model.network.byName.get(output)!.tensor.axes.length - 1
  const out = f.output === undefined || f.output === '-' ? process.stdout : createWriteStream(f.output).on('error', () => undefined)
  const failed = new Promise<never>((_, reject) => { if (out !== process.stdout) out.on('error', error => { reject(new UsageError(`cannot write ${f.output!}: ${reasonOf(error)}`)) }) })
  failed.catch(() => undefined)
  const write = async (text: string): Promise<void> => { if (!out.write(text)) await Promise.race([once(out, 'drain'), failed]) }
  const bar = out === process.stdout ? undefined : await barOn()
  const interrupt = interruptible()
  const line = f.json ? jsonLine(classes, shape) : csvLine(classes, f.values === true || !classes)
  try {
    for await (const p of predict(loaded.model, data, { ...machineOf(machineFlags(loaded, f)), ...(f.map ? { map: f.map } : {}), ...(f.batch === undefined ? {} : { batch: f.batch }), ...(f.of === undefined ? {} : { output: f.of }) })) {
      const width = volume(p.outputs.shape.slice(1))
      const lines = Array.from({ length: p.outputs.shape[0]! }, (_, k) => line(p, k, width))
      await write((p.from === 0 && !f.json ? [csvHead(output, p, classes, f.values === true || !classes), ...lines] : lines).map(l => `${l}\n`).join(''))
      bar?.show(`${filled((p.from + lines.length) / data.count)} ${(p.from + lines.length).toLocaleString('en')} of ${many(data.count, 'sample')}`)
      if (interrupt.signal.aborted) { process.exitCode = EXIT.interrupted; break }
    }
    if (out !== process.stdout) { out.end(); await Promise.race([once(out, 'finish'), failed]) }
  } finally { bar?.stop(); interrupt.stop() }
}

/** The class names of sample k: one, or one for each place. */
const labelsOf = (p: Predictions, k: number, classes: readonly string[]): string[] => {
  const each = p.classes!.length / p.outputs.shape[0]!
  return Array.from(p.classes!.subarray(k * each, (k + 1) * each), c => classes[c]!)
}

const valuesOf = (p: Predictions, k: number, width: number): number[] => Array.from(p.outputs.data.subarray(k * width, (k + 1) * width))
const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

function csvHead(output: string, p: Predictions, classes: readonly string[] | undefined, values: boolean): string {
  const numbered = (name: string, n: number): string[] => (n === 1 ? [name] : Array.from({ length: n }, (_, k) => `${name}[${k + 1}]`))
  const each = classes ? p.classes!.length / p.outputs.shape[0]! : 0
  return ['sample', ...(classes ? numbered('class', each) : []), ...(values ? numbered(output, volume(p.outputs.shape.slice(1))) : [])].map(quoted).join(',')
}

type Line = (p: Predictions, k: number, width: number) => string

const csvLine = (classes: readonly string[] | undefined, values: boolean): Line => (p, k, width) =>
  [String(p.from + k + 1), ...(classes ? labelsOf(p, k, classes).map(quoted) : []), ...(values ? valuesOf(p, k, width).map(String) : [])].join(',')

/** Values nested as the output is. */
const jsonLine = (classes: readonly string[] | undefined, rank: number): Line => (p, k, width) => {
  const labels = classes ? labelsOf(p, k, classes) : undefined
  return JSON.stringify({ sample: p.from + k + 1, ...(labels ? { class: labels.length === 1 ? labels[0] : labels } : {}), output: rank === 0 ? valuesOf(p, k, width)[0] : nested(valuesOf(p, k, width), p.outputs.shape.slice(1)) })
}

function nested(values: readonly number[], shape: readonly number[]): unknown {
  if (shape.length <= 1) return values
  const run = values.length / shape[0]!
  return Array.from({ length: shape[0]! }, (_, k) => nested(values.slice(k * run, (k + 1) * run), shape.slice(1)))
}
