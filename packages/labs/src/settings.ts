/** Settings of a lab: what is given, checked, and the card's values for the rest. */
import type { LabCard, LabOption, LabValue } from './card.ts'
import { badSetting, noNetworkWanted, noSetting } from './messages.ts'

/** All settings by name. Throws a ChainError for names that the card does not have and values that they cannot have. */
export function settingsOf(card: LabCard, given: Readonly<Record<string, LabValue | undefined>>, withNetwork: boolean): Readonly<Record<string, LabValue>> {
  if (withNetwork && card.network === undefined) throw noNetworkWanted(card.name)
  const known = card.options.map(o => o.name)
  for (const name of Object.keys(given)) if (!known.includes(name)) throw noSetting(card.name, name, known)
  return Object.fromEntries(card.options.map(o => {
    const value = given[o.name] ?? o.default
    const wanted = wantedOf(o)
    if (!wanted.holds(value)) throw badSetting(o.name, value, wanted.words)
    return [o.name, value]
  }))
}

interface Wanted { readonly words: string; readonly holds: (v: LabValue) => boolean }

const isCount = (most: number) => (v: unknown): boolean => typeof v === 'number' && Number.isInteger(v) && v >= 1 && v <= most
const isSome = (each: (v: unknown) => boolean) => (v: LabValue): boolean => Array.isArray(v) && v.length > 0 && v.every(each)
const isName = (v: unknown): boolean => typeof v === 'string' && v !== ''

function wantedOf(o: LabOption): Wanted {
  switch (o.kind) {
    case 'count': return { words: `It is a whole number from 1 to ${o.most}.`, holds: isCount(o.most) }
    case 'counts': return { words: `They are whole numbers from 1 to ${o.most}.`, holds: isSome(isCount(o.most)) }
    case 'whole': return { words: `It is a whole number from 0 to ${o.most}.`, holds: v => typeof v === 'number' && Number.isInteger(v) && v >= 0 && v <= o.most }
    case 'positive': return { words: 'It is a number above 0.', holds: v => typeof v === 'number' && Number.isFinite(v) && v > 0 }
    case 'name': return { words: 'It is a name.', holds: isName }
    case 'names': return { words: 'They are names.', holds: isSome(isName) }
    case 'switch': return { words: 'It is on or off.', holds: v => typeof v === 'boolean' }
  }
}
