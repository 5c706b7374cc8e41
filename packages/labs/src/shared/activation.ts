/** Activations: the functions of one number that a network may use. */
import { entry, evaluate, type Expr, findOperation, floats, freshIndex, makePoint, number, operations, size } from '@chainrule/core'
import { noActivation } from '../messages.ts'

const usual = ['sigmoid', 'tanh', 'relu', 'leaky_relu', 'elu', 'gelu', 'silu', 'softplus']

export interface Activation {
  readonly name: string
  /** g'(z) for each z, from the derivative in the record. */
  readonly slopes: (z: ArrayLike<number>) => Float64Array
  /** The largest |g'| on a grid of 1/64 from -20 to 20: 1/4 for the sigmoid, 1 for tanh and ReLU. */
  readonly steepest: number
}

/** The activation of this name. Throws a ChainError for what is no function of one number. */
export function activationOf(name: string): Activation {
  const found = findOperation(name)
  const isOne = found?.kind === 'scalar' && found.fn.partial !== undefined && found.arguments.filter(a => a.default === undefined).length === 1
  if (!isOne) throw noActivation(name, usual.filter(u => operations.some(o => o.name === u)))
  const { fn, arguments: list } = found
  const slopes = along(z => fn.partial!(list.map((a, k) => (k === 0 ? z : number(a.default!))), 0))
  const grid = Float64Array.from({ length: 2561 }, (_, k) => (k - 1280) / 64)
  return { name, slopes, steepest: slopes(grid).reduce((m, x) => Math.max(m, Math.abs(x)), 0) }
}

/** A function of one number, given as an expression, for many numbers. */
function along(of: (z: Expr) => Expr): (z: ArrayLike<number>) => Float64Array {
  return z => {
    const axis = freshIndex('i', size(z.length))
    const tensor = { key: `labs:z${z.length}`, name: 'z', axes: [axis.size], sample: false, rank: 0 }
    const point = makePoint<number>({ values: new Map([[tensor.key, { shape: [z.length], data: Float64Array.from(z) }]]) })
    return Float64Array.from(evaluate(of(entry(tensor, [axis])), point, floats, [axis]).data as Float64Array)
  }
}

