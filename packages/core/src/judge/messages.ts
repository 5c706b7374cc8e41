/** Messages of the judge about exercise files: one function each. */
import { ChainError, nearestName, type Place } from '../errors.ts'

/** A line of a notation block that says nothing known. */
export const lineOfNotation = (place: Place, expected: string): ChainError => new ChainError({ place, problem: 'This line of notation is not understood.', expected })

/** A line of a question block that says nothing known. */
export const lineOfQuestion = (place: Place, known: readonly string[]): ChainError =>
  new ChainError({ place, problem: 'This line of a question is not understood.', expected: `A line begins with ${known.join(', ')}.` })

/** A name of the network that the exercise uses and nothing declares. */
export const notInNetwork = (place: Place, name: string, network: string, names: readonly string[]): ChainError =>
  new ChainError({ place, problem: `${name} is not in the network ${network}.`, nearest: nearestName(name, names) })

/** A network that the exercise names and does not hold. */
export const noNetwork = (place: Place | undefined, name: string, names: readonly string[]): ChainError =>
  new ChainError({ place, problem: names.length === 0 ? 'This exercise holds no network.' : `There is no network ${name} in this exercise.`, expected: names.length === 0 ? 'Write one in a ```chain block.' : `It has ${names.join(', ')}.`, nearest: nearestName(name, names) })

/** The same name for two things. */
export const namedTwice = (place: Place | undefined, what: string, name: string): ChainError =>
  new ChainError({ place, problem: `There are two ${what} named ${name}.` })

/** A right side that means no quantity. */
export const noQuantity = (place: Place, text: string, reason: string): ChainError =>
  new ChainError({ place, problem: `${text} is no quantity of the network: ${reason}` })
