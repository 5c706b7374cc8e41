/** What training shows of a start: losses, and how far entries that begin equal come apart. */
import type { Network } from '@chainrule/core'
import type { Parameter } from '@chainrule/train'
import type { Numbers } from '../shared/parameters.ts'
import { descend } from '../shared/train.ts'
import type { InitSettings } from './card.ts'
import type { Problem } from './problem.ts'
import { spread, type Start } from './starts.ts'

export interface Seen {
  readonly loss: readonly number[]
  /** By parameter: the largest entry over all steps, and the largest difference along each axis. */
  readonly most: ReadonlyMap<string, { readonly entry: number; readonly spread: readonly number[] }>
  /** The gradients' norms at the start. */
  readonly firstNorms: Readonly<Record<string, number>>
  /** Of the followed parameter, at every step: the largest difference between its rows. */
  readonly apart: readonly number[]
  readonly end: Numbers
}

/** The parameter whose rows are followed: the first matrix that has more than one. */
export const followed = (parameters: readonly Parameter[]): Parameter | undefined => parameters.find(p => p.role.kind === 'weight' && p.shape.length > 1 && p.shape[0]! > 1)

/** Trains from a start and looks at every moment. */
export function observe(network: Network, problem: Problem, start: Start, s: InitSettings): Seen {
  const { parameters } = problem
  const followedOne = followed(parameters)
  const most = new Map(parameters.map(p => [p.name, { entry: 0, spread: p.shape.map(() => 0) }]))
  const [loss, apart]: [number[], number[]] = [[], []]
  let firstNorms: Readonly<Record<string, number>> = {}
  let end: Numbers = start.parameters
  descend(network, { samples: problem.samples, count: s.samples, start: start.parameters, rate: s.rate, steps: s.steps }, m => {
    if (m.step === 0) firstNorms = m.norms
    loss.push(m.loss)
    if (!Number.isFinite(m.loss)) return
    end = m.parameters
    for (const p of parameters) {
      const data = m.parameters[p.name]!
      const so = most.get(p.name)!
      const spreads = p.shape.map((_, axis) => spread(data, p.shape, axis))
      most.set(p.name, { entry: data.reduce((a, x) => Math.max(a, Math.abs(x)), so.entry), spread: spreads.map((x, k) => Math.max(x, so.spread[k]!)) })
      if (p === followedOne) apart.push(spreads[0]!)
    }
  })
  return { loss, most, firstNorms, apart, end }
}

/** Does everything that is proved show? Exactly: in the same arithmetic equal units make equal numbers. */
export const agrees = (claims: ReadonlyMap<string, { readonly zero: boolean; readonly same: readonly boolean[] }>, seen: Seen): boolean =>
  [...claims].every(([name, claim]) => { const m = seen.most.get(name)!; return (!claim.zero || m.entry === 0) && claim.same.every((is, k) => !is || m.spread[k] === 0) })
