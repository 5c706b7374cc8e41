/** Outcomes that say too much of what was claimed: what is only given is not refuted, and of two directions one was tried. */
import type { JudgedChain } from './judged.ts'

const GIVEN = 'this says what is given, and nothing of the network tells it'
const ONE_WAY = 'of the two directions only one was tried'

/** The chain with what nothing decides left open. */
export function leftOpen(d: JudgedChain, oneWay: boolean): JudgedChain {
  const reason = oneWay ? ONE_WAY : d.chain.assumption ? GIVEN : undefined
  if (reason === undefined) return d
  const links = d.outcome.links.map(l => (l.kind === 'holds' && !oneWay ? l : { ...l, kind: 'undecided' as const, raw: { kind: 'undecided' as const, reason } }))
  return { ...d, outcome: { ...d.outcome, links } }
}
