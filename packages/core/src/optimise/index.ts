/** Optimisers: each update is written once, as equations, for the page, for the training graph and for the reference. */
import { adam, adamw } from './adam.ts'
import { noSuchOptimiser } from './messages.ts'
import { momentum, nesterov } from './momentum.ts'
import type { Optimiser } from './record.ts'
import { rmsprop } from './rmsprop.ts'
import { sgd } from './sgd.ts'

export type * from './record.ts'
export { type Decay, type Equation, updated, type Updated, updateEquations } from './apply.ts'
export { clippedByValue, normScale } from './clip.ts'
export { hoistScalars, type Hoisted } from './hoist.ts'

/** Every optimiser. To add one: a record in a file of its own, and its name here. */
export const optimisers: readonly Optimiser[] = Object.freeze([sgd, momentum, nesterov, rmsprop, adam, adamw])

/** The optimiser of this name. Throws a ChainError with the nearest name. */
export function findOptimiser(name: string): Optimiser {
  const found = optimisers.find(o => o.name === name)
  if (!found) throw noSuchOptimiser(name, optimisers.map(o => o.name))
  return found
}
