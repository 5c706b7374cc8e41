/** What the derivation says of a start: gradients there, and what no step changes. */
import { gradients, type Gradients, type Network } from '@chainrule/core'
import type { Parameter } from '@chainrule/train'
import { lossOf } from '../shared/parameters.ts'
import { type Claims, type Consequence, consequences } from './consequences.ts'
import { type Invariants, invariants } from './invariants.ts'
import { alikeAlong } from './proof-lines.ts'
import { claimsOf, type Start } from './starts.ts'

export interface Proved {
  readonly start: Start
  /** What holds of the first numbers. */
  readonly claims: Claims
  /** What the gradient of each parameter is at the start. */
  readonly atStart: ReadonlyMap<string, Consequence>
  readonly stays: Invariants
}

/** The derivation that all starts share. */
export const derivationOf = (network: Network): Gradients => gradients(network, lossOf(network), network.nodes.filter(n => n.kind === 'param'))

/** Puts the start into the derivation. */
export function prove(network: Network, g: Gradients, parameters: readonly Parameter[], start: Start): Proved {
  const claims = claimsOf(parameters, start.parameters)
  const atStart = consequences(network, g, claims).filter(c => c.kind === 'gradient')
  return { start, claims, atStart: new Map(atStart.map(c => [c.node.name, c])), stays: invariants(network, g, claims) }
}

/** Is the gradient of a parameter exactly 0 at the start? A parameter that the loss does not read has gradient 0. */
export const zeroAtStart = (p: Proved, name: string): boolean => {
  const c = p.atStart.get(name)
  return c === undefined || (c.after.kind === 'number' && c.after.value.n === 0n)
}

/** Nodes that have one value for every sample, or whose units are all equal, for ever. */
export function nodesThatStay(p: Proved): { readonly constant: readonly Consequence[]; readonly alike: readonly { readonly node: string; readonly along: readonly boolean[] }[] } {
  const values = p.stays.proof.filter(c => c.kind === 'value' && !c.node.inner)
  return {
    constant: values.filter(c => c.after.kind === 'number'),
    alike: values.filter(c => c.after.kind !== 'number' && alikeAlong(c).some(Boolean)).map(c => ({ node: c.node.name, along: alikeAlong(c) })),
  }
}
