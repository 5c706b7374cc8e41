/** Messages about optimisers and their settings: one function each. */
import { ChainError, nearestName } from '@chainrule/core'

/** A warm-up that leaves nothing of the run. */
export const badWarmUp = (given: number, steps: number): ChainError =>
  new ChainError({ problem: `The warm-up cannot take ${given} steps.`, expected: `The run has ${steps}; a whole number below that is wanted.` })

/** A weight decay that is negative or no number. */
export const badDecay = (given: number): ChainError => new ChainError({ problem: `The weight decay cannot be ${given}.`, expected: 'It is 0 or more.' })

/** A group that no parameter is in. */
export const noParameterFits = (pattern: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `No parameter is named ${pattern}.`, expected: `The parameters are ${known.join(', ')}; weight, bias and scale are roles.`, nearest: nearestName(pattern, [...known, 'weight', 'bias', 'scale']) })

/** A hyper-parameter that the optimiser does not have. */
export const noHyperparameter = (optimiser: string, name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `${optimiser} has no hyper-parameter ${name}.`, expected: known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`, nearest: nearestName(name, known) })
