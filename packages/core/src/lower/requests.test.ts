/** What is asked of a lowering, and what it says when it cannot. */
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../network/index.ts'
import { findOptimiser } from '../optimise/index.ts'
import { compile, forwardProgram, gradientProgram, inputsOf, planOf, stepProgram } from './index.ts'

describe('requests', () => {
  const network = readNetwork('dim n = 3\ninput x[n]\nparam W[2, n]\nh = tanh(W x)\ny = sum(h)\nloss E = mean over data: y^2')
  it('forward values of named nodes, without what they do not need', () => {
    const p = forwardProgram(network, { samples: 2, dims: { n: 1 } }, ['h', 'W'])
    expect(p.outputs.map(o => [o.name, o.shape])).toEqual([['h', [2, 2]], ['W', [2, 1]]])
    const made = compile(p)({ x: Float64Array.of(1, -1), W: Float64Array.of(0.5, 2) })
    expect([...made.h!]).toEqual([Math.tanh(0.5), Math.tanh(2), -Math.tanh(0.5), -Math.tanh(2)])
  })
  it('class numbers in place of one-hot rows', () => {
    const text = 'input ids[2] class of 4\ntarget t[3] one-hot\ne = embedding(ids, vocabulary=4, width=5)\nloss E = mean over data: cross_entropy_logits(dense(flatten(e), 3), t)'
    const n = readNetwork(text)
    const rows = gradientProgram(n, { samples: 2 })
    const numbers = gradientProgram(n, { samples: 2, classes: ['ids', 't'] })
    expect(inputsOf(numbers).find(i => i.name === 'ids')).toEqual({ name: 'ids', shape: [2, 2], classes: 4 })
    const weights = Object.fromEntries(n.nodes.filter(x => x.kind === 'param').map(x => { const i = inputsOf(rows).find(y => y.name === x.name)!; return [x.name, Float64Array.from({ length: i.shape.reduce((a, b) => a * b, 1) }, (_, k) => Math.sin(k))] }))
    const hot = (ids: readonly number[], width: number) => Float64Array.from(ids.flatMap(id => Array.from({ length: width }, (_, k) => Number(k === id))))
    const a = compile(rows)({ ...weights, ids: hot([1, 3, 0, 2], 4), t: hot([2, 0], 3) })
    const b = compile(numbers)({ ...weights, ids: BigInt64Array.of(1n, 3n, 0n, 2n), t: BigInt64Array.of(2n, 0n) })
    expect(b).toEqual(a)
  })
  it('the same request gives the same program and the same plan', () => {
    const again = (): string => JSON.stringify(planOf(gradientProgram(readNetwork('input x[2, 6, 6]\nc = maxpool(relu(conv(x, 3, 3)), 2)\nloss E = mean over data: sum(c .* c)'), { samples: 2 })).plan)
    expect(again()).toBe(again())
  })
})

describe('what cannot be', () => {
  it.each([
    ['function g\ninput x\nparam w\nloss E = mean over data: g(w x)', 'The function g is abstract, so it has no values to compute. Give an operation for it: --let g=tanh.'],
    ['dim n, p\ninput x[n]\nparam W[p, n]\nloss E = mean over data: sum(W x)', 'The sizes n, p have no number. A tensor program needs numbers for all sizes.'],
    ['input x\nparam w\ny = w x', 'This network has no loss. Training needs one: loss E = mean over data: ...'],
  ])('%s', (text, message) => expect(() => gradientProgram(readNetwork(text), { samples: 2 })).toThrow(message))
  it('a loss of each sample cannot be trained', () => {
    expect(() => stepProgram(readNetwork('input x\nparam w\nloss E = (w x)^2'), { samples: 2 }, { optimiser: findOptimiser('sgd') })).toThrow('E is not one number for all samples')
  })
  it('names a node that is not there', () => {
    expect(() => forwardProgram(readNetwork('input x\ny = x^2'), { samples: 1 }, ['z'])).toThrow('There is no z in this network.')
  })
})
