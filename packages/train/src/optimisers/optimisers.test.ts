/** Schedules, groups, hyper-parameters, and the reference step. */
import { findOptimiser, optimisers } from '@chainrule/core'
import { describe, expect, it } from 'vitest'
import type { Parameter } from '../init/index.ts'
import { groupSettings, hyperOf, rateOf, referenceStep, schedules, startState } from './index.ts'

const span = { rate: 0.1, stepsPerEpoch: 10, steps: 101 }
/** Rates at steps 0, 25 and 100. */
const wanted: Record<string, readonly [string, readonly number[]]> = {
  constant: ['constant', [0.1, 0.1, 0.1]],
  step: ['step(every=2, factor=0.5)', [0.1, 0.05, 0.1 * 0.5 ** 5]],
  exponential: ['exponential(factor=0.9)', [0.1, 0.1 * 0.9 ** 2, 0.1 * 0.9 ** 10]],
  cosine: ['cosine(to=0.02)', [0.1, 0.02 + 0.08 * (1 + Math.SQRT1_2) / 2, 0.02]],
  linear: ['linear', [0.1, 0.075, 0]],
}

describe.each(schedules.map(s => [s.name, s] as const))('schedule %s', name => {
  it('has the rates of its formula', () => {
    const rate = rateOf(wanted[name]![0], span)
    ;[0, 25, 100].forEach((k, j) => expect(rate(k)).toBeCloseTo(wanted[name]![1][j]!, 14))
  })
  it('warms up in a line, then begins', () => {
    const [plain, warm] = [rateOf(wanted[name]![0], span), rateOf(wanted[name]![0], { ...span, steps: 105 }, 4)]
    expect([0, 1, 2, 3].map(warm)).toEqual([1, 2, 3, 4].map(k => expect.closeTo(0.02 * k, 14) as number))
    for (const k of [0, 25, 100]) expect(warm(k + 4)).toBeCloseTo(plain(k), 14)
  })
})

it('refuses what is no schedule', () => {
  expect(() => rateOf('cosin', span)).toThrow('There is no schedule cosin.')
  expect(() => rateOf('constant', span, 101)).toThrow('The warm-up cannot take 101 steps. The run has 101; a whole number below that is wanted.')
})

const parameters: readonly Parameter[] = [
  { name: 'W', shape: [2, 3], role: { kind: 'weight', fanIn: 3, fanOut: 2 } }, { name: 'c1.W', shape: [2], role: { kind: 'weight', fanIn: 1, fanOut: 1 } }, { name: 'b', shape: [2], role: { kind: 'bias' } },
]

describe('groups', () => {
  it('gives weight decay to weights, and to others what their groups say', () => {
    const plain = groupSettings(parameters, [], 0.1)
    expect([...plain.values()].map(g => g.decay)).toEqual([0.1, 0.1, 0])
    const own = groupSettings(parameters, [{ parameters: 'weight', rate: 0.5 }, { parameters: 'c1.*', decay: 0, frozen: true }, { parameters: 'b', decay: 0.3 }], 0.1)
    expect([...own.values()]).toEqual([{ decay: 0.1, rate: 0.5, frozen: false }, { decay: 0, rate: 0.5, frozen: true }, { decay: 0.3, rate: 1, frozen: false }])
  })
  it('refuses groups without parameters and negative decays', () => {
    expect(() => groupSettings(parameters, [{ parameters: 'c2.*' }])).toThrow('No parameter is named c2.*.')
    expect(() => groupSettings(parameters, [], -1)).toThrow('The weight decay cannot be -1. It is 0 or more.')
  })
})

describe.each(optimisers.map(o => [o.name, o] as const))('%s', (name, o) => {
  it('goes downhill: w^2 becomes small, and frozen parameters stay', () => {
    let parameters: Record<string, Float64Array> = { w: Float64Array.of(1, -0.5), still: Float64Array.of(1) }
    let state: Record<string, Float64Array> = startState(o, parameters)
    const groups = new Map([['w', { decay: 0, rate: 1, frozen: false }], ['still', { decay: 0, rate: 1, frozen: true }]])
    for (let k = 1; k <= 300; k++) {
      const gradients = Object.fromEntries(Object.entries(parameters).map(([n, w]) => [n, w.map(x => 2 * x)]));
      ({ parameters, state } = referenceStep({ optimiser: o, hyper: hyperOf(o), groups }, parameters, gradients, state, 0.02, k))
    }
    expect(Math.max(...parameters.w!.map(Math.abs))).toBeLessThan(0.05)
    expect([...parameters.still!]).toEqual([1])
    expect(Object.keys(state)).toEqual(['w', 'still'].flatMap(p => o.state.map(s => `${p}#${s.name}`)))
  })
})

it('clips by norm and by value', () => {
  const o = findOptimiser('sgd')
  const g = { a: Float64Array.of(3, 4), b: Float64Array.of(12) }
  const moved = (kind: 'norm' | 'value', limit: number): number[] => Object.values(referenceStep({ optimiser: o, hyper: {}, clip: { kind, limit } }, { a: new Float64Array(2), b: new Float64Array(1) }, g, {}, 1, 1).parameters).flatMap(x => [...x])
  expect(moved('norm', 1.3)).toEqual([-0.3, -0.4, -1.2].map(x => expect.closeTo(x, 12) as number))
  expect(moved('norm', 20)).toEqual([-3, -4, -12])
  expect(moved('value', 3.5)).toEqual([-3, -3.5, -3.5])
})

it('names hyper-parameters that an optimiser does not have', () => {
  expect(hyperOf(findOptimiser('adam'), { beta_1: 0.8 })).toEqual({ beta_1: 0.8, beta_2: 0.999, epsilon: 1e-8 })
  expect(() => hyperOf(findOptimiser('momentum'), { beta: 0.9 })).toThrow('momentum has no hyper-parameter beta. It has mu.')
})
