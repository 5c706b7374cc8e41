/** What an operation says about attributes that fit no reading; the caller adds the place. */
import { ChainError } from '../errors.ts'

/** An axis that the tensor does not have. */
export function noSuchAxis(operation: string, axis: string, rank: number): ChainError {
  const expected = rank === 0 ? 'A scalar has no axis.' : `Axes count from 1 to ${rank}; -1 is the last.`
  return new ChainError({ problem: `${operation}: axis ${axis} does not exist.`, expected })
}

/** An attribute whose value has the wrong form. */
export function badAttribute(operation: string, key: string, given: string, expected: string): ChainError {
  return new ChainError({ problem: `${operation}: ${key} = ${given} cannot be read.`, expected })
}

/** A tensor argument of the wrong number of axes. */
export function wrongRank(operation: string, argument: string, rank: number, expected: string): ChainError {
  return new ChainError({ problem: `${operation}: ${argument} has ${rank} ${rank === 1 ? 'axis' : 'axes'}.`, expected })
}

/** Numbers that have to divide each other and do not. */
export function doesNotDivide(operation: string, divisor: string, what: string): ChainError {
  return new ChainError({ problem: `${operation}: ${divisor} does not divide ${what}.` })
}

/** Two shapes of a different number of entries. */
export function wrongCount(operation: string, given: number, wanted: number): ChainError {
  return new ChainError({ problem: `${operation}: the new shape has ${wanted} entries, the tensor ${given}.` })
}

/** Same padding whose amount depends on a symbol. */
export function undecidedSame(operation: string): ChainError {
  return new ChainError({
    problem: `${operation}: how much padding=same adds depends on sizes that are symbols here.`,
    expected: 'Give padding as a number or a formula, or the sizes as numbers.',
  })
}
