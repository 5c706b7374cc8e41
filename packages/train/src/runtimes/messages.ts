/** What can go wrong with runtimes, one function for each message. */
import { ChainError } from '@chainrule/core'

export const missingFeed = (name: string): ChainError => new ChainError({ problem: `The program reads ${name}, which is not given.` })
export const wrongFeed = (name: string, given: number, wanted: number): ChainError => new ChainError({ problem: `${name} is given ${given} numbers, it has ${wanted}.` })
export const noState = (name: string, known: readonly string[]): ChainError => new ChainError({ problem: `The program keeps no ${name}.`, expected: known.length > 0 ? `It keeps: ${known.join(', ')}.` : 'It keeps nothing.' })
export const notInstalled = (what: string, why: string): ChainError => new ChainError({ problem: `${what} cannot be loaded: ${why}`, expected: 'Install the dependencies again, or choose another runtime.' })
export const batchLacks = (name: string, known: readonly string[]): ChainError => new ChainError({ problem: `The network reads ${name}, which the data do not have.`, expected: `They have: ${known.join(', ')}.` })
export const stateLacks = (name: string, known: readonly string[]): ChainError => new ChainError({ problem: `There are no numbers for the parameter ${name}.`, expected: `There are some for: ${known.join(', ')}.` })
