/** Both conversions, worked out. */
import { volume } from '@chainrule/train'
import type { ConvDenseSettings } from './card.ts'
import { convolution, dense, work, type Worked } from './layers.ts'
import { labels, toeplitz } from './toeplitz.ts'
import { drawWhole, equal } from './whole-numbers.ts'

export interface Numbers { readonly x: Float64Array; readonly W: Float64Array; readonly b: Float64Array; readonly t: Float64Array }

/** A convolution and the dense layer with its matrix. */
export interface AsDense {
  readonly numbers: Numbers
  readonly shape: readonly [number, number, number]
  readonly inputs: number
  readonly T: Float64Array
  /** Which weight stands at each entry of T, from 1; 0 for none. */
  readonly labels: Float64Array
  readonly convolution: Worked
  readonly dense: Worked
  /** For each weight the sum of ∂E/∂T over its places, and for each bias over its outputs. */
  readonly tied: { readonly dW: Float64Array; readonly db: Float64Array }
  /** Entries of T that are 0 and whose own gradient is not: a step of the dense layer would fill them. */
  readonly filled: number
  /** Weights whose places in T have different gradients: a step would untie them. */
  readonly untied: number
}

/** Convolution to dense layer. */
export function asDense(s: ConvDenseSettings): AsDense {
  const { network, shape } = convolution(s, [s.kernel, s.kernel])
  const [inputs, outputs, weights] = [s.channels * s.size * s.size, volume(shape), s.filters * s.channels * s.kernel * s.kernel]
  const numbers: Numbers = { x: drawWhole(inputs, s.seed, 'x'), W: drawWhole(weights, s.seed, 'W'), b: drawWhole(s.filters, s.seed, 'b'), t: drawWhole(outputs, s.seed, 't') }
  const T = toeplitz(network, numbers.W, outputs, inputs)
  const at = labels(network, weights, outputs, inputs)
  const perOutput = outputs / s.filters
  const conv = work(network, numbers)
  const full = work(dense(inputs, outputs), { ...numbers, W: T, b: Float64Array.from({ length: outputs }, (_, k) => numbers.b[Math.floor(k / perOutput)]!) })
  const dW = new Float64Array(weights)
  at.forEach((label, k) => { if (label > 0) dW[label - 1]! += full.dW[k]! })
  const db = Float64Array.from({ length: s.filters }, (_, f) => full.db.subarray(f * perOutput, (f + 1) * perOutput).reduce((a, x) => a + x, 0))
  const untied = Array.from({ length: weights }, (_, w) => new Set([...full.dW].filter((_, k) => at[k] === w + 1)).size > 1).filter(Boolean).length
  return { numbers, shape, inputs, T, labels: at, convolution: conv, dense: full, tied: { dW, db }, filled: at.reduce((n, label, k) => n + (label === 0 && full.dW[k] !== 0 ? 1 : 0), 0), untied }
}

/** Everything that should be equal. */
export const asDenseHolds = (c: AsDense): { readonly y: boolean; readonly dx: boolean; readonly dW: boolean; readonly db: boolean } => ({
  y: equal(c.convolution.y, c.dense.y), dx: equal(c.convolution.dx, c.dense.dx), dW: equal(c.convolution.dW, c.tied.dW), db: equal(c.convolution.db, c.tied.db),
})

/** A dense layer and the convolution with filters as large as the map; then on a larger map, where it slides. */
export interface AsConvolution {
  readonly numbers: Numbers
  readonly dense: Worked
  readonly convolution: Worked
  /** A map with one more row and column, the outputs there, and what the dense layer says of each of its four crops. */
  readonly larger: { readonly x: Float64Array; readonly map: Float64Array; readonly crops: Float64Array }
}

/** Dense layer to convolution: the same weights, read as filters of channels x size x size. */
export function asConvolution(s: ConvDenseSettings): AsConvolution {
  const valid = { ...s, stride: 1, padding: 0 }
  const inputs = s.channels * s.size * s.size
  const numbers: Numbers = { x: drawWhole(inputs, s.seed, 'x2'), W: drawWhole(s.filters * inputs, s.seed, 'W2'), b: drawWhole(s.filters, s.seed, 'b2'), t: drawWhole(s.filters, s.seed, 't2') }
  const side = s.size + 1
  const x = drawWhole(s.channels * side * side, s.seed, 'x3')
  const layer = dense(inputs, s.filters)
  const crop = (i: number, j: number): Float64Array => Float64Array.from({ length: inputs }, (_, k) => x[(Math.floor(k / s.size ** 2) * side + Math.floor(k / s.size) % s.size + i) * side + k % s.size + j]!)
  const outputs = [0, 1].flatMap(i => [0, 1].map(j => work(layer, { ...numbers, x: crop(i, j) }).y))
  return {
    numbers, dense: work(layer, numbers), convolution: work(convolution(valid, [s.size, s.size]).network, numbers),
    larger: {
      x, map: work(convolution(valid, [s.size, s.size], side, side).network, { ...numbers, x, t: new Float64Array(4 * s.filters) }).y,
      crops: Float64Array.from({ length: 4 * s.filters }, (_, k) => outputs[k % 4]![Math.floor(k / 4)]!),
    },
  }
}

/** Everything that should be equal. */
export const asConvolutionHolds = ({ dense: d, convolution: c, larger }: AsConvolution): { readonly y: boolean; readonly dx: boolean; readonly dW: boolean; readonly db: boolean; readonly crops: boolean } => ({
  y: equal(c.y, d.y), dx: equal(c.dx, d.dx), dW: equal(c.dW, d.dW), db: equal(c.db, d.db), crops: equal(larger.map, larger.crops),
})
