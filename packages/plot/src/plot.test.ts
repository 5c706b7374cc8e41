import { describe, expect, it } from 'vitest'
import { type Chart, type Figure, svgOf, thinned } from './index.ts'

const lines: Chart = { kind: 'lines', title: 'loss by step', x: { label: 'step' }, y: { label: 'loss', log: true }, series: [{ name: 'W^(1)', points: [[0, 1], [1, 0.1], [2, 0], [3, NaN], [4, 0.01]] }, { name: 'c1.W[0]', dashed: true, points: [[0, 2], [4, 0.5]] }] }
const bars: Chart = { kind: 'bars', x: { label: 'activation', categories: ['relu', 'tanh'] }, y: { label: 'share' }, groups: [{ name: 'he', values: [0.5, 0.25] }, { name: 'xavier', values: [0.4, 0.2] }] }
const heat: Chart = { kind: 'heat', title: 'confusion', rows: { label: 'class', names: ['cat', 'dog'] }, columns: { label: 'taken for', names: ['cat', 'dog'] }, values: [[17, 2], [3, 19]], text: v => `n=${v}` }
const image: Chart = { kind: 'image', values: [[0, 1], [2, 3], [4, 5]] }

/** How often a pattern occurs. */
const count = (svg: string, pattern: RegExp): number => [...svg.matchAll(pattern)].length
/** The paths of the lines of a chart, in the order of the series. */
const paths = (svg: string): string[] => [...svg.matchAll(/<path aria-label="[^"]*" role="graphics-symbol" aria-roledescription="line mark" d="([^"]*)"/g)].map(m => m[1]!)

describe('figures', () => {
  it('of lines: names, titles, and a break where there is nothing to show', async () => {
    const svg = await svgOf({ title: 'a run', subtitle: 'adam', charts: [lines] })
    for (const text of ['a run', 'adam', 'loss by step', 'step', 'loss', 'W^(1)', 'c1.W[0]']) expect(svg).toContain(`>${text}</text>`)
    const [broken, whole] = paths(svg)
    // 0 and NaN have no place on a logarithmic scale: 1, 0.1, then 0.01 by itself
    expect(count(broken!, /M/g)).toBe(2)
    expect(count(whole!, /M/g)).toBe(1)
    expect(svg).toContain('stroke-dasharray="5,3"')
  })

  it('of bars: one for each category and group, as high as its value', async () => {
    const svg = await svgOf({ charts: [bars] })
    const heights = [...svg.matchAll(/aria-roledescription="bar" d="M[^"]*?v(-?[\d.]+)/g)].map(m => Math.abs(Number(m[1])))
    expect(heights).toHaveLength(4)
    expect(Math.max(...heights) / Math.min(...heights)).toBeCloseTo(0.5 / 0.2, 5)
  })

  it('of cells, with their numbers', async () => {
    const svg = await svgOf({ charts: [heat] })
    for (const text of ['cat', 'dog', 'taken for', 'n=17', 'n=2', 'n=3', 'n=19']) expect(svg).toContain(`>${text}</text>`)
    expect(count(svg, /aria-roledescription="rect mark"|aria-roledescription="rect"/g)).toBeGreaterThan(0)
  })

  it('of grey values', async () => {
    const svg = await svgOf({ charts: [image], width: 100, height: 90 })
    const fills = [...svg.matchAll(/fill="(rgb\([^"]*\))"/g)].map(m => m[1]!)
    expect(new Set(fills).size).toBe(6)
  })

  it('are equal text for equal figures, and need nothing from outside', async () => {
    const figure: Figure = { charts: [lines, bars, heat, image], columns: 3 }
    const svg = await svgOf(figure)
    expect(await svgOf(figure)).toBe(svg)
    expect(svg).not.toMatch(/href=|<script|url\((?!#)/)
  })

  it('without anything to show are still figures', async () => {
    const empty: Chart = { kind: 'lines', x: { label: 'step' }, y: { label: 'loss', log: true }, series: [{ name: 'a', points: [] }] }
    expect(await svgOf({ charts: [empty, { kind: 'heat', rows: { label: '', names: [] }, columns: { label: '', names: [] }, values: [] }] })).toMatch(/<\/svg>$/)
  })
})

describe('thinned', () => {
  it('keeps short series, and the mean of long ones', () => {
    const points = Array.from({ length: 1000 }, (_, k) => [k, k % 2] as const)
    expect(thinned(points, 1000)).toBe(points)
    const few = thinned(points, 100)
    expect(few).toHaveLength(100)
    expect(few.every(([, y]) => y === 0.5)).toBe(true)
    expect(few[0]![0]).toBe(4.5)
  })
})
