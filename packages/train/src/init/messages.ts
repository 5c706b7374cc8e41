import { ChainError } from '@chainrule/core'

/** A parameter whose shape depends on a symbol without a number. */
export const sizeUnknown = (name: string): ChainError =>
  new ChainError({ problem: `${name} cannot be initialised: a size of it has no number.`, expected: 'Give every dim a number.' })

/** A pattern that no parameter fits. */
export const noParameter = (pattern: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `No parameter is named ${pattern}.`, expected: `The parameters are ${known.join(', ')}.` })
