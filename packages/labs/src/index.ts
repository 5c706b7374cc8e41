/** Labs: questions of a course, answered by derivation, in numbers and in pictures. */
import { convDense } from './conv-dense/conv-dense.ts'
import { init } from './init/init.ts'
import type { Lab } from './lab.ts'
import { noLab } from './messages.ts'
import { pooling } from './pooling/pooling.ts'
import { vanishing } from './vanishing/vanishing.ts'

export { cards, type LabCard, type LabOption, type LabValue } from './cards.ts'
export type { GivenSettings, Lab, LabResult, NetworkSource } from './lab.ts'

/** Every lab, in the order of `cards`. */
export const labs: readonly Lab[] = [vanishing, init, pooling, convDense]

/** The lab of this name. Throws a ChainError with the nearest name. */
export function findLab(name: string): Lab {
  const found = labs.find(l => l.card.name === name)
  if (!found) throw noLab(name, labs.map(l => l.card.name))
  return found
}
