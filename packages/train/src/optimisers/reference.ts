/** Optimiser steps in doubles, by the evaluator: the reference that runtimes are compared with. Not meant to be fast. */
import { clippedByValue, entry, evaluate, type Expr, floats, freshIndex, type Index, makePoint, multiply, normScale, ONE_E, type Optimiser, size, type Tensor, updated } from '@chainrule/core'
import type { GroupSettings } from './groups.ts'

/** Parameters, gradients or states by name, flat. */
export type Flat = Readonly<Record<string, Float64Array>>

export interface ReferenceOptions {
  readonly optimiser: Optimiser
  readonly hyper: Readonly<Record<string, number>>
  readonly groups?: ReadonlyMap<string, GroupSettings>
  readonly clip?: { readonly kind: 'norm' | 'value'; readonly limit: number }
}

/** The name of a state tensor of a parameter: `W#mean`. */
export const stateName = (parameter: string, state: string): string => `${parameter}#${state}`

interface Given { readonly shape: readonly number[]; readonly data: Float64Array }

const vector = (name: string, n: number): Tensor => ({ key: `reference:${name}:${n}`, name, axes: [size(n)], sample: false, rank: 1 })
/** One index for each length, so that the expressions of a step are the same objects in every step. */
const indices = new Map<number, Index>()
const indexOf = (n: number): Index => {
  let made = indices.get(n)
  if (!made) indices.set(n, made = freshIndex('i', size(n)))
  return made
}
const scalar = (name: string): Expr => entry({ key: `reference:${name}`, name, axes: [], sample: false, rank: 0 })

/** All states at the start: zeros. */
export const startState = (o: Optimiser, parameters: Flat): Record<string, Float64Array> =>
  Object.fromEntries(Object.entries(parameters).flatMap(([p, v]) => o.state.map(s => [stateName(p, s.name), new Float64Array(v.length)])))

/** Parameters and states after step number `step`, counted from 1, at this learning rate. */
export function referenceStep(o: ReferenceOptions, parameters: Flat, gradients: Flat, state: Flat, rate: number, step: number): { parameters: Record<string, Float64Array>; state: Record<string, Float64Array> } {
  const names = Object.keys(parameters)
  const shrink = o.clip?.kind === 'norm' ? normFactor(names.map(n => gradients[n]!), o.clip.limit) : 1
  const next = { parameters: { ...parameters }, state: { ...state } }
  for (const name of names) {
    const own = o.groups?.get(name)
    if (own?.frozen) continue
    const n = parameters[name]!.length
    const i = indexOf(n)
    const at = (what: string): Expr => entry(vector(what, n), [i])
    const g = o.clip?.kind === 'value' ? clippedByValue(at('gradient'), scalar('limit')) : multiply(scalar('shrink'), at('gradient'))
    const hyper = Object.fromEntries(o.optimiser.hyperparameters.map(h => [h.name, scalar(h.name)]))
    const states = Object.fromEntries(o.optimiser.state.map(s => [s.name, at(s.name)]))
    const made = updated(o.optimiser, { parameter: at('parameter'), gradient: g, state: states, hyper, rate: scalar('rate'), step: scalar('step') }, { coefficient: scalar('decay'), kind: o.optimiser.decay })
    const value = evaluator(i, {
      parameter: parameters[name]!, gradient: gradients[name]!, ...Object.fromEntries(o.optimiser.state.map(s => [s.name, state[stateName(name, s.name)]!])),
    }, { ...o.hyper, rate: rate * (own?.rate ?? 1), step, decay: own?.decay ?? 0, limit: o.clip?.limit ?? 0, shrink })
    next.parameters[name] = value(made.parameter)
    for (const s of o.optimiser.state) next.state[stateName(name, s.name)] = value(made.state[s.name]!)
  }
  return next
}

/** Values of expressions over one index, from vectors and scalars. */
function evaluator(i: Index, vectors: Flat, scalars: Readonly<Record<string, number>>): (e: Expr) => Float64Array {
  const values = new Map<string, Given>([
    ...Object.entries(vectors).map(([k, data]) => [vector(k, data.length).key, { shape: [data.length], data }] as const),
    ...Object.entries(scalars).map(([k, x]) => [`reference:${k}`, { shape: [], data: Float64Array.of(x) }] as const),
  ])
  const point = makePoint<number>({ values })
  return e => Float64Array.from(evaluate(e, point, floats, [i]).data as Float64Array)
}

/** min(1, limit/norm) of all gradients together. */
function normFactor(gradients: readonly Float64Array[], limit: number): number {
  const parts = gradients.map((g, k) => ({ tensor: vector(`g${k}`, g.length), i: indexOf(g.length), data: g }))
  const scale = normScale(parts.map(p => ({ entry: entry(p.tensor, [p.i]), over: [p.i] })), scalar('limit'))
  if (scale === ONE_E) return 1
  const values = new Map<string, Given>([...parts.map(p => [p.tensor.key, { shape: [p.data.length], data: p.data }] as const), ['reference:limit', { shape: [], data: Float64Array.of(limit) }] as const])
  return evaluate(scale, makePoint<number>({ values }), floats, []).data[0]!
}
