/** What a text leaves open (padding, biases), how it was read, and what the other readings give. */
import { type Attribute, findOperation } from '../operations/index.ts'
import type { AttributeDefaults, Network } from './types.ts'

/** One attribute that layers of the text leave to its default. */
export interface Assumption {
  readonly attribute: string
  /** The default, as written in a call. */
  readonly value: string
  readonly otherwise: readonly string[]
  readonly layers: readonly string[]
}

/** One choice for every open attribute, the same for all layers that leave it open. */
export interface Reading {
  readonly choices: Readonly<Record<string, Attribute>>
  /** Defaults by operation and attribute, as the elaborator takes them. */
  readonly defaults: AttributeDefaults
}

interface Open { readonly attribute: string; readonly values: readonly Attribute[]; readonly operations: readonly string[]; readonly layers: readonly string[] }

const MOST_READINGS = 16

function openAttributes(network: Network): readonly Open[] {
  const found = new Map<string, { values: Attribute[]; operations: Set<string>; layers: string[] }>()
  for (const call of network.layers) {
    const record = findOperation(call.operation)
    if (record?.kind !== 'tensor') continue
    for (const attribute of call.unstated) {
      const values = record.unstated?.[attribute]
      if (!values) continue
      const open = found.get(attribute) ?? { values: [], operations: new Set(), layers: [] }
      found.set(attribute, open)
      for (const v of values) if (!open.values.includes(v)) open.values.push(v)
      open.operations.add(record.name)
      open.layers.push(call.name)
    }
  }
  return [...found].map(([attribute, o]) => ({ attribute, values: o.values, operations: [...o.operations], layers: o.layers }))
}

/** What the counts of a network take for granted because its text does not say it. */
export const assumptionsOf = (network: Network): readonly Assumption[] =>
  openAttributes(network).map(({ attribute, values, layers }) => ({
    attribute, value: String(values[0]), otherwise: values.slice(1).map(String), layers,
  }))

/** Every combination of the readings of what the text leaves open, at most 16, the defaults first. */
export function readingsOf(network: Network): readonly Reading[] {
  let list: Reading[] = [{ choices: {}, defaults: {} }]
  for (const { attribute, values, operations } of openAttributes(network)) {
    list = list.flatMap(reading => values.map((value): Reading => ({
      choices: { ...reading.choices, [attribute]: value },
      defaults: operations.reduce((all, name) => ({ ...all, [name]: { ...all[name], [attribute]: value } }), reading.defaults),
    })))
  }
  return list.slice(0, MOST_READINGS)
}

/** `padding=same, bias=false` */
export const readingText = ({ choices }: Reading): string => Object.entries(choices).map(([key, value]) => `${key}=${String(value)}`).join(', ')

const MOST_NAMES = 6

/** `Not stated: padding of c1, c2. Read as valid; it may also be same.` */
export function assumptionText({ attribute, value, otherwise, layers }: Assumption): string {
  const names = layers.length > MOST_NAMES ? `${layers.slice(0, MOST_NAMES - 1).join(', ')} and ${layers.length - MOST_NAMES + 1} more` : layers.join(', ')
  return `Not stated: ${attribute} of ${names}. Read as ${value}; it may also be ${otherwise.join(' or ')}.`
}
