/** What training never changes, proved: the largest set of claims about the parameters that their own gradients respect. */
import { type Gradients, type Network, ZERO } from '@chainrule/core'
import { type Claim, type Claims, type Consequence, consequences } from './consequences.ts'

export interface Invariants {
  /** Claims that hold at the start and after every step. */
  readonly claims: Claims
  /** Their proof: under the claims the gradient of each parameter satisfies the parameter's own claim. */
  readonly proof: readonly Consequence[]
  /** How often claims were dropped before the rest carried itself. */
  readonly rounds: number
}

/**
 * Starting from what holds of the first numbers, claims that a gradient breaks are dropped until none is: an update whose gradient
 * is 0 where the entries are 0, and equal where they are equal, leaves them so. This needs an optimiser that treats the entries
 * of a parameter alike, as all of the list do.
 */
export function invariants(network: Network, g: Gradients, start: Claims): Invariants {
  let claims = start
  for (let rounds = 0; ; rounds++) {
    const proof = consequences(network, g, claims)
    const kept = new Map([...claims].map(([name, claim]) => [name, respected(claim, proof.find(c => c.kind === 'gradient' && c.node.name === name))]))
    if ([...kept].every(([name, claim]) => same(claim, claims.get(name)!))) return { claims, proof, rounds }
    claims = kept
  }
}

/** What of a claim the gradient respects. A parameter without a gradient stays as it is. */
function respected(claim: Claim, gradient: Consequence | undefined): Claim {
  if (!gradient) return claim
  return { zero: claim.zero && gradient.after === ZERO, same: claim.same.map((is, k) => is && !gradient.after.free.includes(gradient.indices[k]!)) }
}

const same = (a: Claim, b: Claim): boolean => a.zero === b.zero && a.same.every((is, k) => is === b.same[k])
