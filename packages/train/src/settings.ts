/** Named things with settings, as they are typed: `normal(std=1e-4)`, `cosine(steps=1000, to=0)`. */
import { ChainError, nearestName } from '@chainrule/core'

/** A record that can be asked for by name, with the numbers that it can be given. */
export interface Named {
  readonly name: string
  readonly doc: string
  /** Each setting with its default; undefined where one has to be given. */
  readonly settings: Readonly<Record<string, number | undefined>>
}

/** A choice from a list, with all its settings. */
export interface Chosen<T extends Named> { readonly record: T; readonly settings: Readonly<Record<string, number>> }

/** The record and settings that a text names; `what` is what they are called in messages. Throws a ChainError with the nearest name. */
export function choose<T extends Named>(what: string, list: readonly T[], text: string): Chosen<T> {
  const form = /^\s*([\w-]+)\s*(?:\(([^()]*)\))?\s*$/.exec(text)
  const record = form && list.find(r => r.name === form[1])
  if (!record) throw noSuchName(what, form?.[1] ?? text, list.map(r => r.name))
  const settings: Record<string, number | undefined> = { ...record.settings }
  const keys = Object.keys(settings)
  for (const [k, part] of (form[2] ?? '').split(',').filter(p => p.trim() !== '').entries()) {
    const [first, second] = part.split('=').map(s => s.trim())
    const key = second === undefined ? keys[k] : first
    const value = Number(second ?? first)
    if (key === undefined || !(key in settings) || !Number.isFinite(value) || (second ?? first) === '') throw badSetting(record, part.trim())
    settings[key] = value
  }
  const missing = keys.find(key => settings[key] === undefined)
  if (missing !== undefined) throw missingSetting(record, missing)
  return { record, settings: settings as Record<string, number> }
}

const form = (r: Named): string => {
  const inside = Object.entries(r.settings).map(([k, v]) => (v === undefined ? `${k}=...` : `${k}=${v}`)).join(', ')
  return inside === '' ? r.name : `${r.name}(${inside})`
}

/** A name that is not on the list. */
const noSuchName = (what: string, name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `There is no ${what} ${name}.`, expected: `Known: ${known.join(', ')}.`, nearest: nearestName(name, known) })

/** A setting that the record does not have, or that is no number. */
const badSetting = (r: Named, given: string): ChainError =>
  new ChainError({ problem: `${r.name}: ${given} cannot be read.`, expected: `It is written ${form(r)}.`, nearest: nearestName(given.split('=')[0]!.trim(), Object.keys(r.settings)) })

/** A setting without a default that was not given. */
const missingSetting = (r: Named, key: string): ChainError => new ChainError({ problem: `${r.name} needs ${key}.`, expected: `It is written ${form(r)}.` })
