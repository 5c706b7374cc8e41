/** The cards of all labs: data alone. */
import type { LabCard } from './card.ts'
import { convDenseCard } from './conv-dense/card.ts'
import { initCard } from './init/card.ts'
import { poolingCard } from './pooling/card.ts'
import { vanishingCard } from './vanishing/card.ts'

export type { LabCard, LabOption, LabValue } from './card.ts'

export const cards: readonly LabCard[] = [vanishingCard, initCard, poolingCard, convDenseCard]
