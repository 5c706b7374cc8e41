/** Networks trained through the loop's interface on every runtime: the toy net of sheet C5 with its figures, batches of several sizes, class numbers. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findOptimiser, readNetwork } from '@chainrule/core'
import type { Batch } from '../data/index.ts'
import type { TrainerState } from '../loop/index.ts'
import { stream } from '../random/index.ts'
import { javascript, onnxruntimeNode, type Runtime, runtimes, runtimeTrainer } from './index.ts'

interface Toy { readonly X: number[][]; readonly y: number[]; readonly W1: number[][]; readonly b1: number[]; readonly W2: number[][]; readonly b2: number[]; readonly 'gradients_reg_0.05': Readonly<Record<string, number[] | number[][]>>; readonly 'loss_reg_0.05': number; readonly scores: number[][] }
const toy = JSON.parse(readFileSync(new URL('./toy.test-data.json', import.meta.url), 'utf8')) as Toy
const sheet = (reg: number) => readNetwork(`input x[4]\ntarget t[3] one-hot\nparam W1[4, 10], b1[10], W2[10, 3], b2[3]
h[j] = max(0, sum_i x[i] W1[i, j] + b1[j])\ns[k] = sum_j h[j] W2[j, k] + b2[k]
loss L = mean over data: cross_entropy_logits(s, t) + ${reg}/2 (||W1||^2 + ||W2||^2)`)

const flat = (a: readonly number[] | readonly (readonly number[])[]): number[] => (a as readonly unknown[]).flat() as number[]
const batch: Batch = { count: 5, values: { x: { shape: [5, 4], data: Float64Array.from(flat(toy.X)) }, t: { shape: [5], data: Int32Array.from(toy.y) } } }
const start = (scale = 1): TrainerState => ({ state: new Map(), parameters: new Map(([['W1', [4, 10]], ['b1', [10]], ['W2', [10, 3]], ['b2', [3]]] as const).map(([n, shape]) => [n, { shape: [...shape], data: Float64Array.from(flat(toy[n]), v => v * scale) }])) })
const random = stream(1, 'test')
const precision = (r: Runtime): number => (r.precision === 'float32' ? 1e-6 : 1e-9)

describe.each(runtimes.map(r => [r.name, r] as const))('%s', (_, runtime) => {
  it('has the loss, the scores and, by one step, the gradients of sheet C5', async () => {
    const trainer = runtimeTrainer({ network: sheet(0.05), runtime, optimiser: findOptimiser('sgd'), output: 's' })
    await trainer.load(start())
    const { loss, outputs } = await trainer.evaluate(batch)
    expect(Math.abs(loss - toy['loss_reg_0.05'])).toBeLessThan(precision(runtime))
    outputs!.data.forEach((v, k) => expect(Math.abs(v - flat(toy.scores)[k]!)).toBeLessThan(2 * precision(runtime)))
    await trainer.step(batch, { rate: 1, step: 1, random })
    const after = await trainer.state()
    for (const [name, { data }] of after.parameters) {
      const before = start().parameters.get(name)!.data
      const wanted = flat(toy['gradients_reg_0.05'][name]!)
      data.forEach((w, k) => expect(Math.abs(before[k]! - w - wanted[k]!)).toBeLessThan(2 * precision(runtime)))
    }
    await trainer.close()
  })

  it('ends below 0.05 after 100 steps of sheet C5', async () => {
    const trainer = runtimeTrainer({ network: sheet(5e-6), runtime, optimiser: findOptimiser('sgd') })
    await trainer.load(start())
    for (let step = 1; step <= 100; step++) await trainer.step(batch, { rate: 0.1, step, random })
    expect((await trainer.evaluate(batch)).loss).toBeLessThan(0.05)
    await trainer.close()
  })

  it('carries its state from one batch size to another, and through save and load', async () => {
    const make = () => runtimeTrainer({ network: sheet(0), runtime, optimiser: findOptimiser('momentum'), hyper: { mu: 0.9 }, norms: true })
    const part: Batch = { count: 2, values: { x: { shape: [2, 4], data: batch.values.x!.data.slice(0, 8) }, t: { shape: [2], data: batch.values.t!.data.slice(0, 2) } } }
    const run = async (interrupted: boolean): Promise<TrainerState> => {
      let trainer = make()
      await trainer.load(start())
      for (let step = 1; step <= 6; step++) {
        const { gradientNorms } = await trainer.step(step % 2 ? batch : part, { rate: 0.01, step, random })
        expect(Object.keys(gradientNorms!)).toEqual(['W1', 'b1', 'W2', 'b2'])
        if (interrupted && step === 3) { const saved = await trainer.state(); await trainer.close(); trainer = make(); await trainer.load(saved) }
      }
      const end = await trainer.state()
      await trainer.close()
      return end
    }
    const [a, b] = [await run(false), await run(true)]
    expect([...b.parameters].map(([n, t]) => [n, [...t.data]])).toEqual([...a.parameters].map(([n, t]) => [n, [...t.data]]))
    expect([...b.state].map(([n, t]) => [n, [...t.data]])).toEqual([...a.state].map(([n, t]) => [n, [...t.data]]))
    expect([...a.state.keys()]).toEqual(['W1#velocity', 'b1#velocity', 'W2#velocity', 'b2#velocity'])
  })

  it.each(['sheet C5', 'single neurons'])('goes back one step, and takes the same one again: %s', async what => {
    const network = what === 'sheet C5' ? sheet(0.05) : readNetwork('input x[4]\ntarget t\nparam w\ny = tanh(w x[1])\nloss L = mean over data: (y - t)^2')
    const trainer = runtimeTrainer({ network, runtime, optimiser: findOptimiser('momentum'), hyper: { mu: 0.9 } })
    const one: Batch = { count: 1, values: { x: { shape: [1, 4], data: Float64Array.of(1, 2, 3, 4) }, t: { shape: [1], data: Float64Array.of(0.5) } } }
    const samples = what === 'sheet C5' ? batch : one
    await trainer.load(what === 'sheet C5' ? start() : { state: new Map(), parameters: new Map([['w', { shape: [], data: Float64Array.of(0.3) }]]) })
    const numbers = async (): Promise<unknown> => { const { parameters, state } = await trainer.state(); return [...parameters, ...state].map(([n, t]) => [n, [...t.data]]) }
    for (let step = 1; step <= 3; step++) await trainer.step(samples, { rate: 0.1, step, random })
    const before = await numbers()
    await trainer.step(samples, { rate: 0.1, step: 4, random })
    const after = await numbers()
    trainer.undo!()
    expect(await numbers()).toEqual(before)
    await trainer.step(samples, { rate: 0.1, step: 4, random })
    expect(await numbers()).toEqual(after)
    expect(after).not.toEqual(before)
    await trainer.close()
  })
})

it('frozen parameters stay, masks are drawn', async () => {
  const network = readNetwork('input x[3], m[4]\ntarget t\nparam W[4, 3], v[4]\nh = dropout(tanh(W x), m, rate=1/2)\ny = v . h\nloss E = mean over data: (y - t)^2')
  const trainer = runtimeTrainer({ network, runtime: javascript, optimiser: findOptimiser('sgd'), groups: new Map([['v', { decay: 0, rate: 1, frozen: true }], ['W', { decay: 0, rate: 1, frozen: false }]]) })
  const data: Batch = { count: 2, values: { x: { shape: [2, 3], data: Float64Array.of(1, 2, 3, -1, 0, 1) }, t: { shape: [2], data: Float64Array.of(1, -1) } } }
  await trainer.load({ state: new Map(), parameters: new Map([['W', { shape: [4, 3], data: new Float64Array(12).fill(0.1) }], ['v', { shape: [4], data: Float64Array.of(1, 2, 3, 4) }]]) })
  await trainer.step(data, { rate: 0.1, step: 1, random })
  const { parameters } = await trainer.state()
  expect([...parameters.get('v')!.data]).toEqual([1, 2, 3, 4])
  expect([...parameters.get('W')!.data]).not.toEqual(Array.from({ length: 12 }, () => 0.1))
  await trainer.close()
})

it('large logits stay finite in single precision', async () => {
  const network = readNetwork('input x[2]\ntarget t[2] one-hot\nparam W[2, 2]\ny = softmax(W x)\nloss E = mean over data: -sum_c t[c] log y[c]')
  const trainer = runtimeTrainer({ network, runtime: onnxruntimeNode, optimiser: findOptimiser('sgd') })
  await trainer.load({ state: new Map(), parameters: new Map([['W', { shape: [2, 2], data: Float64Array.of(1e4, 0, 0, 1e4) }]]) })
  const { loss } = await trainer.step({ count: 1, values: { x: { shape: [1, 2], data: Float64Array.of(1, -1) }, t: { shape: [1], data: Int32Array.of(1) } } }, { rate: 1, step: 1, random })
  expect(loss).toBeCloseTo(2e4, 0)
  expect([...(await trainer.state()).parameters.get('W')!.data]).toEqual([9999, 1, 1, 9999])
  await trainer.close()
})

describe('what belongs to a batch in a step, and to no batch in use', () => {
  const network = readNetwork('input x[2], m[2]\ntarget t\nparam w[2]\nd = dropout(x, m, rate=1/2)\nn = batchnorm(d, affine=false)\ny = w . n\nloss E = mean over data: (y - t)^2')
  const make = () => runtimeTrainer({ network, runtime: javascript, optimiser: findOptimiser('sgd'), output: 'y' })
  const samples = (...x: number[]): Batch => ({ count: x.length / 2, values: { x: { shape: [x.length / 2, 2], data: Float64Array.from(x) }, t: { shape: [x.length / 2], data: new Float64Array(x.length / 2) } } })
  const state = { state: new Map(), parameters: new Map([['w', { shape: [2], data: Float64Array.of(1, 1) }]]) }
  const train = async () => {
    const trainer = make()
    await trainer.load(state)
    // all masks are ones
    const ones = { ...random, uniform: () => 0.9 }
    for (let step = 1; step <= 30; step++) await trainer.step(samples(step, 1, step + 2, 3), { rate: 0, step, random: ones })
    return trainer
  }

  it('averages the statistics of the steps', async () => {
    const trainer = await train()
    const { statistics } = await trainer.state()
    // twice the inputs, since half of them would be missing; means of 10 steps, then one tenth of each further one
    let mean = 0
    for (let step = 1; step <= 30; step++) mean += Math.max(0.1, 1 / step) * (2 * (step + 1) - mean)
    expect(statistics!.get('n.mu')!.data[0]).toBeCloseTo(mean, 10)
    expect(statistics!.get('n.mu')!.data[1]).toBeCloseTo(4, 10)
    expect([...statistics!.get('n.v')!.data].map(v => Number(v.toFixed(9)))).toEqual([4, 4])
    await trainer.close()
  })

  it('evaluates a sample alike in any company, without masks', async () => {
    const trainer = await train()
    const { statistics } = await trainer.state()
    const { outputs } = await trainer.evaluate(samples(5, 7))
    const [mu, v] = ['n.mu', 'n.v'].map(n => statistics!.get(n)!.data)
    expect(outputs!.data[0]).toBeCloseTo([5, 7].reduce((s, x, k) => s + (x - mu![k]!) / Math.sqrt(v![k]! + 1e-5), 0), 10)
    const among = await trainer.evaluate(samples(100, -3, 5, 7, 0, 0))
    expect(among.outputs!.data[1]).toBeCloseTo(outputs!.data[0]!, 12)
    await trainer.close()
  })

  it('keeps them through save and load, and uses those of the batch where there are none or where it is asked to', async () => {
    const trainer = await train()
    const saved = await trainer.state()
    const again = make()
    await again.load(saved)
    expect((await again.evaluate(samples(5, 7))).outputs!.data).toEqual((await trainer.evaluate(samples(5, 7))).outputs!.data)
    await again.load(state)
    const own = (await again.evaluate(samples(0, 0, 2, 2))).outputs!.data
    own.forEach((y, k) => expect(y).toBeCloseTo(k === 0 ? -2 : 2, 4))
    const asked = runtimeTrainer({ network, runtime: javascript, optimiser: findOptimiser('sgd'), output: 'y', statistics: 'batch' })
    await asked.load(saved)
    expect([...(await asked.evaluate(samples(0, 0, 2, 2))).outputs!.data]).toEqual([...own])
    for (const t of [trainer, again, asked]) await t.close()
  })
})
