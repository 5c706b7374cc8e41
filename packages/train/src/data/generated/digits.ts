/** Handwritten digits, drawn: 28 x 28 bytes, ten classes, as many as wanted, the same for the same seed. */
import { stream } from '../../random/index.ts'
import { alloc, checkPositions, type Dataset, type Precision, randomAccess } from '../dataset.ts'
import { draw } from './pen.ts'
import { type Settings, settingsOf } from './settings.ts'
import { digitWays } from './strokes.ts'

const size = 28

export const digitDefaults: Settings = { count: 12_000, variety: 1, noise: 0.04, seed: 1 }

/** Draws digit number k of a seed into `out`; returns its class. */
export function drawDigit(seed: number, k: number, hand: { readonly variety: number; readonly noise: number }, out: Uint8Array): number {
  const random = stream(seed, 'digits', k)
  const label = random.below(10)
  const ways = digitWays[label]!
  draw(ways[random.below(ways.length)]!, size, random, hand, out)
  return label
}

/** The data set with the fields x [28, 28], 0 to 255, and t. A digit is drawn when it is first read, and kept. */
export function digits(given: Readonly<Record<string, string | number>>, precision: Precision): Dataset {
  const { count, seed, variety, noise } = settingsOf('digits', digitDefaults, given) as { count: number; seed: number; variety: number; noise: number }
  const images = new Uint8Array(count * size * size)
  const labels = new Int8Array(count).fill(-1)
  const drawn = (k: number): Uint8Array => {
    const image = images.subarray(k * size * size, (k + 1) * size * size)
    if (labels[k]! < 0) labels[k] = drawDigit(seed, k, { variety, noise }, image)
    return image
  }
  return {
    name: 'digits', count, access: randomAccess, close: () => Promise.resolve(),
    fields: [{ name: 'x', role: 'input', shape: [size, size] }, { name: 't', role: 'target', shape: [], classes: Array.from({ length: 10 }, (_, k) => String(k)) }],
    read(positions) {
      checkPositions('digits', count, positions)
      const x = alloc(precision, positions.length * size * size)
      for (let k = 0; k < positions.length; k++) x.set(drawn(positions[k]!), k * size * size)
      const t = Int32Array.from(positions, k => labels[k]!)
      return Promise.resolve({ count: positions.length, values: { x: { shape: [positions.length, size, size], data: x }, t: { shape: [positions.length], data: t } } })
    },
  }
}
