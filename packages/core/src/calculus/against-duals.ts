/** Derived gradients against forward-mode dual numbers: what tests of the calculus share. */
import { type Dense, floats, jacobian, type Point } from '../evaluate/index.ts'
import type { NetworkNode } from '../network/types.ts'

/** Gap of two equal derivatives computed in doubles, relative to the greatest entry. */
const close = 1e-9
/** Below this an entry is what is left of a cancellation. */
const nothing = 1e-12

/** d of / d by by dual numbers, in the layout of `derived`: an `of` of each sample is summed for a node at the same sample. */
export function byDuals(nodes: readonly NetworkNode[], of: NetworkNode, by: NetworkNode, point: Point<number>, derived: Dense<number>): Dense<number> {
  const full = jacobian(nodes, of.tensor, by.tensor, point, floats)
  if (!of.tensor.sample || derived.shape.length === full.shape.length) return full
  const [, ...shape] = full.shape
  const data = new Float64Array(derived.data.length)
  for (let k = 0; k < full.data.length; k++) data[k % data.length] = data[k % data.length]! + full.data[k]!
  return { shape, data }
}

/** What is wrong with `derived`, compared with `dual`; undefined when they agree. */
export function mismatch(derived: Dense<number>, dual: Dense<number>): string | undefined {
  if (derived.shape.join() !== dual.shape.join()) return `shape ${derived.shape.join('x')} instead of ${dual.shape.join('x')}`
  let scale = 0
  for (let k = 0; k < dual.data.length; k++) scale = Math.max(scale, Math.abs(dual.data[k]!))
  for (let k = 0; k < dual.data.length; k++) {
    const [a, b] = [derived.data[k]!, dual.data[k]!]
    if (!(Math.abs(a - b) <= close * scale + nothing)) return `entry ${k}: derived ${a}, by dual numbers ${b}`
  }
  return undefined
}
