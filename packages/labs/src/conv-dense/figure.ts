/** The picture of the lab: the matrix, its gradient, and the sums over the places of each weight. */
import type { Chart, Figure } from '@chainrule/plot'
import { short } from '../shared/text.ts'
import type { ConvDenseSettings } from './card.ts'
import type { AsConvolution, AsDense } from './convert.ts'
import { columnNames, placeNames, weightName } from './page.ts'

/** Beyond this many cells numbers are not written into them, and beyond the second a matrix is not drawn. */
const [MOST_NUMBERS, MOST_CELLS] = [256, 16_384]

/** Both directions. */
export function convDenseFigure(a: AsDense, b: AsConvolution, s: ConvDenseSettings): Figure {
  const rows = a.T.length / a.inputs
  const matrix = (title: string, data: Float64Array): Chart => ({
    kind: 'heat', title, diverging: true, rows: { label: 'output', names: placeNames('y', ...a.shape) }, columns: { label: 'input', names: columnNames(a, s.channels) },
    values: Array.from({ length: rows }, (_, r) => [...data.subarray(r * a.inputs, (r + 1) * a.inputs)]), ...(a.T.length <= MOST_NUMBERS ? { text: short } : {}),
  })
  const weights = Array.from(a.numbers.W, (_, k) => weightName(k, s))
  const bars = (title: string, left: Float64Array, right: Float64Array, groups: readonly [string, string]): Chart => ({
    kind: 'bars', title, x: { label: 'weight', categories: weights }, y: { label: '∂E/∂w' }, groups: [{ name: groups[0], values: [...left] }, { name: groups[1], values: [...right] }],
  })
  const filter = (k: number): number[][] => Array.from({ length: s.size }, (_, i) => [...b.numbers.W.subarray(k * s.size ** 2 + i * s.size, k * s.size ** 2 + (i + 1) * s.size)])
  return {
    title: 'Convolution and dense layer', columns: 2, width: 520, height: 260,
    charts: [
      ...(a.T.length <= MOST_CELLS ? [matrix('T: the convolution as a matrix', a.T), matrix('∂E/∂T of the dense layer, zeros of T included', a.dense.dW)] : []),
      ...(weights.length <= 64 ? [bars('one gradient for each weight', a.convolution.dW, a.tied.dW, ['convolution', 'sum over its places in T'])] : []),
      { kind: 'image', title: 'the first row of the dense layer as a filter', diverging: true, values: filter(0) },
    ],
  }
}
