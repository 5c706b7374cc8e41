/** The page of the lab. */
import { deriveReport, type Formula, fromNumber, type Line, type Page, readNetwork, type Section } from '@chainrule/core'
import { listed, percent, short, whole } from '../shared/text.ts'
import type { PoolingSettings } from './card.ts'
import type { Shifted } from './shifts.ts'
import type { Grid, Pixel, Routed, sums } from './toy.ts'
import type { NetworkCount } from './weights.ts'

export interface Findings {
  readonly pixels: readonly Pixel[]
  readonly shifted: readonly Shifted[]
  readonly routed: Routed
  readonly sums: ReturnType<typeof sums>
  readonly counts: readonly NetworkCount[]
}

/** The findings as a page, without its data. */
export function poolingPage(f: Findings, s: PoolingSettings): Omit<Page, 'data'> {
  const derived = (['maxpool', 'avgpool'] as const).map(pool => deriveReport(readNetwork(`dim C, H, W\ninput x[C, H, W]\np = ${pool}(x, window=2)\n`), { of: 'p', wrt: ['x'], view: 'index' }))
  return {
    title: ['Why pooling?'], preamble: [],
    sections: [
      ...pixelSections(f.pixels), ...shiftSections(f.shifted, s), ...weightSections(f.counts, s), ...gradientSections(f.routed, derived), ...sumSections(f.sums),
    ],
    footer: derived.flatMap(d => d.footer), ok: derived.every(d => d.ok),
  }
}

const cells = (row: readonly number[]): string => row.join(' ')

function pixelSections(pixels: readonly Pixel[]): Section[] {
  return [
    { kind: 'text', paragraphs: [['1. Small shifts: a bright pixel in a row moves to the right']] },
    {
      kind: 'table', columns: ['place', 'row', 'max of pairs', 'mean of pairs', 'every 2nd entry'], align: ['left', 'left', 'left', 'left', 'left'],
      rows: pixels.map(p => [String(p.at), cells(p.row), cells(p.max), cells(p.average), cells(p.leftOut)]),
    },
    { kind: 'text', paragraphs: [['Within a window the place makes no difference. A step into the next window moves the pooled pixel by one place: pooling is invariant to small shifts, not to all. Leaving out every 2nd entry makes the row as short, and loses the pixel at every other place.']] },
  ]
}

function shiftSections(list: readonly Shifted[], s: PoolingSettings): Section[] {
  const by = Array.from({ length: s.shift }, (_, k) => k + 1)
  const table = (heading: string, of: (x: Shifted, k: number) => string): Section => ({
    kind: 'table', heading: [heading], columns: ['map', ...by.map(k => `${k} pixel${k > 1 ? 's' : ''}`)], rows: list.map(x => [x.way.name, ...by.map(k => of(x, k))]),
  })
  return [
    { kind: 'text', paragraphs: [[`2. ${whole(s.images)} generated digits, filters for edges of four directions and ReLU, the images shifted to the right`]] },
    table('change of the map, |p(shifted) − p| / |p|', (x, k) => short(x.change[k]!)),
    table('entries that stay exactly the same, of those that are not 0', (x, k) => percent(x.unchanged[k]!)),
    { kind: 'text', paragraphs: [[movedText(list)]] },
  ]
}

/** What a shift by a whole window does. */
function movedText(list: readonly Shifted[]): string {
  const windows = [...new Set(list.filter(x => x.way.window > 1 && x.moves !== undefined).map(x => x.way.window))]
  return windows.map(w => `Shifted by ${w} pixels, ${listed(list.filter(x => x.way.window === w).map(x => x.way.name))} give their old maps moved by one place${list.every(x => x.way.window !== w || x.moves === true) ? ', exactly' : ', but not exactly'}.`).join(' ')
}

function weightSections(counts: readonly NetworkCount[], s: PoolingSettings): Section[] {
  const names = counts.reduce<readonly string[]>((a, c) => (c.layers.length > a.length ? c.layers.map(l => l.name) : a), [])
  const headed = (c: NetworkCount): string => (c.window === 1 ? 'no pooling' : `${c.window} x ${c.window}`)
  const [plain, ...pooled] = counts
  return [
    { kind: 'text', paragraphs: [[`3. Fewer weights downstream: a ${s.size} x ${s.size} image, two convolutions of ${s.channels} filters, pooling, three dense layers; no biases`]] },
    {
      kind: 'table', columns: ['layer', ...counts.map(c => `weights, ${headed(c)}`)], align: ['left', ...counts.map(() => 'right' as const)],
      rows: [...names.map(n => [n, ...counts.map(c => { const l = c.layers.find(x => x.name === n); return l ? whole(l.weights) : '-' })]), ['total', ...counts.map(c => whole(c.weights))], ['receptive field of a 3 x 3 convolution behind it', ...counts.map(c => String(c.receptiveField))]],
    },
    { kind: 'text', paragraphs: [[`Pooling has no weights itself. ${pooled.map(c => `With ${headed(c)} windows there are ${short(plain!.weights / c.weights)} times fewer weights in all.`).join(' ')} A 3 x 3 convolution behind a 3 x 3 convolution sees ${plain!.receptiveField} pixels; with pooling between ${pooled.map(c => c.receptiveField).join(', ')}.`]] },
  ]
}

function gradientSections(r: Routed, derived: readonly Page[]): Section[] {
  const line = (left: string, g: Grid, note?: string): Line => ({ left: { kind: 'name', name: left }, relation: '=', right: matrix(g), notes: note === undefined ? [] : [[note]] })
  const partial = (g: Grid, note: string): Line => ({ left: { kind: 'partial', of: { kind: 'name', name: 'S' }, by: { kind: 'name', name: 'x' } }, relation: '=', right: matrix(g), notes: [[note]] })
  return [
    { kind: 'text', paragraphs: [['4. Where the gradient goes, for S = Σ p and 2 x 2 windows']] },
    ...derived.flatMap((d, k): Section[] => d.sections.flatMap((x): Section[] => (x.kind === 'lines' && x.heading === undefined ? [{ ...x, heading: [k === 0 ? 'max pooling' : 'average pooling'] }] : []))),
    { kind: 'lines', heading: ['in numbers'], lines: [line('x', r.x), line('p', r.max.p, 'max'), partial(r.max.gradient, 'all of it to the greatest entry of each window'), line('p', r.average.p, 'average'), partial(r.average.gradient, 'a quarter to each entry')] },
  ]
}

function sumSections({ x, y, results }: ReturnType<typeof sums>): Section[] {
  return [
    { kind: 'text', paragraphs: [['5. Average pooling is linear, max pooling is not']] },
    {
      kind: 'table', columns: ['x', 'y', 'pooling', 'pool(x + y)', 'pool(x) + pool(y)', ''], align: ['left', 'left', 'left', 'right', 'right', 'left'],
      rows: results.map(r => [x.map(cells).join(' / '), y.map(cells).join(' / '), r.pool, cells(r.ofSum[0]!), cells(r.sumOf[0]!), r.ofSum[0]![0] === r.sumOf[0]![0] ? 'equal' : 'not equal']),
    },
  ]
}

const matrix = (g: Grid): Formula => ({ kind: 'matrix', rows: g.map(row => row.map(v => ({ kind: 'number', value: fromNumber(v), decimal: true }))) })
