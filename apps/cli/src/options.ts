/** Values of options: lists of names, assignments, numbers. */
import { InvalidArgumentError } from 'commander'

/** Parts between commas that stand outside of brackets: `W^(1), w_{1,3}, s[i,j]` are three. */
export function splitNames(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const c of text) {
    if ('([{'.includes(c)) depth++
    else if (')]}'.includes(c)) depth--
    if (c === ',' && depth <= 0) {
      parts.push(part)
      part = ''
    } else part += c
  }
  return [...parts, part].map(p => p.trim()).filter(p => p !== '')
}

/** For an option that may be repeated: `--wrt a,b --wrt c`. */
export function collectNames(text: string, before: string[] | undefined): string[] {
  const names = splitNames(text)
  if (names.length === 0) throw new InvalidArgumentError('Expected a name.')
  return [...(before ?? []), ...names]
}

/** For `--let g=sigmoid --let h=tanh`. */
export function collectAssignments(text: string, before: Record<string, string> | undefined): Record<string, string> {
  const result = { ...before }
  for (const part of splitNames(text)) {
    const at = part.indexOf('=')
    if (at <= 0 || at === part.length - 1) throw new InvalidArgumentError(`Expected NAME=VALUE, not ${part}.`)
    result[part.slice(0, at).trim()] = part.slice(at + 1).trim()
  }
  return result
}

/** For `--dim n0=7`. */
export function collectSizes(text: string, before: Record<string, number> | undefined): Record<string, number> {
  const sizes = Object.entries(collectAssignments(text, undefined)).map(([name, value]) => [name, wholeNumber(value)] as const)
  return { ...before, ...Object.fromEntries(sizes) }
}

/** A positive whole number. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError(`Expected a positive whole number, not ${text}.`)
  return Number(text)
}

/** Positive whole numbers between commas. */
export const wholeNumbers = (text: string): number[] => text.split(',').map(part => wholeNumber(part.trim()))

/** A whole number from 0. */
export const wholeUpTo = (most: number) => (text: string): number => {
  if (!/^\d{1,9}$/.test(text) || Number(text) > most) throw new InvalidArgumentError(`Expected a whole number from 0 to ${most}, not ${text}.`)
  return Number(text)
}

export const seed = wholeUpTo(999_999_999)

/** A positive number such as 1e-6. */
export function positive(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) throw new InvalidArgumentError(`Expected a positive number, not ${text}.`)
  return value
}
