import { describe, expect, it } from 'vitest'
import type { ScalarFunction } from '../expression/index.ts'
import { duals } from './duals.ts'
import { gradcheck } from './gradcheck.ts'

const verdicts = (f: (x: Float64Array) => number, x: readonly number[], g: readonly number[]) => gradcheck(f, Float64Array.from(x), g).entries.map(e => e.verdict)

describe('gradcheck', () => {
  it('judges smooth functions of many magnitudes', () => {
    for (const scale of [1e-12, 1e-3, 1, 1e6, 1e12]) {
      const f = (x: Float64Array) => scale * Math.sin(x[0]!) * Math.exp(x[1]!)
      const at = (a: number, b: number) => [scale * Math.cos(a) * Math.exp(b), scale * Math.sin(a) * Math.exp(b)]
      for (const [a, b] of [[0.5, 0.1], [100, -3], [1e-9, 2]] as const) {
        expect(verdicts(f, [a, b], at(a, b)), `${scale} ${a} ${b}`).not.toContain('fail')
        expect(verdicts(f, [a, b], [at(a, b)[0]! * (1 + 1e-6), at(a, b)[1]!])[0], `${scale} ${a} ${b}`).toBe('fail')
      }
    }
  })
  it('a ReLU at 0 is a kink whatever is claimed, beside 0 it is judged', () => {
    const relu = (x: Float64Array) => 3 * Math.max(0, x[0]!) + x[1]! ** 2
    for (const g of [0, 3, 1.5]) expect(verdicts(relu, [0, 1], [g, 2])).toEqual(['kink', 'pass'])
    for (const d of [0.001, 0.01, 0.1, 1]) {
      expect(verdicts(relu, [d, 1], [3, 2])).toEqual(['pass', 'pass'])
      expect(verdicts(relu, [-d, 1], [0, 2])).toEqual(['pass', 'pass'])
      expect(verdicts(relu, [-d, 1], [1e-6, 2])[0]).toBe('fail')
    }
    expect(verdicts(x => Math.abs(x[0]!), [0], [0])).toEqual(['kink'])
    expect(verdicts(x => (x[0]! > 0 ? 1 : 0), [0], [0])).toEqual(['kink'])
    expect(verdicts(x => Math.sqrt(Math.abs(x[0]!)), [0], [0])).toEqual(['kink'])
  })
  it('overflow is not judged, near overflow is', () => {
    expect(verdicts(x => Math.exp(x[0]!), [800], [1])).toEqual(['below-noise'])
    expect(verdicts(x => Math.exp(x[0]!), [709.7], [Math.exp(709.7)])).toEqual(['pass'])
    expect(verdicts(x => Math.exp(x[0]!), [1], [NaN])).toEqual(['fail'])
    expect(verdicts(x => Math.log(x[0]!), [1e-3], [1e3])).toEqual(['pass'])
  })
  it('a change below round-off is below noise, a wrong one that is above it fails', () => {
    const f = (x: Float64Array) => 1e12 + Math.sin(x[0]!)
    expect(verdicts(f, [0.5], [Math.cos(0.5) * 1.00001])).toEqual(['below-noise'])
    expect(verdicts(f, [0.5], [-1])).toEqual(['fail'])
    expect(gradcheck(() => 0, Float64Array.of(1), [0]).verdict).toBe('pass')
    expect(gradcheck(() => 5, Float64Array.of(1), [0]).entries[0]!.verdict).not.toBe('fail')
  })
})

describe('hand-written tangents', () => {
  const cases: [string, (...x: number[]) => number, readonly number[][]][] = [
    ['exp', Math.exp, [[0.3], [-2]]], ['log', Math.log, [[0.3], [5]]], ['sqrt', Math.sqrt, [[0.3], [5]]], ['sin', Math.sin, [[1]]], ['cos', Math.cos, [[1]]],
    ['tan', Math.tan, [[0.4]]], ['tanh', Math.tanh, [[0.4], [-3]]], ['sinh', Math.sinh, [[0.4]]], ['cosh', Math.cosh, [[-0.4]]], ['atan', Math.atan, [[0.4]]], ['asin', Math.asin, [[0.4]]], ['acos', Math.acos, [[0.4]]],
    ['abs', Math.abs, [[0.4], [-2]]], ['sign', Math.sign, [[2]]], ['max', Math.max, [[1, 2], [2, 1]]], ['min', Math.min, [[1, 2], [2, 1]]], ['square', x => x * x, [[3]]],
  ]
  it.each(cases)('%s', (name, real, points) => {
    const fn: ScalarFunction = { name, arity: points[0]!.length, abstract: false, partials: [], real }
    for (const at of points) {
      const gradient = at.map((_, k) => duals.apply(fn, at.map((v, j) => ({ v, t: Number(j === k) })))!.t)
      const report = gradcheck(x => real(...x), Float64Array.from(at), gradient)
      expect(report.entries.map(e => e.verdict), `${name} at ${at.join()}`).toEqual(at.map(() => 'pass'))
    }
  })
  it.each([[2, 3], [2, -1.5], [0.3, 0.5]])('power %d ^ %d', (a, b) => {
    const slope = [1, 0].map((t, k) => duals.power({ v: a, t }, { v: b, t: k }).t)
    expect(gradcheck(x => x[0]! ** x[1]!, Float64Array.of(a, b), slope).verdict).toBe('pass')
  })
})
