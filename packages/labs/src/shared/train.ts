/** Gradient descent on one batch, in doubles, with the same lowered step that training runs. */
import { findOptimiser, lower, type Network } from '@chainrule/core'
import type { Numbers } from './parameters.ts'
import type { Samples } from './samples.ts'

/** The state before a step, and the loss and gradient norms there. */
export interface Moment { readonly step: number; readonly loss: number; readonly parameters: Numbers; readonly norms: Readonly<Record<string, number>> }

export interface Descent { readonly samples: Samples; readonly count: number; readonly start: Numbers; readonly rate: number; readonly steps: number }

/** `steps` steps of plain gradient descent; `see` gets every moment from the start to the end, so `steps` + 1 of them, fewer when the loss becomes infinite. */
export function descend(network: Network, d: Descent, see: (m: Moment) => void): void {
  const { program, scalars } = lower.stepProgram(network, { samples: d.count }, { optimiser: findOptimiser('sgd'), norms: true })
  const run = lower.compile(program)
  const numbers = lower.compile(scalars)({ rate: Float64Array.of(d.rate), step: Float64Array.of(1), clip: Float64Array.of(0) })
  const names = Object.keys(d.start)
  let parameters: Numbers = d.start
  for (let step = 0; step <= d.steps; step++) {
    const made = run({ ...d.samples, ...parameters, ...numbers }) as Readonly<Record<string, Float64Array>>
    see({ step, loss: made[network.loss!]![0]!, parameters, norms: Object.fromEntries(names.map(n => [n, made[lower.normName(n)]![0]!])) })
    if (!Number.isFinite(made[network.loss!]![0]!)) return
    parameters = Object.fromEntries(names.map(n => [n, made[n]!]))
  }
}
