/** What is said of a verdict, in words that a student understands. Each message is one function. */

const list = (items: readonly string[]): string => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`)

/** `Links 1 and 2 hold`, `Link 4 holds too` */
const links = (numbers: readonly number[], one: string, many: string): string =>
  (numbers.length === 1 ? `Link ${numbers[0]} ${one}.` : `Links ${list(numbers.map(String))} ${many}.`)

export const proved = (): string => 'holds, proved'
export const agrees = (): string => 'holds at every point that was tried'
export const assuming = (assumptions: readonly string[]): string => (assumptions.length === 0 ? 'holds under an assumption' : `holds, assuming ${list(assumptions)}`)
export const otherwise = (results: readonly string[]): string => `Otherwise: ${results.join('; ')}.`

/** Of a chain of one link. */
export const sidesDiffer = (): string => 'refuted: the two sides are not equal'
export const linkRefuted = (link: number): string => `link ${link} is refuted`
export const linksHold = (numbers: readonly number[]): string => links(numbers, 'holds', 'hold')
export const linksHoldBehind = (numbers: readonly number[]): string => links(numbers, 'holds as it stands', 'hold as they stand')
export const linksRefutedToo = (numbers: readonly number[]): string => links(numbers, 'is refuted too', 'are refuted too')
export const linksUndecided = (numbers: readonly number[]): string => links(numbers, 'is not decided', 'are not decided')

export const undecided = (reason: string | undefined): string => (reason ? `not decided: ${reason}` : 'not decided')
export const unreadable = (reason: string | undefined): string => (reason ? `cannot be read: ${reason}` : 'cannot be read')
export const followsFrom = (place: string): string => `It follows from the mistake ${/^\d+$/.test(place) ? `in line ${place}` : `at ${place}`}: with what is written there, it is right.`
export const followsFromEarlier = (): string => 'It follows from an earlier mistake of the page: with what is written there, it is right.'
export const repairedAs = (latex: string): string => `read with a repair, as ${latex}`

/** `B1.w25, line 9` */
export const placeOf = (id: string | undefined, line: number): string => (id === undefined ? `line ${line}` : `${id}, line ${line}`)

export const leftAndRight = (left: string, right: string): string => `left ${left}, right ${right}`
export const moreNumbers = (): string => '… (all numbers in --json)'

/** How many of what: `21 formulas: 14 hold, 4 hold under an assumption, 3 are refuted.` */
export function summary(counts: { readonly holds: number; readonly conditional: number; readonly refuted: number; readonly undecided: number; readonly unreadable: number }): string {
  const total = Object.values(counts).reduce((a, b) => a + b, 0)
  if (total === 0) return 'No formula was found on this page.'
  const say = (n: number, one: string, many: string): string[] => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`])
  const parts = [
    ...say(counts.holds, 'holds', 'hold'), ...say(counts.conditional, 'holds under an assumption', 'hold under an assumption'),
    ...say(counts.refuted, 'is refuted', 'are refuted'), ...say(counts.undecided, 'is not decided', 'are not decided'),
    ...say(counts.unreadable, 'cannot be read', 'cannot be read'),
  ]
  return `${total} ${total === 1 ? 'formula' : 'formulas'}: ${parts.join(', ')}.`
}

/** A page whose judging was stopped. */
export const stoppedAfter = (seconds: number): string => `stopped after ${seconds} s`
export const notReached = (reason: string): string => `not reached: the page was ${reason}`

/** `Marks: 6.5 of 8, 1 to be looked at.` */
export const marks = (earned: number, of: number, open: number): string => `Marks: ${earned} of ${of}${open > 0 ? `, ${open} to be looked at` : ''}.`
