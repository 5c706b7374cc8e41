/** A run as a picture: loss, accuracy, and the norm of each gradient over the steps. */
import type { EpochRecord, RunEvent } from '@chainrule/train'
import { type Figure, thinned } from '@chainrule/plot'

type Point = readonly [number, number]

/** What is collected while a run goes on. */
export interface Sketch { readonly event: (e: RunEvent) => void; readonly figure: (history: readonly EpochRecord[], title: string) => Figure }

export function sketch(): Sketch {
  const losses: Point[] = []
  const norms: Curves = new Map()
  const ratios: Curves = new Map()
  const units: Curves = new Map()
  return {
    event: e => {
      if (e.type === 'diagnosis') {
        for (const l of e.layers) if (l.ratio !== null) add(ratios, l.layer, [e.step, l.ratio])
        for (const a of e.activations) { add(units, `${a.node}: dead`, [e.step, a.dead]); add(units, `${a.node}: saturated`, [e.step, a.saturated]) }
      }
      if (e.type !== 'step') return
      losses.push([e.step, e.loss])
      for (const [name, norm] of Object.entries(e.gradientNorms ?? {})) add(norms, name, [e.step, norm])
    },
    figure: (history, title) => ({
      title, charts: [
        lossChart(losses, history), ...accuracyChart(history), ...curveChart('Norm of the gradient', { label: 'norm', log: true }, norms),
        ...curveChart('Update / weights, by layer', { label: 'ratio of norms', log: true }, ratios), ...curveChart('Dead and saturated units', { label: 'share of units', from: 0, to: 1 }, units),
      ],
    }),
  }
}

/** Points by the name of their curve. */
type Curves = Map<string, Point[]>

const add = (curves: Curves, name: string, point: Point): void => { const so = curves.get(name); if (so) so.push(point); else curves.set(name, [point]) }

const steps = { label: 'step', whole: true }

/** A loss that is never 0 has a logarithmic scale. */
function lossChart(losses: readonly Point[], history: readonly EpochRecord[]): Figure['charts'][number] {
  const validation = history.flatMap((r): Point[] => (r.validation ? [[r.step, r.validation.loss]] : []))
  const log = [...losses, ...validation].every(([, y]) => y > 0)
  return {
    kind: 'lines', title: 'Loss', x: steps, y: { label: 'loss', ...(log ? { log } : {}) },
    series: [{ name: 'batches', points: thinned(losses) }, { name: 'training', points: history.map((r): Point => [r.step, r.train.loss]) }, ...(validation.length > 0 ? [{ name: 'validation', points: validation }] : [])],
  }
}

function accuracyChart(history: readonly EpochRecord[]): Figure['charts'] {
  const points = history.flatMap((r): Point[] => (r.validation?.accuracy === undefined ? [] : [[r.step, r.validation.accuracy]]))
  return points.length === 0 ? [] : [{ kind: 'lines', title: 'Accuracy on the validation data', x: steps, y: { label: 'accuracy', to: 1 }, series: [{ name: 'validation', points }], marks: points.length <= 30 }]
}

function curveChart(title: string, y: Extract<Figure['charts'][number], { kind: 'lines' }>['y'], curves: Curves): Figure['charts'] {
  if (curves.size === 0) return []
  return [{ kind: 'lines', title, x: steps, y, series: [...curves].map(([name, points]) => ({ name, points: thinned(points) })), ordered: true }]
}
