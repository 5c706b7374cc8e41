/** Softmax regression in plain TypeScript, with dropout on its inputs: the smallest trainer that uses all that the loop offers. */
import { findOptimiser } from '@chainrule/core'
import type { Batch } from '../data/index.ts'
import { hyperOf, type ReferenceOptions, referenceStep, startState } from '../optimisers/index.ts'
import { stream } from '../random/index.ts'
import type { Trainer } from './trainer.ts'

export interface LogisticOptions { readonly inputs: number; readonly classes: number; readonly optimiser: string; readonly seed: number; readonly dropout?: number }

/** z = W x + b, loss = mean of -log softmax(z)_t */
export function logistic({ inputs, classes, optimiser, seed, dropout = 0 }: LogisticOptions): Trainer {
  const o = findOptimiser(optimiser)
  const options: ReferenceOptions = { optimiser: o, hyper: hyperOf(o) }
  const random = stream(seed, 'init', 'W')
  let parameters: Record<string, Float64Array> = { W: Float64Array.from({ length: inputs * classes }, () => 0.1 * random.normal()), b: new Float64Array(classes) }
  let state = startState(o, parameters)
  const shapes: Record<string, readonly number[]> = { W: [classes, inputs], b: [classes] }

  /** Probabilities of one sample, its inputs masked. */
  const forward = (x: ArrayLike<number>, mask: (e: number) => number): { p: number[]; kept: number[] } => {
    const kept = Array.from({ length: inputs }, (_, e) => x[e]! * mask(e))
    const z = Array.from({ length: classes }, (_, c) => kept.reduce((s, v, e) => s + parameters.W![c * inputs + e]! * v, parameters.b![c]!))
    const m = Math.max(...z)
    const e = z.map(v => Math.exp(v - m))
    const all = e.reduce((a, b) => a + b)
    return { p: e.map(v => v / all), kept }
  }

  const pass = (batch: Batch, mask: () => (e: number) => number) => {
    const gradients = { W: new Float64Array(inputs * classes), b: new Float64Array(classes) }
    const outputs = new Float64Array(batch.count * classes)
    let loss = 0
    for (let k = 0; k < batch.count; k++) {
      const t = batch.values.t!.data[k]!
      const { p, kept } = forward(batch.values.x!.data.subarray(k * inputs, (k + 1) * inputs), mask())
      outputs.set(p, k * classes)
      loss -= Math.log(p[t]!) / batch.count
      p.forEach((v, c) => {
        const d = (v - (c === t ? 1 : 0)) / batch.count
        gradients.b[c]! += d
        kept.forEach((x, e) => { gradients.W[c * inputs + e]! += d * x })
      })
    }
    return { loss, gradients, outputs }
  }

  return {
    overData: 'mean',
    step: (batch, { rate, step, random }) => {
      const { loss, gradients } = pass(batch, () => { const mask = Array.from({ length: inputs }, () => (random.uniform() < dropout ? 0 : 1 / (1 - dropout))); return e => mask[e]! });
      ({ parameters, state } = referenceStep(options, parameters, gradients, state, rate, step))
      return Promise.resolve({ loss, gradientNorms: { W: Math.hypot(...gradients.W), b: Math.hypot(...gradients.b) } })
    },
    evaluate: batch => { const { loss, outputs } = pass(batch, () => () => 1); return Promise.resolve({ loss, outputs: { shape: [batch.count, classes], data: outputs } }) },
    state: () => Promise.resolve({
      parameters: new Map(Object.entries(parameters).map(([n, data]) => [n, { shape: shapes[n]!, data: data.slice() }])),
      state: new Map(Object.entries(state).map(([n, data]) => [n, { shape: shapes[n.split('#')[0]!]!, data: data.slice() }])),
    }),
    load: s => {
      parameters = Object.fromEntries([...s.parameters].map(([n, t]) => [n, Float64Array.from(t.data)]))
      state = Object.fromEntries([...s.state].map(([n, t]) => [n, Float64Array.from(t.data)]))
      return Promise.resolve()
    },
  }
}
