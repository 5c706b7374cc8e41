/** Generated sets of points in the plane: two moons, spirals, blobs, XOR. Each sample is drawn from a stream of its own. */
import { type Random, stream } from '../../random/index.ts'
import type { Settings } from './settings.ts'

/** How a set is drawn: the point and its class. */
export interface PointSet {
  readonly name: string
  readonly doc: string
  readonly defaults: Settings
  readonly classes: (s: Settings) => number
  readonly draw: (k: number, random: Random, s: Settings, seed: number) => { readonly x: readonly [number, number]; readonly label: number }
}

const noisy = (x: number, y: number, noise: number, random: Random): [number, number] => [x + noise * random.normal(), y + noise * random.normal()]

/** Two half circles that reach into each other. */
const moons: PointSet = {
  name: 'moons',
  doc: 'Two half circles that reach into each other; a line cannot part them.',
  defaults: { count: 1000, noise: 0.1, seed: 1 },
  classes: () => 2,
  draw: (k, random, { noise }) => {
    const a = Math.PI * random.uniform()
    const label = k % 2
    return { label, x: label === 0 ? noisy(Math.cos(a), Math.sin(a), noise!, random) : noisy(1 - Math.cos(a), 0.5 - Math.sin(a), noise!, random) }
  },
}

/** Arms r = t, angle = turns 2 pi t + arm. */
const spirals: PointSet = {
  name: 'spirals',
  doc: 'Arms of a spiral around one centre, one class each.',
  defaults: { count: 1000, arms: 2, turns: 1.5, noise: 0.02, seed: 1 },
  classes: s => s.arms!,
  draw: (k, random, { arms, turns, noise }) => {
    const label = k % arms!
    const t = Math.sqrt(random.uniform())
    const a = 2 * Math.PI * (turns! * t + label / arms!)
    return { label, x: noisy(t * Math.cos(a), t * Math.sin(a), noise!, random) }
  },
}

/** Normal clouds around centres that the seed places. */
const blobs: PointSet = {
  name: 'blobs',
  doc: 'Clouds around centres on a circle, one class each.',
  defaults: { count: 1000, centres: 3, noise: 0.25, seed: 1 },
  classes: s => s.centres!,
  draw: (k, random, { centres, noise }, seed) => {
    const label = k % centres!
    const turn = stream(seed, 'blobs', 'turn').uniform()
    const a = 2 * Math.PI * (turn + label / centres!)
    return { label, x: noisy(Math.cos(a), Math.sin(a), noise!, random) }
  },
}

/** The class is whether the signs differ. */
const xor: PointSet = {
  name: 'xor',
  doc: 'Four corners of a square, the class says whether the signs of the coordinates differ.',
  defaults: { count: 1000, noise: 0.2, seed: 1 },
  classes: () => 2,
  draw: (k, random, { noise }) => {
    const [a, b] = [k & 1, (k >> 1) & 1]
    return { label: a ^ b, x: noisy(2 * a - 1, 2 * b - 1, noise!, random) }
  },
}

export const pointSets: readonly PointSet[] = [moons, spirals, blobs, xor]
