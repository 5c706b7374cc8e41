/** A run as a picture: loss, accuracy, and the norm of each gradient over the steps. */
import type { EpochRecord, RunEvent } from '@chainrule/train'
import { type Figure, thinned } from '@chainrule/plot'

type Point = readonly [number, number]

/** What is collected while a run goes on. */
export interface Sketch { readonly event: (e: RunEvent) => void; readonly figure: (history: readonly EpochRecord[], title: string) => Figure }

export function sketch(): Sketch {
  const losses: Point[] = []
  const norms = new Map<string, Point[]>()
  return {
    event: e => {
      if (e.type !== 'step') return
      losses.push([e.step, e.loss])
      for (const [name, norm] of Object.entries(e.gradientNorms ?? {})) { const so = norms.get(name); if (so) so.push([e.step, norm]); else norms.set(name, [[e.step, norm]]) }
    },
    figure: (history, title) => ({ title, charts: [lossChart(losses, history), ...accuracyChart(history), ...normChart(norms)] }),
  }
}

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

function normChart(norms: ReadonlyMap<string, readonly Point[]>): Figure['charts'] {
  if (norms.size === 0) return []
  return [{ kind: 'lines', title: 'Norm of the gradient', x: steps, y: { label: 'norm', log: true }, series: [...norms].map(([name, points]) => ({ name, points: thinned(points) })), ordered: true }]
}
