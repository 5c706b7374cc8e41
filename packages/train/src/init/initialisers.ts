/** Initialisers: how the first numbers of a parameter are drawn. */
import { volume } from '../dense.ts'
import type { Random } from '../random/index.ts'
import type { Named } from '../settings.ts'
import { orthogonal } from './orthogonal.ts'

/** The fans of a weight; 1 and 1 for what is no weight. */
export interface Fans { readonly fanIn: number; readonly fanOut: number }

export interface Initialiser extends Named {
  readonly fill: (shape: readonly number[], fans: Fans, settings: Readonly<Record<string, number>>, random: Random) => Float64Array
}

type Draw = (fans: Fans, s: Readonly<Record<string, number>>, random: Random) => () => number

const entries = (name: string, doc: string, settings: Named['settings'], draw: Draw): Initialiser => ({
  name, doc, settings,
  fill: (shape, fans, s, random) => Float64Array.from({ length: volume(shape) }, draw(fans, s, random)),
})

/** Normal with this variance. */
const spread = (variance: number, random: Random) => (): number => Math.sqrt(variance) * random.normal()
/** Uniform on an interval around 0 with this variance, so as far as sqrt(3 variance). */
const within = (variance: number, random: Random) => (): number => Math.sqrt(3 * variance) * (2 * random.uniform() - 1)

/** Every initialiser, by name. */
export const initialisers: readonly Initialiser[] = [
  entries('zeros', 'All entries 0.', {}, () => () => 0),
  entries('ones', 'All entries 1.', {}, () => () => 1),
  entries('constant', 'All entries the same.', { value: undefined }, (_, { value }) => () => value!),
  entries('normal', 'Normal with mean and standard deviation.', { std: 0.01, mean: 0 }, (_, { std, mean }, random) => () => mean! + std! * random.normal()),
  entries('uniform', 'Uniform between two numbers.', { from: -0.05, to: 0.05 }, (_, { from, to }, random) => () => from! + (to! - from!) * random.uniform()),
  entries('xavier', 'Uniform with variance gain^2 2/(fan in + fan out); Glorot and Bengio, 2010.', { gain: 1 }, ({ fanIn, fanOut }, { gain }, random) => within(gain! ** 2 * 2 / (fanIn + fanOut), random)),
  entries('xavier-normal', 'Normal with variance gain^2 2/(fan in + fan out).', { gain: 1 }, ({ fanIn, fanOut }, { gain }, random) => spread(gain! ** 2 * 2 / (fanIn + fanOut), random)),
  entries('he', 'Normal with variance gain^2 2/fan in, for ReLU; He and others, 2015.', { gain: 1 }, ({ fanIn }, { gain }, random) => spread(gain! ** 2 * 2 / fanIn, random)),
  entries('he-uniform', 'Uniform with variance gain^2 2/fan in.', { gain: 1 }, ({ fanIn }, { gain }, random) => within(gain! ** 2 * 2 / fanIn, random)),
  entries('lecun', 'Normal with variance gain^2/fan in, for tanh; LeCun and others, 1998.', { gain: 1 }, ({ fanIn }, { gain }, random) => spread(gain! ** 2 / fanIn, random)),
  { name: 'orthogonal', doc: 'Rows, or columns if they are fewer, of length gain at right angles; Saxe and others, 2014.', settings: { gain: 1 }, fill: (shape, _, { gain }, random) => orthogonal(shape, gain!, random) },
]
