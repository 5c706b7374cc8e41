/** Every sentence about a page itself. */
import { ChainError } from '@chainrule/core'

export const pageTooLong = (characters: number, most: number): ChainError =>
  new ChainError({ problem: `The page has ${characters} characters.`, expected: `It may have ${most}.` })

export const tooManyFormulas = (most: number): ChainError =>
  new ChainError({ problem: `The page has more than ${most} formulas.`, expected: 'Split it, or check its parts one by one.' })

export const notClosed = (opening: string, missing: string): string => `${opening} is not closed by ${missing}; the formula was read up to the end of its paragraph`

export const idWithoutFormula = (id: string): string => `the id ${id} has no formula behind it`

export const idTwice = (id: string, line: number): string => `the id ${id} was given before, at line ${line}`

export const notJudged = (count: number): string =>
  `${count === 1 ? 'one formula with = stands' : `${count} formulas with = stand`} inside a sentence and ${count === 1 ? 'is' : 'are'} read as a condition, not judged; put it on a line of its own, or an id before it, to have it judged`
