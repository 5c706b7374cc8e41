/** Values of the options of training: numbers by name, groups, limits, initialisers. */
import { InvalidArgumentError } from 'commander'

const numberIn = (text: string): number => (text.trim() === '' ? NaN : Number(text))

/** A number from 0. */
export function notNegative(text: string): number {
  const value = numberIn(text)
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError(`Expected a number from 0, not ${text}.`)
  return value
}

/** For `--set lambda=0.1 --hyper mu=0.95`. */
export function collectNumbers(text: string, before: Record<string, number> | undefined): Record<string, number> {
  const found = /^\s*([^=]+?)\s*=\s*(.+)$/.exec(text)
  const value = numberIn(found?.[2] ?? '')
  if (!found || !Number.isFinite(value)) throw new InvalidArgumentError(`Expected NAME=NUMBER, not ${text}.`)
  return { ...before, [found[1]!]: value }
}

/** For an option that may be repeated. */
export const collect = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text]

/** `0.2`, `500`, or a source of data. */
export function share(text: string): number | string {
  const value = numberIn(text)
  if (Number.isNaN(value)) return text
  if (value < 0 || (value >= 1 && !Number.isInteger(value))) throw new InvalidArgumentError(`Expected a share below 1, a number of samples, or data, not ${text}.`)
  return value
}

export interface Clip { readonly kind: 'norm' | 'value'; readonly limit: number }

/** `1`, `norm=1`, `value=0.5`. */
export function clip(text: string): Clip {
  const found = /^(?:(norm|value)=)?(.+)$/.exec(text.trim())
  const limit = numberIn(found?.[2] ?? '')
  if (!(limit > 0 && Number.isFinite(limit))) throw new InvalidArgumentError(`Expected a limit such as 1, norm=1 or value=0.5, not ${text}.`)
  return { kind: found?.[1] === 'value' ? 'value' : 'norm', limit }
}

/** `he` for all weights, `W^(1)=normal(std=1e-4)` for one parameter. */
export function collectInit(text: string, before: Initialiser[] | undefined): Initialiser[] {
  const found = /^(?:(.+)=)?([a-z-]+(?:\([^()]*\))?)$/.exec(text.trim())
  if (!found) throw new InvalidArgumentError(`Expected an initialiser such as he, or NAME=normal(std=0.01), not ${text}.`)
  return [...(before ?? []), { parameters: found[1] ?? 'weight', initialiser: found[2]! }]
}

export interface Initialiser { readonly parameters: string; readonly initialiser: string }

export interface Group { readonly parameters: string; readonly decay?: number; readonly rate?: number; readonly frozen?: boolean }

/** `c1.*:rate=0.1,decay=0`, `bias:frozen`. */
export function collectGroups(text: string, before: Group[] | undefined): Group[] {
  const at = text.lastIndexOf(':')
  const settings = text.slice(at + 1).split(',').map((part): Partial<Group> | undefined => {
    const found = /^\s*(?:(decay|rate)=(\S+)|(frozen))\s*$/.exec(part)
    if (found?.[3]) return { frozen: true }
    const value = numberIn(found?.[2] ?? '')
    return found && Number.isFinite(value) ? { [found[1]!]: value } : undefined
  })
  if (at < 1 || settings.includes(undefined)) throw new InvalidArgumentError(`Expected NAME:decay=0,rate=0.1 or NAME:frozen, not ${text}.`)
  return [...(before ?? []), Object.assign({ parameters: text.slice(0, at) }, ...settings) as Group]
}
