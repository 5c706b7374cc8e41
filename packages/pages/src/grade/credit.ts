/**
 * What an answer earns. The marks of a question are shared equally by its links, over all claims of the page that answer
 * it: earned = marks × (links that earn) / links. A formula without a link counts as one.
 */
import type { ClaimVerdict, Verdict } from '../judge-types.ts'

/** What becomes of a link's share: earned, lost, or open until a person has looked at it. */
export type Credit = 'earned' | 'lost' | 'open'

export interface CreditRules {
  readonly of: Readonly<Record<Verdict, Credit>>
  /** Whether a wrong link earns where its claim follows from an earlier mistake. */
  readonly followThrough: boolean
}

export const CREDIT_RULES: CreditRules = {
  of: { proved: 'earned', agrees: 'earned', conditional: 'earned', refuted: 'lost', undecided: 'open', unreadable: 'open' },
  followThrough: true,
}

/** The credit of each link of a claim; of a claim that cannot be read, one open. */
export function creditsOf(claim: ClaimVerdict, rules: CreditRules = CREDIT_RULES): Credit[] {
  const verdicts = claim.links.length === 0 ? [claim.verdict] : claim.links.map(l => l.verdict)
  return verdicts.map(v => (claim.follows === true && rules.followThrough && rules.of[v] === 'lost' ? 'earned' : rules.of[v]))
}
