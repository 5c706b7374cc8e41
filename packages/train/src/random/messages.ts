import { ChainError } from '@chainrule/core'

/** Numbers that no generator can have as its state. */
export const badState = (given: readonly number[]): ChainError =>
  new ChainError({ problem: `[${given.join(', ')}] is not the state of a generator.`, expected: 'Four whole numbers of 32 bits are, not all zero.' })
