/** The picture of the lab: change by shift, weights, and an image with its maps before and after a shift of one pixel. */
import type { Chart, Figure } from '@chainrule/plot'
import type { Findings } from './page.ts'
import type { Pictures } from './shifts.ts'

/** Curves and bars first; then, for the image and each map, before, after, and their difference. */
export function poolingFigure(f: Findings, pictures: readonly Pictures[]): Figure {
  const lines = (title: string, label: string, of: (x: Findings['shifted'][number]) => readonly number[]): Chart => ({
    kind: 'lines', title, marks: true, x: { label: 'shift in pixels', whole: true }, y: { label, from: 0 },
    series: f.shifted.map(x => ({ name: x.way.name, dashed: x.way.name.startsWith('every'), points: of(x).map((v, k) => [k, v] as const) })),
  })
  return {
    title: 'What pooling does to shifted images, and to the weights that follow', columns: 3, width: 300, height: 220,
    charts: [
      lines('change of the map', '|p(shifted) − p| / |p|', x => x.change),
      lines('entries that stay the same', 'share of entries that are not 0', x => x.unchanged),
      { kind: 'bars', title: 'weights of the network', x: { label: 'pooling', categories: f.counts.map(c => (c.window === 1 ? 'none' : `${c.window} x ${c.window}`)) }, y: { label: 'weights' }, groups: [{ name: 'weights', values: f.counts.map(c => c.weights) }] },
      ...pictures.flatMap((p): Chart[] => [
        { kind: 'image', title: `${p.name}`, values: p.before },
        { kind: 'image', title: `${p.name}, one pixel to the right`, values: p.after },
        { kind: 'image', title: 'difference', diverging: true, values: p.before.map((row, i) => row.map((v, j) => p.after[i]![j]! - v)) },
      ]),
    ],
  }
}
