/** A verdict as it is told: a sign, a headline, details. Every format writes the same findings. */
import type { ClaimVerdict, LinkVerdict } from '../judge-types.ts'
import type { JudgedPage } from '../judged-page.ts'
import { printable } from './printable.ts'
import { whole } from './whole.ts'
import * as words from './words.ts'

interface Range { readonly start: number; readonly end: number }

export type Tone = 'holds' | 'conditional' | 'wrong' | 'open'
export const SIGNS: Readonly<Record<Tone, string>> = { holds: '✓', conditional: '~', wrong: '✗', open: '?' }

export interface Finding {
  readonly tone: Tone
  readonly place: string
  /** `link 3 is refuted`; begins with a small letter, without a full stop. */
  readonly headline: string
  /** Sentences. */
  readonly details: readonly string[]
  /** How it was read: `b stands for b_6`. */
  readonly readings: readonly string[]
  /** How far it was checked: `4 random points`. */
  readonly evidence: readonly string[]
  /** What a teacher says of the mistake; formulas between dollars. */
  readonly slip?: string
  /** The right line in LaTeX, and the place in it that was mended. */
  readonly right?: { readonly latex: string; readonly mark: Range }
  /** Numbers that show it. */
  readonly counterexample?: { readonly at: readonly string[]; readonly values: string }
  /** The place in the LaTeX that is wrong or unreadable. */
  readonly wrong?: Range
}

const TONES: Readonly<Record<ClaimVerdict['verdict'], Tone>> = { proved: 'holds', agrees: 'holds', conditional: 'conditional', refuted: 'wrong', undecided: 'open', unreadable: 'open' }

const distinct = (texts: readonly (string | undefined)[]): string[] => [...new Set(texts.filter(t => t !== undefined && t !== ''))].map(t => printable(t!))

/** Notes that say how far a link was checked. */
const EVIDENCE = /\bpoints?\b|^exact/

/** The finding of a claim. */
export function findingOf(claim: ClaimVerdict): Finding {
  const { verdict, links, firstWrong, slip } = claim
  const first = firstWrong === null ? undefined : links[firstWrong - 1]
  const notes = distinct(links.flatMap(l => (isOpen(verdict) && l.verdict === verdict ? [] : l.note?.split('; ') ?? [])))
  const wrong = slip?.where ?? first?.right ?? claim.problem?.span
  return {
    tone: TONES[verdict],
    place: printable(words.placeOf(claim.id, claim.line)),
    headline: headline(claim),
    details: details(claim),
    readings: notes.filter(n => !EVIDENCE.test(n)),
    evidence: notes.filter(n => EVIDENCE.test(n)),
    ...(slip && !claim.follows ? { slip: printable(slip.explanation) } : {}),
    ...(slip ? { right: { latex: printable(slip.corrected), mark: whole(slip.corrected, slip.mark) } } : {}),
    ...(first?.counterexample ? { counterexample: numbers(first) } : {}),
    ...(wrong ? { wrong: verdict === 'unreadable' ? wrong : whole(claim.latex, wrong) } : {}),
  }
}

const isOpen = (verdict: ClaimVerdict['verdict']): boolean => TONES[verdict] === 'open'

function headline({ verdict, links, firstWrong, problem }: ClaimVerdict): string {
  const reason = (): string => printable(problem?.message ?? distinct(links.filter(l => l.verdict === verdict).map(l => l.note)).join('; ')).replace(/\.$/, '')
  switch (verdict) {
    case 'proved': return words.proved()
    case 'agrees': return words.agrees()
    case 'conditional': return words.assuming(distinct(links.map(l => l.assumption)))
    case 'refuted': return links.length > 1 && firstWrong !== null ? words.linkRefuted(firstWrong) : words.sidesDiffer()
    case 'undecided': return words.undecided(reason())
    case 'unreadable': return words.unreadable(reason())
  }
}

function details({ links, verdict, firstWrong, follows, followsFrom, repaired }: ClaimVerdict): string[] {
  const said: string[] = []
  const numbered = (test: (l: LinkVerdict, n: number) => boolean): number[] => links.map((l, k) => (test(l, k + 1) ? k + 1 : 0)).filter(n => n > 0)
  const holds = (l: LinkVerdict): boolean => TONES[l.verdict] === 'holds' || l.verdict === 'conditional'
  const say = (found: readonly number[], sentence: (numbers: readonly number[]) => string): void => {
    if (found.length > 0) said.push(sentence(found))
  }
  if (verdict === 'refuted' && firstWrong !== null && links.length > 1) {
    say(numbered((l, n) => n < firstWrong && holds(l)), words.linksHold)
    say(numbered((l, n) => n > firstWrong && l.verdict === 'refuted'), words.linksRefutedToo)
    say(numbered((l, n) => n > firstWrong && holds(l)), words.linksHoldBehind)
  }
  if (links.length > 1 && verdict !== 'undecided') say(numbered(l => l.verdict === 'undecided'), words.linksUndecided)
  const assumptions = distinct(links.map(l => l.assumption))
  if (verdict !== 'conditional' && assumptions.length > 0) said.push(`${capital(words.assuming(assumptions).replace(/^holds, a/, 'A'))}.`)
  const others = distinct(links.map(l => l.otherwise))
  if (others.length > 0) said.push(words.otherwise(others))
  if (follows) said.push(followsFrom === undefined ? words.followsFromEarlier() : words.followsFrom(printable(followsFrom)))
  if (repaired !== undefined) said.push(`${capital(words.repairedAs(printable(repaired)))}.`)
  return said
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** Longest list of numbers that is shown. */
const LONGEST = 400

function numbers({ counterexample }: LinkVerdict): NonNullable<Finding['counterexample']> {
  const { at, left, right } = counterexample!
  const shown: string[] = []
  let length = 0
  for (const [name, value] of Object.entries(at)) {
    const text = `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)?.replaceAll(',', ', ') ?? 'undefined'}`
    length += text.length
    if (length > LONGEST) {
      shown.push(words.moreNumbers())
      break
    }
    shown.push(printable(text))
  }
  return { at: shown, values: printable(words.leftAndRight(left, right)) }
}

/** The counts of a page in a sentence, and its marks in another. */
export function summaryOf({ counts, marks }: Pick<JudgedPage, 'counts' | 'marks'>): string {
  const { proved, agrees, conditional, refuted, undecided, unreadable } = counts
  const said = words.summary({ holds: proved + agrees, conditional, refuted, undecided, unreadable })
  return marks ? `${said} ${words.marks(marks.earned, marks.of, marks.open)}` : said
}
