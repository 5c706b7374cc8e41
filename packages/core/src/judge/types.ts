/** What a page claims, and what is found: verdicts of links, claims and pages. */
import type { Span } from '../language/ast.ts'

/** In the order of JSON's "worst first". */
export const VERDICTS = ['refuted', 'unreadable', 'undecided', 'conditional', 'agrees', 'proved'] as const
export type Verdict = (typeof VERDICTS)[number]

/** The worst of several verdicts; `undecided` for none. */
export const worst = (verdicts: readonly Verdict[]): Verdict => VERDICTS.find(v => verdicts.includes(v)) ?? 'undecided'

/** A formula of a page, as it stands there. */
export interface ClaimSource {
  /** From the comment `<!-- id: X -->` before it. */
  readonly id?: string
  /** LaTeX without its dollars. */
  readonly latex: string
  /** Line of the page, from 1. */
  readonly line: number
  /** Offset of `latex` in the page. */
  readonly offset: number
  /** Formulas in the running text since the formula before it: `i \neq j` of "when $i\neq j$,". */
  readonly conditions: readonly string[]
  /** The headings and the running text above it that may name a question: `Sheet B`, `Figure 1`; the nearest last. */
  readonly headings: readonly string[]
}

/** A point that refutes, for anyone to repeat: the numbers of everything that matters, and both values. */
export interface Counterexample {
  /** By name as in the network; tensors as nested lists, samples first. Abstract functions by what they stand for: `g: "sigmoid"`. */
  readonly at: Readonly<Record<string, unknown>>
  readonly left: string
  readonly right: string
}

/** The verdict on one `A = B` of a chain. */
export interface LinkVerdict {
  readonly verdict: Verdict
  /** Where A and B stand in the claim's LaTeX. */
  readonly left: Span
  readonly right: Span
  readonly counterexample?: Counterexample
  /** What a conditional link takes for granted: `no biases`, `g_2 is the logistic function`. */
  readonly assumption?: string
  /** What comes out under the other readings: `with biases: 2600`. */
  readonly otherwise?: string
  /** How it was read, how far it was checked: `b stands for b_6`, `6 random points, error below 1e-12`. */
  readonly note?: string
}

/** A known mistake that turns the right line into the written one exactly. */
export interface SlipFound {
  /** Its id in the table of slips. */
  readonly name: string
  /** What a teacher says of it, a sentence. */
  readonly explanation: string
  /** The place in the claim's LaTeX. */
  readonly where: Span
  /** The right line, LaTeX of the whole right side. */
  readonly corrected: string
  /** The place that was mended, in `corrected`. */
  readonly mark: Span
}

/** The verdict on one formula of a page. */
export interface ClaimVerdict {
  readonly id?: string
  /** The question of the exercise that it answers, where that is known. */
  readonly question?: string
  readonly line: number
  readonly offset: number
  readonly latex: string
  readonly verdict: Verdict
  readonly links: readonly LinkVerdict[]
  /** From 1; null when no link is refuted. */
  readonly firstWrong: number | null
  readonly slip?: SlipFound
  /** The wrong part follows from an earlier wrong line of the page. */
  readonly follows?: boolean
  /** The id or line of that earlier claim. */
  readonly followsFrom?: string
  /** The LaTeX that was read instead, with --repair. */
  readonly repaired?: string
  /** For an unreadable claim: what is wrong, and where in the LaTeX. */
  readonly problem?: { readonly message: string; readonly span?: Span }
  /** Claims with the same key say the same in value: what `37 pages have this same line` counts. */
  readonly key?: string
}

/** How many claims have each verdict. */
export type VerdictCounts = Readonly<Record<Verdict, number>>

export interface PageVerdict {
  readonly claims: readonly ClaimVerdict[]
  readonly counts: VerdictCounts
}
