/** The matrix of a convolution: the derivative of its output by its input. */
import { deriveAll, evaluate, floats, makePoint, type Network, replay } from '@chainrule/core'

/** T with y = T x + b, rows by output and columns by input, both row by row: the derived Jacobian with numbers for the weights. */
export function toeplitz(network: Network, W: Float64Array, rows: number, columns: number): Float64Array {
  const [y, x, parameter] = ['y', 'x', 'y.W'].map(name => network.byName.get(name)!)
  const d = deriveAll(network, network.nodes, y!, x!)
  const order = [...d.ofIndices, ...d.byIndices].filter(i => !i.sample)
  const point = makePoint<number>({ values: new Map([[parameter!.tensor.key, { shape: parameter!.tensor.axes.map(a => a.value as number), data: W }]]) })
  const { data } = evaluate(replay(d), point, floats, order)
  return Float64Array.from({ length: rows * columns }, (_, k) => data[k]!)
}

/** For each entry of T which weight stands there, counted from 1, row by row; 0 where none does. */
export const labels = (network: Network, weights: number, rows: number, columns: number): Float64Array =>
  toeplitz(network, Float64Array.from({ length: weights }, (_, k) => k + 1), rows, columns)
