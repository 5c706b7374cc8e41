/** Messages about optimisers: one function each. */
import { ChainError, nearestName } from '../errors.ts'

/** A name that no optimiser has. */
export const noSuchOptimiser = (name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `There is no optimiser ${name}.`, expected: `Known: ${known.join(', ')}.`, nearest: nearestName(name, known) })
