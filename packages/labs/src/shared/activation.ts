/** Activations: the functions of one number that a network may use. */
import { type Expr, findOperation, number, operations } from '@chainrule/core'
import { along, steepestOf } from '@chainrule/train'
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
  const slope = (z: Expr): Expr => fn.partial!(list.map((a, k) => (k === 0 ? z : number(a.default!))), 0)
  return { name, slopes: z => along(slope, z), steepest: steepestOf(slope) }
}
