/** Charts as specifications of Vega-Lite. */
import type { Axis, BarChart, Chart, Figure, HeatMap, ImageChart, LineChart } from './chart.ts'

/** A piece of a Vega-Lite specification, as JSON. */
export type Spec = Readonly<Record<string, unknown>>
interface Room { readonly width: number; readonly height: number }

/** The specification of a figure. */
export function specOf(f: Figure): Spec {
  const room = { width: f.width ?? 420, height: f.height ?? 260 }
  const title = f.title === undefined ? {} : { title: { text: f.title, ...(f.subtitle === undefined ? {} : { subtitle: f.subtitle }), anchor: 'start', offset: 16 } }
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json', config, padding: 12, ...title,
    concat: f.charts.map(c => chartSpec(c, room)), columns: f.columns ?? 2, spacing: 24,
    resolve: { scale: { color: 'independent', strokeDash: 'independent' } },
  }
}

const config: Spec = {
  font: 'system-ui, sans-serif', background: 'white',
  title: { fontSize: 13, fontWeight: 600, subtitleColor: '#555' },
  axis: { labelFontSize: 11, titleFontSize: 11, titleFontWeight: 'normal', gridColor: '#e6e6e6', domainColor: '#888', tickColor: '#888' },
  legend: { labelFontSize: 11, labelLimit: 260, title: null, symbolStrokeWidth: 2 },
  view: { stroke: null },
}

function chartSpec(c: Chart, room: Room): Spec {
  switch (c.kind) {
    case 'lines': return lines(c, room)
    case 'bars': return bars(c, room)
    case 'heat': return heat(c, room)
    case 'image': return image(c, room)
  }
}

const titled = (title: string | undefined): Spec => (title === undefined ? {} : { title: { text: title, anchor: 'start' } })

/** More lines than the colours of the usual palette are told apart by a sequence. */
const palette = (n: number, ordered: boolean): Spec => (ordered || n > 10 ? { scheme: 'viridis' } : { scheme: 'tableau10' })
const colour = (field: string, names: readonly string[], ordered: boolean): Spec =>
  ({ field, type: 'nominal', sort: names, scale: { domain: names, ...palette(names.length, ordered) }, legend: names.length > 1 ? {} : null })

function scaled(field: string, axis: Axis, scale: Spec = {}): Spec {
  const limits = { ...(axis.from === undefined ? {} : { domainMin: axis.from }), ...(axis.to === undefined ? {} : { domainMax: axis.to }) }
  const kind = axis.log ? { type: 'log', nice: false } : { zero: false, nice: true }
  return { field, type: 'quantitative', title: axis.label, scale: { ...kind, ...scale, ...limits }, axis: axis.log ? { format: '~g', tickCount: 6 } : axis.whole ? { tickMinStep: 1, format: 'd' } : {} }
}

const shown = (a: Axis, v: number): boolean => Number.isFinite(v) && !(a.log && v <= 0)

function lines({ title, x, y, series, ordered = false, marks = false }: LineChart, room: Room): Spec {
  const names = series.map(s => s.name)
  // a place without a value stays as null, where Vega-Lite breaks the line
  const values = series.flatMap((s, k) => s.points.filter(([at]) => shown(x, at)).map(([at, v]) => ({ k, s: s.name, x: at, y: shown(y, v) ? v : null })))
  const dashes = series.some(s => s.dashed)
  return {
    ...room, ...titled(title), data: { values },
    mark: { type: 'line', strokeWidth: 1.5, clip: true, invalid: 'break-paths-show-path-domains', ...(marks ? { point: { size: 18, filled: true } } : {}) },
    encoding: {
      x: scaled('x', x, { nice: false }), y: scaled('y', y), color: colour('s', names, ordered), order: { field: 'x', type: 'quantitative' },
      ...(dashes ? { strokeDash: { field: 's', type: 'nominal', scale: { domain: names, range: series.map(s => (s.dashed ? [5, 3] : [1, 0])) }, legend: null } } : {}),
    },
  }
}

function bars({ title, x, y, groups }: BarChart, room: Room): Spec {
  const values = groups.flatMap(g => x.categories.map((c, k) => ({ c, s: g.name, y: shown(y, g.values[k]!) ? g.values[k]! : null })))
  const names = groups.map(g => g.name)
  return {
    ...room, ...titled(title), data: { values }, mark: { type: 'bar', clip: true },
    encoding: {
      x: { field: 'c', type: 'nominal', title: x.label, sort: x.categories, axis: { labelAngle: x.categories.length > 12 ? -45 : 0 } },
      y: scaled('y', y, y.log ? {} : { zero: true }),
      color: colour('s', names, false), ...(groups.length > 1 ? { xOffset: { field: 's', type: 'nominal', sort: names } } : {}),
    },
  }
}

const extent = (rows: readonly (readonly number[])[]): number => rows.flat().reduce((m, v) => (Number.isFinite(v) ? Math.max(m, Math.abs(v)) : m), 0) || 1
const shades = (values: readonly (readonly number[])[], diverging: boolean, scheme: string): Spec =>
  (diverging ? { scheme: 'redblue', reverse: true, domain: [-extent(values), extent(values)], domainMid: 0 } : { scheme })

function heat({ title, rows, columns, values, diverging = false, text }: HeatMap, room: Room): Spec {
  const data = values.flatMap((line, i) => line.map((v, j) => ({ i, j, v: Number.isFinite(v) ? v : null, ...(text ? { label: text(v) } : {}) })))
  const least = Math.min(...values.flat().filter(Number.isFinite))
  const most = Math.max(...values.flat().filter(Number.isFinite))
  const axis = (names: readonly string[]): Spec => ({ labelExpr: `${JSON.stringify(names)}[datum.value]`, grid: false })
  const position = (field: string, { label, names }: HeatMap['rows'], angle: Spec): Spec =>
    ({ field, type: 'ordinal', title: label, sort: null, scale: { domain: names.map((_, k) => k) }, axis: { ...axis(names), ...angle } })
  const encoding = { x: position('j', columns, { orient: 'top', labelAngle: 0 }), y: position('i', rows, {}) }
  const fill = { mark: 'rect', encoding: { color: { field: 'v', type: 'quantitative', scale: shades(values, diverging, 'blues'), legend: text ? null : {} } } }
  const dark = diverging ? `abs(datum.v) > ${extent(values) * 0.6}` : `datum.v > ${least + (most - least) * 0.6}`
  const labels = { mark: { type: 'text', fontSize: 11 }, encoding: { text: { field: 'label' }, color: { condition: { test: dark, value: 'white' }, value: '#222' } } }
  return { ...room, ...titled(title), data: { values: data }, encoding, layer: text ? [fill, labels] : [fill] }
}

function image({ title, values, diverging = false }: ImageChart, room: Room): Spec {
  const [height, width] = [values.length, values[0]?.length ?? 0]
  // whole pixels, so that no line shows between cells
  const cell = Math.max(1, Math.floor(Math.min(room.width / Math.max(1, width), room.height / Math.max(1, height))))
  const data = values.flatMap((line, i) => line.map((v, j) => ({ i, j, i2: i + 1, j2: j + 1, v: Number.isFinite(v) ? v : null })))
  const along = (field: string, n: number, reverse: boolean): Spec => ({ field, type: 'quantitative', axis: null, scale: { domain: [0, n], nice: false, reverse } })
  return {
    width: cell * width, height: cell * height, ...titled(title), data: { values: data }, mark: { type: 'rect' },
    encoding: {
      x: along('j', width, false), x2: { field: 'j2' }, y: along('i', height, true), y2: { field: 'i2' },
      color: { field: 'v', type: 'quantitative', scale: shades(values, diverging, 'greys'), legend: null },
    },
  }
}
