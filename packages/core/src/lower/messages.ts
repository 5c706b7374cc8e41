/** What cannot be lowered, one function for each message. */
import { ChainError } from '../errors.ts'
import { listed } from '../language/messages.ts'

export const abstractFunction = (name: string): ChainError =>
  new ChainError({ problem: `The function ${name} is abstract, so it has no values to compute.`, expected: `Give an operation for it: --let ${name}=tanh.` })
export const noKernel = (name: string): ChainError =>
  new ChainError({ problem: `${name} cannot be lowered: it has neither a kernel nor a definition.` })
export const openDerivative = (name: string): ChainError =>
  new ChainError({ problem: `The derivative by ${name} is not resolved, so it cannot be lowered.` })
export const noValue = (name: string): ChainError => new ChainError({ problem: `${name} has no value here.`, expected: 'A node is lowered after those that it reads.' })
export const noSuchNode = (name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `There is no ${name} in this network.`, expected: `There is: ${listed(known)}.` })
export const noNumber = (names: readonly string[]): ChainError =>
  new ChainError({ problem: `The size${names.length > 1 ? 's' : ''} ${listed(names)} ${names.length > 1 ? 'have' : 'has'} no number.`, expected: 'A tensor program needs numbers for all sizes.' })
export const noLoss = (): ChainError => new ChainError({ problem: 'This network has no loss.', expected: 'Training needs one: loss E = mean over data: ...' })
export const needsScalar = (name: string): ChainError => new ChainError({ problem: `${name} is not one number for all samples, so it has no gradient to train by.`, expected: 'A loss sums or averages over the data.' })
export const symbolicDepth = (): ChainError => new ChainError({ problem: 'The number of layers of this network is a symbol.', expected: 'Give it with --depth.' })
export const matrixTooLarge = (name: string, n: number, most: number): ChainError =>
  new ChainError({ problem: `${name} of a ${n} x ${n} matrix cannot be lowered.`, expected: `It is written out row by row, up to ${most} rows.` })
