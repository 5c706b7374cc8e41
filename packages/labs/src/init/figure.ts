/** The picture of the lab: losses, rows coming apart, the weights at the end, and signals by depth. */
import { renderText } from '@chainrule/core'
import { type Chart, type Figure, thinned } from '@chainrule/plot'
import { short } from '../shared/text.ts'
import { followed } from './observe.ts'
import type { Findings } from './page.ts'
import type { Signal } from './signal.ts'

/** Larger matrices are drawn without numbers, and beyond this not at all. */
const [MOST_NUMBERS, MOST_CELLS] = [64, 4096]

const series = (name: string, values: readonly number[]) => ({ name, points: thinned(values.map((v, k) => [k, v] as const)) })

const bySignal = (x: Signal, values: readonly number[]) =>
  ({ name: `${x.activation}, ${short(x.factor)}/n`, dashed: x.activation === 'relu', points: values.map((v, l) => [l, v] as const) })

/** Loss, distance between rows, signals; below, the followed weights after training from each start. */
export function initFigure(f: Findings): Figure {
  const row = followed(f.problem.parameters)
  const name = row ? renderText({ kind: 'name', name: row.name }) : ''
  const [rows, columns] = row ? [row.shape[0]!, row.shape.slice(1).reduce((a, b) => a * b, 1)] : [0, 0]
  const charts: Chart[] = [
    { kind: 'lines', title: 'loss', x: { label: 'step', whole: true }, y: { label: 'loss', log: true }, series: f.starts.map(x => series(x.proved.start.name, x.seen.loss)) },
    ...(row ? [{ kind: 'lines', title: `largest difference between rows of ${name}`, x: { label: 'step', whole: true }, y: { label: 'difference' }, series: f.starts.map(x => series(x.proved.start.name, x.seen.apart)) } as const] : []),
    { kind: 'lines', title: 'signal: mean of a² by variance of the weights', marks: true, x: { label: 'layer', whole: true }, y: { label: 'mean of a²', log: true }, series: f.signals.map(x => bySignal(x, x.values)) },
    ...(row && rows * columns <= MOST_CELLS ? f.starts.map((x): Chart => ({
      kind: 'heat', title: `${name} at the end, ${x.proved.start.name} start`, diverging: true,
      rows: { label: 'unit', names: Array.from({ length: rows }, (_, k) => String(k + 1)) }, columns: { label: 'input', names: Array.from({ length: columns }, (_, k) => String(k + 1)) },
      values: Array.from({ length: rows }, (_, k) => [...x.seen.end[row.name]!.subarray(k * columns, (k + 1) * columns)]),
      ...(rows * columns <= MOST_NUMBERS ? { text: short } : {}),
    })) : []),
  ]
  return { title: 'Zero, equal and random starts', charts, columns: 3, width: 300, height: 220 }
}
