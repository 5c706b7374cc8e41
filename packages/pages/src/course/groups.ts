/** Equal answers on many pages: what is wrong in the same way, and which slips a question invites. */
import type { ClaimVerdict, SlipFound, Verdict, VerdictCounts } from '../judge-types.ts'
import { VERDICTS } from '../judge-types.ts'
import type { JudgedPage } from '../judged-page.ts'

/** Answers to the same question with the same value. */
export interface AnswerGroup {
  readonly question?: string
  readonly key: string
  readonly verdict: Verdict
  /** How many pages have it. */
  readonly count: number
  readonly pages: readonly string[]
  /** The answer as the first of them writes it, and of it the first wrong link, `A = B`. */
  readonly latex: string
  readonly wrong: string
  readonly slip?: Pick<SlipFound, 'name' | 'explanation'>
}

/** A slip, and how often it was found in a question. */
export interface SlipCount {
  readonly question?: string
  readonly name: string
  readonly explanation: string
  readonly count: number
  readonly pages: readonly string[]
}

interface Found { readonly page: string; readonly claim: ClaimVerdict }

/** Wrong answers that are equal: the most frequent first, then by question in the order of `questions`. */
export function groupsOf(pages: readonly JudgedPage[], questions: readonly { readonly id: string }[] = []): AnswerGroup[] {
  const groups = collect(pages, claim => (claim.verdict === 'refuted' ? JSON.stringify([claim.question ?? '', keyOf(claim)]) : undefined))
  const order = orderOf(questions)
  return groups.map((found): AnswerGroup => {
    const { claim } = found[0]!
    const slip = found.find(f => f.claim.slip)?.claim.slip
    const on = pathsOf(found)
    return {
      ...(claim.question === undefined ? {} : { question: claim.question }), key: keyOf(claim), verdict: claim.verdict, count: on.length, pages: on, latex: claim.latex, wrong: wrongOf(claim),
      ...(slip ? { slip: { name: slip.name, explanation: slip.explanation } } : {}),
    }
  }).sort((a, b) => b.count - a.count || order(a) - order(b) || compare(a.question ?? '', b.question ?? '') || compare(a.key, b.key))
}

/** Slips by question, the most frequent of a question first; what only follows from an earlier mistake is none. */
export function slipsOf(pages: readonly JudgedPage[], questions: readonly { readonly id: string }[] = []): SlipCount[] {
  const groups = collect(pages, claim => (claim.slip && !claim.follows ? JSON.stringify([claim.question ?? '', claim.slip.name]) : undefined))
  const order = orderOf(questions)
  return groups.map((found): SlipCount => {
    const { question, slip } = found[0]!.claim
    return { ...(question === undefined ? {} : { question }), name: slip!.name, explanation: slip!.explanation, count: found.length, pages: pathsOf(found) }
  }).sort((a, b) => order(a) - order(b) || compare(a.question ?? '', b.question ?? '') || b.count - a.count || compare(a.name, b.name))
}

/** The counts of all pages together. */
export const totalCounts = (pages: readonly JudgedPage[]): VerdictCounts =>
  Object.fromEntries(VERDICTS.map(v => [v, pages.reduce((sum, p) => sum + p.counts[v], 0)])) as unknown as VerdictCounts

function wrongOf({ latex, links, firstWrong }: ClaimVerdict): string {
  const link = firstWrong === null ? undefined : links[firstWrong - 1]
  return link ? latex.slice(Math.min(link.left.start, link.right.start), Math.max(link.left.end, link.right.end)) : latex
}

/** Claims without a key are the same where their LaTeX is. */
const keyOf = (claim: ClaimVerdict): string => claim.key ?? claim.latex.replace(/\s+/g, ' ')

function collect(pages: readonly JudgedPage[], keyed: (claim: ClaimVerdict) => string | undefined): Found[][] {
  const groups = new Map<string, Found[]>()
  for (const { path, claims } of pages) {
    for (const claim of claims) {
      const key = keyed(claim)
      if (key === undefined) continue
      const group = groups.get(key)
      if (group) group.push({ page: path, claim })
      else groups.set(key, [{ page: path, claim }])
    }
  }
  return [...groups.values()]
}

const pathsOf = (found: readonly Found[]): string[] => [...new Set(found.map(f => f.page))]

function orderOf(questions: readonly { readonly id: string }[]): (of: { readonly question?: string }) => number {
  const places = new Map(questions.map((q, k) => [q.id, k]))
  return ({ question }) => places.get(question ?? '') ?? questions.length
}

/** By code units, the same everywhere. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
