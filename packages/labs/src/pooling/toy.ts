/** Pooling in numbers small enough to check by hand: a pixel that moves, where gradients go, and what is linear. */
import { lower, readNetwork } from '@chainrule/core'

/** A bright pixel in a row of eight, and what becomes of it. */
export interface Pixel { readonly at: number; readonly row: readonly number[]; readonly max: readonly number[]; readonly average: readonly number[]; readonly leftOut: readonly number[] }

/** The pixel at each of the first five places. */
export function movingPixel(): readonly Pixel[] {
  const run = lower.compile(lower.forwardProgram(readNetwork('input x[1, 8]\na = maxpool1d(x, window=2)\nb = avgpool1d(x, window=2)\nc = maxpool1d(x, window=1, stride=2)\n'), { samples: 1 }, ['a', 'b', 'c']))
  return [0, 1, 2, 3, 4].map(at => {
    const row = Float64Array.from({ length: 8 }, (_, k) => (k === at ? 8 : 0))
    const made = run({ x: row })
    return { at: at + 1, row: [...row], max: [...made['a']!], average: [...made['b']!], leftOut: [...made['c']!] }
  })
}

export type Grid = readonly (readonly number[])[]

export interface Routed { readonly x: Grid; readonly max: { readonly p: Grid; readonly gradient: Grid }; readonly average: { readonly p: Grid; readonly gradient: Grid } }

/** The gradient of the sum of a pooled 4 x 4 map by its entries. */
export function routedGradients(): Routed {
  const x = [[1, 3, 2, 0], [5, 2, 1, 1], [0, 1, 7, 4], [2, 6, 3, 8]]
  const of = (pool: string): { p: Grid; gradient: Grid } => {
    const network = readNetwork(`input x[1, 4, 4]\np = ${pool}(x, window=2)\nloss S = sum over data: sum(p)\n`)
    const feeds = { x: Float64Array.from(x.flat()) }
    const gradient = lower.compile(lower.gradientProgram(network, { samples: 1 }, ['x']))(feeds)
    return { p: grid(lower.compile(lower.forwardProgram(network, { samples: 1 }, ['p']))(feeds)['p']!, 2), gradient: grid(gradient[lower.gradientName('x')]!, 4) }
  }
  return { x, max: of('maxpool'), average: of('avgpool') }
}

export interface Sum { readonly pool: string; readonly ofSum: Grid; readonly sumOf: Grid }

/** pool(x + y) beside pool(x) + pool(y): equal where pooling is linear. */
export function sums(): { readonly x: Grid; readonly y: Grid; readonly results: readonly Sum[] } {
  const [x, y] = [[[4, 0], [1, 0]], [[0, 0], [0, 6]]]
  const results = (['maxpool', 'avgpool'] as const).map(pool => {
    const run = lower.compile(lower.forwardProgram(readNetwork(`input x[1, 2, 2], y[1, 2, 2]\nz = x + y\ns = ${pool}(z, window=2)\na = ${pool}(x, window=2)\nb = ${pool}(y, window=2)\nt = a + b\n`), { samples: 1 }, ['s', 't']))
    const made = run({ x: Float64Array.from(x.flat()), y: Float64Array.from(y.flat()) })
    return { pool, ofSum: grid(made['s']!, 1), sumOf: grid(made['t']!, 1) }
  })
  return { x, y, results }
}

const grid = (data: ArrayLike<number>, side: number): number[][] => Array.from({ length: side }, (_, i) => Array.from({ length: side }, (_, j) => data[i * side + j]!))
