/** Every slip, listed. To add one: a record in a file of its own or of its kin, and its place here; earlier ones are named first. */
import { constantFactor, factor, meanForSum } from './factors.ts'
import { dataSum, sumPulledOut } from './data.ts'
import { argument, otherActivation, prime, wrongFunction } from './functions.ts'
import { arithmetic } from './numbers.ts'
import { square, subscript, transpose } from './scripts.ts'
import { sign } from './signs.ts'
import type { Slip } from './slip.ts'
import { droppedCase, elementForMatrix, floor, oneOff, order, regulariserMultiplied, upsideDown } from './structure.ts'
import { bias, path, regulariser, term } from './terms.ts'

export * from './slip.ts'

export const SLIPS: readonly Slip[] = Object.freeze([
  arithmetic, sign, sumPulledOut, dataSum, meanForSum, constantFactor, prime, square, subscript, transpose, regulariserMultiplied,
  bias, regulariser, factor, path, term, otherActivation, argument, floor, oneOff, order, elementForMatrix, upsideDown, wrongFunction, droppedCase,
])

export const findSlip = (id: string): Slip | undefined => SLIPS.find(s => s.id === id)
