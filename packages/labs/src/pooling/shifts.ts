/** Digits shifted by pixels: how much their maps change, by the way they are made smaller. */
import { lower, readNetwork } from '@chainrule/core'
import { memoryFiles, openData, norm } from '@chainrule/train'
import type { PoolingSettings } from './card.ts'
import { type Way, waysOf } from './ways.ts'

/** The side of a digit. */
const SIDE = 28

/** Filters for edges of four directions: what a first layer learns. */
export const edgeFilters: readonly (readonly number[])[] = [
  [-1, 0, 1, -2, 0, 2, -1, 0, 1], [1, 0, -1, 2, 0, -2, 1, 0, -1], [-1, -2, -1, 0, 0, 0, 1, 2, 1], [1, 2, 1, 0, 0, 0, -1, -2, -1],
].map(f => f.map(x => x / 4))

export interface Shifted {
  readonly way: Way
  /** For each shift from 0: |p(shifted) - p| / |p| over all images. */
  readonly change: readonly number[]
  /** A shift by the window moves p by one place: exactly; undefined where no shift is as large. */
  readonly moves: boolean | undefined
  /** For each shift from 0: the share of entries of p that stay exactly the same, of those that are not 0 before or after. */
  readonly unchanged: readonly number[]
}

/** What is drawn: the first image and its first maps, before and after a shift by one pixel. */
export interface Pictures { readonly name: string; readonly before: readonly (readonly number[])[]; readonly after: readonly (readonly number[])[] }

/** The image, its map, and the three ways of the first window. */
const MOST_PICTURES = 5

/** Every way and shift, over all images. */
export async function shifts(s: PoolingSettings): Promise<{ readonly shifted: readonly Shifted[]; readonly pictures: readonly Pictures[] }> {
  const ways = waysOf(s.window)
  const side = SIDE + 2 * s.shift
  const network = readNetwork(`input x[1, ${side}, ${side}]\nc = conv(x, filters=${edgeFilters.length}, kernel=3, bias=false)\nr = relu(c)\n${ways.map((w, k) => w.text(`p${k}`, 'r')).join('\n')}\n`)
  const parameters = { 'c.W': Float64Array.from(edgeFilters.flat()) }
  const run = lower.compile(lower.forwardProgram(network, { samples: s.images }, ways.map((_, k) => `p${k}`)))
  const digits = await digitImages(s)
  const at = Array.from({ length: s.shift + 1 }, (_, by) => run({ x: framed(digits, s, by), ...parameters }))
  const shifted = ways.map((way, k): Shifted => {
    const maps = at.map(made => made[`p${k}`]!)
    return {
      way, change: maps.map(m => changeOf(maps[0]!, m)), moves: maps[way.window] && isMoved(maps[0]!, maps[way.window]!, Math.floor((side - 2) / way.window)),
      unchanged: maps.map(m => sameShare(maps[0]!, m)),
    }
  })
  const pictures = [0, ...ways.keys()].slice(0, MOST_PICTURES).map((k, n): Pictures => {
    if (n === 0) return { name: 'image', before: rows(framed(digits, s, 0), side), after: rows(framed(digits, s, 1), side) }
    const places = Math.floor((side - 2) / ways[k]!.window)
    return { name: ways[k]!.name, before: rows(at[0]![`p${k}`]!, places), after: rows(at[1]![`p${k}`]!, places) }
  })
  return { shifted, pictures }
}

async function digitImages(s: PoolingSettings): Promise<ArrayLike<number>> {
  const { train } = await openData(`digits?count=${s.images}&noise=0&seed=${s.seed}`, memoryFiles({}))
  const { values } = await train.read(Uint32Array.from({ length: s.images }, (_, k) => k))
  return values['x']!.data
}

/** The images in a frame of zeros, so much further to the right, from 0 to 1. */
function framed(digits: ArrayLike<number>, s: PoolingSettings, by: number): Float64Array {
  const side = SIDE + 2 * s.shift
  const out = new Float64Array(s.images * side * side)
  for (let k = 0; k < s.images; k++) {
    for (let i = 0; i < SIDE; i++) for (let j = 0; j < SIDE; j++) out[(k * side + i + s.shift) * side + j + s.shift + by] = digits[(k * SIDE + i) * SIDE + j]! / 255
  }
  return out
}

const changeOf = (a: Float64Array, b: Float64Array): number => norm(a.map((x, k) => b[k]! - x)) / norm(a)

/** Is every row of b that of a, one place further? The frame is wide enough for the last place to be 0. */
function isMoved(a: Float64Array, b: Float64Array, places: number): boolean {
  return a.every((x, k) => k % places === places - 1 || b[k + 1] === x)
}

function sameShare(a: Float64Array, b: Float64Array): number {
  let [some, same] = [0, 0]
  for (let k = 0; k < a.length; k++) if (a[k] !== 0 || b[k] !== 0) { some++; if (a[k] === b[k]) same++ }
  return some === 0 ? 1 : same / some
}

/** The first map as rows. */
const rows = (data: Float64Array, side: number): number[][] => Array.from({ length: side }, (_, i) => [...data.subarray(i * side, (i + 1) * side)])
