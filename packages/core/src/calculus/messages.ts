/** Messages of the calculus: one function each. */
import { ChainError } from '../errors.ts'

/** A function that has no derivative rule: an error, never a silent zero. */
export const missingRule = (name: string): ChainError =>
  new ChainError({ problem: `There is no derivative rule for ${name}. Its record needs a partial derivative or a definition.` })
