/** Data that needs no download: points in the plane, and digits. */
import { stream } from '../../random/index.ts'
import { alloc, checkPositions, type Dataset, type Precision, randomAccess } from '../dataset.ts'
import { digitDefaults, digits } from './digits.ts'
import { type PointSet, pointSets } from './points.ts'
import { settingsOf } from './settings.ts'

export interface GeneratedSet {
  readonly name: string
  readonly doc: string
  readonly defaults: Readonly<Record<string, number>>
  /** Throws a ChainError for settings that it does not have. */
  readonly make: (settings: Readonly<Record<string, string | number>>, precision: Precision) => Dataset
}

/** Every generated set. */
export const generatedSets: readonly GeneratedSet[] = [
  ...pointSets.map((p): GeneratedSet => ({ name: p.name, doc: p.doc, defaults: p.defaults, make: (given, precision) => points(p, given, precision) })),
  { name: 'digits', doc: 'Digits drawn with varied shapes, slant, thickness, place and noise: 28 x 28, ten classes.', defaults: digitDefaults, make: digits },
]

function points(set: PointSet, given: Readonly<Record<string, string | number>>, precision: Precision): Dataset {
  const s = settingsOf(set.name, set.defaults, given)
  const [count, seed] = [s.count!, s.seed!]
  return {
    name: set.name, count, access: randomAccess, close: () => Promise.resolve(),
    fields: [{ name: 'x', role: 'input', shape: [2] }, { name: 't', role: 'target', shape: [], classes: Array.from({ length: set.classes(s) }, (_, k) => String(k)) }],
    read(positions) {
      checkPositions(set.name, count, positions)
      const x = alloc(precision, positions.length * 2)
      const t = new Int32Array(positions.length)
      for (let k = 0; k < positions.length; k++) {
        const drawn = set.draw(positions[k]!, stream(seed, set.name, positions[k]!), s, seed)
        x.set(drawn.x, 2 * k)
        t[k] = drawn.label
      }
      return Promise.resolve({ count: positions.length, values: { x: { shape: [positions.length, 2], data: x }, t: { shape: [positions.length], data: t } } })
    },
  }
}
