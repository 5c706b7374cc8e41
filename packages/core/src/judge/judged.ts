/** A chain that has been judged, and its links as the page shows them. */
import type { Latex } from '../language/latex/index.ts'
import type { BudgetLimits } from './budget.ts'
import type { ChainOutcome, LinkOutcome, Setting } from './chain-verdict.ts'
import type { Chain } from './chains.ts'

export interface JudgeOptions {
  readonly budget?: Partial<BudgetLimits>
  /** A clock in milliseconds, for the time of a budget. */
  readonly now?: () => number
  readonly seed?: number
}

/** A chain with its outcome in the network that fits best. */
export interface JudgedChain { readonly chain: Chain; readonly outcome: ChainOutcome; readonly setting: Setting; readonly target: boolean }

/** A link for the page: the part it begins and ends with. */
export interface PageLink { readonly outcome: LinkOutcome; readonly left: Latex | undefined; readonly right: Latex | undefined; readonly also?: LinkOutcome }

/** The links that the page shows: what the question asks for belongs to the first of them. */
export function linksOf(d: JudgedChain): PageLink[] {
  const { links } = d.outcome
  const { parts } = d.chain
  if (!d.target) return links.map((outcome, k) => ({ outcome, left: parts[k], right: parts[k + 1] }))
  const [asked, ...rest] = links
  if (rest.length === 0) return [{ outcome: asked!, left: parts[0], right: parts[0] }]
  return rest.map((outcome, k) => ({ outcome, left: parts[k], right: parts[k + 1], ...(k === 0 ? { also: asked! } : {}) }))
}
