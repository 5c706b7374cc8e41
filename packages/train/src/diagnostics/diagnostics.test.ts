/** Diagnoses against networks small enough to know the answer, and on every runtime that they change nothing. */
import { findOptimiser, lower, type Network, readNetwork } from '@chainrule/core'
import { describe, expect, it } from 'vitest'
import type { Batch } from '../data/index.ts'
import type { Dense } from '../dense.ts'
import { hyperOf } from '../optimisers/index.ts'
import { stream } from '../random/index.ts'
import { javascript, onnxruntimeNode, onnxruntimeWeb, runtimeTrainer, type TrainerOptions } from '../runtimes/index.ts'
import { activationsOf } from './activations.ts'
import { type Diagnosis, firstWrongText, inspector, remarks } from './index.ts'
import { layersOf } from './layers.ts'
import { norm } from './measure.ts'

const dense = (shape: readonly number[], ...data: number[]): Dense => ({ shape, data: Float64Array.from(data) })
const drawn = stream(1, 'test').state()
const batchOf = (values: Readonly<Record<string, Dense>>): Batch => ({ count: Object.values(values)[0]!.shape[0]!, values })

/** A trainer at these parameters, and its inspector. */
async function at(network: Network, parameters: Readonly<Record<string, Dense>>, more: Partial<TrainerOptions> = {}) {
  const o: TrainerOptions = { network, runtime: javascript, optimiser: findOptimiser('sgd'), ...more }
  const trainer = runtimeTrainer(o)
  await trainer.load({ parameters: new Map(Object.entries(parameters)), state: new Map() })
  return { trainer, inside: inspector(o, trainer) }
}

/** One step under observation. */
async function looked(network: Network, parameters: Readonly<Record<string, Dense>>, batch: Batch, rate: number, more: Partial<TrainerOptions> = {}): Promise<Diagnosis> {
  const { trainer, inside } = await at(network, parameters, more)
  const after = await inside.before(batch, drawn)
  await trainer.step(batch, { rate, step: 1, random: stream(1, 'test') })
  const found = await after()
  await inside.close()
  await trainer.close()
  return found
}

describe.each([javascript, onnxruntimeNode, onnxruntimeWeb].map(r => [r.name, r] as const))('on %s', (_, runtime) => {
  it('one neuron has the gradient, the update and the ratio that one computes by hand', async () => {
    const network = readNetwork('input x\ntarget t\nparam w, b\nz = w x + b\na = sigmoid(z)\nloss E = mean over data: (a - t)^2')
    const { layers, activations } = await looked(network, { w: dense([], 2), b: dense([], 0) }, batchOf({ x: dense([2], 0, 1), t: dense([2], 0, 0) }), 0.5, { runtime })
    const s = 1 / (1 + Math.exp(-2))
    // dE/dz of each sample, the half of the mean in it
    const dz = [0.5 * 0.25, s * s * (1 - s)]
    const gradient = Math.hypot(dz[1]!, dz[0]! + dz[1]!)
    expect(layers).toHaveLength(1)
    expect(layers[0]).toMatchObject({ layer: 'z', parameters: ['w', 'b'], size: 2 })
    expect(layers[0]!.gradient).toBeCloseTo(gradient, 6)
    expect(layers[0]!.arriving).toBeCloseTo(Math.hypot(...dz), 6)
    expect(layers[0]!.update).toBeCloseTo(0.5 * gradient, 6)
    expect(layers[0]!.ratio).toBeCloseTo(0.25 * gradient, 6)
    expect(activations).toEqual([{ node: 'a', function: 'sigmoid', units: 1, dead: 0, saturated: 0, off: 0, flat: 0 }])
  })

  it('counts dead and saturated units', async () => {
    const network = readNetwork('input x[1]\ntarget t\nparam W[4, 1], b[4], V[3, 1], v[4], u[3]\nh = relu(W x + b)\ng = tanh(V x)\ny = v . h + u . g\nloss E = mean over data: (y - t)^2')
    const parameters = { W: dense([4, 1], 1, -1, 0, 1), b: dense([4], 0, 0, -1, 5), V: dense([3, 1], 0.1, 30, 1), v: dense([4], 1, 1, 1, 1), u: dense([3], 1, 1, 1) }
    // two samples, x = 1 and -1: unit 1 is on for one, unit 2 for the other, unit 3 never, unit 4 always
    const { activations } = await looked(network, parameters, batchOf({ x: dense([2, 1], 1, -1), t: dense([2], 0, 0) }), 0, { runtime })
    expect(activations[0]).toEqual({ node: 'h', function: 'relu', units: 4, dead: 1 / 4, saturated: 0, off: 4 / 8, flat: 0 })
    const [, g] = activations
    // 1 - tanh² of 30 is 0 in any precision
    expect(g).toEqual({ node: 'g', function: 'tanh', units: 3, dead: 1 / 3, saturated: 0, off: 2 / 6, flat: 0 })
    const flatter = await looked(network, { ...parameters, V: dense([3, 1], 0.1, 3, 1) }, batchOf({ x: dense([2, 1], 1, -1), t: dense([2], 0, 0) }), 0, { runtime })
    expect(flatter.activations[1]).toEqual({ node: 'g', function: 'tanh', units: 3, dead: 0, saturated: 1 / 3, off: 0, flat: 2 / 6 })
  })

  it('changes nothing of the run, dropout and the optimiser\'s state included', async () => {
    const network = readNetwork('input x[3], m[4]\ntarget t\nparam W[4, 3], v[4]\nh = dropout(tanh(W x), m, rate=1/2)\ny = v . h\nloss E = mean over data: (y - t)^2')
    const random = stream(3, 'numbers')
    const draw = (...shape: number[]): Dense => ({ shape, data: Float64Array.from({ length: lower.volume(shape) }, () => random.normal()) })
    const [parameters, batch] = [{ W: draw(4, 3), v: draw(4) }, batchOf({ x: draw(5, 3), t: draw(5) })]
    const run = async (watched: boolean) => {
      const { trainer, inside } = await at(network, parameters, { runtime, optimiser: findOptimiser('adam'), hyper: hyperOf(findOptimiser('adam')) })
      const masks = stream(2, 'steps')
      for (let step = 1; step <= 5; step++) {
        const after = watched ? await inside.before(batch, masks.state()) : undefined
        await trainer.step(batch, { rate: 0.1, step, random: masks })
        const found = await after?.()
        if (found) expect(found.layers.map(l => l.layer)).toEqual(['h', 'y'])
      }
      const { parameters: now, state } = await trainer.state()
      await inside.close()
      await trainer.close()
      return [...now, ...state].map(([n, t]) => [n, [...t.data]])
    }
    expect(await run(true)).toEqual(await run(false))
  })
})

describe('what a network consists of', () => {
  it('layers are named nodes, whatever is inside them', () => {
    const network = readNetwork('input x[1, 6, 6]\ntarget t[3] one-hot\nc = conv(x, filters=2, kernel=3)\nr = relu(batchnorm(c))\nd = dense(maxpool(r, window=2), 3)\nloss E = mean over data: cross_entropy_logits(d, t)')
    expect(layersOf(network, lower.parametersOf(network)).map(l => [l.node.name, ...l.parameters.map(p => p.name)])).toEqual([['c', 'c.W', 'c.b'], ['r', 'r.batchnorm.gamma', 'r.batchnorm.beta'], ['d', 'd.W', 'd.b']])
  })

  it.each([
    ['a vector has its entries as units', 'input x[3]\nparam W[4, 3]\nh = relu(W x)', [['h', 'relu', false, true]]],
    ['a map has its channels', 'input x[1, 6, 6]\nc = conv(x, filters=2, kernel=3)\nr = relu(batchnorm(c))', [['r', 'relu', false, true, false, false]]],
    ['a sequence has its features, not its places', 'input x[5, 3]\nparam W[4, 3]\nh[s, i] = tanh(sum_j W[i, j] x[s, j])', [['h', 'tanh', false, false, true]]],
    ['without parameters every entry is one', 'input x[3]\nh = sigmoid(x)', [['h', 'sigmoid', false, true]]],
    ['max(0, z) is a ReLU', 'input x[3]\nparam W[4, 3]\nh[i] = max(0, sum_j W[i, j] x[j])', [['h', 'max', false, true]]],
    ['gates inside an equation are found', 'input x[3], c[4]\nparam W[4, 3], V[4, 3]\ny = sigmoid(W x) .* c + (1 - sigmoid(W x)) .* tanh(V x)', [['y', 'sigmoid', false, true], ['y', 'tanh', false, true]]],
    ['exp, log, squares and leaky slopes are none', 'input x[3]\nparam w[3]\ny = softmax(w .* x)\nz = leaky_relu(x)\nu = log(y) + z .* z', []],
  ])('%s', (_, text, wanted) => {
    expect(activationsOf(readNetwork(text)).map(a => [a.shown, a.function, ...a.unitAxes])).toEqual(wanted)
  })

  it('every activation of the operations that dies away is one', () => {
    const names = ['sigmoid', 'tanh', 'relu', 'elu', 'gelu', 'silu', 'softplus']
    expect(names.filter(n => activationsOf(readNetwork(`input x[3]\nh = ${n}(x)`)).length !== 1)).toEqual([])
  })
})

describe('the first number that is none', () => {
  const wrong = async (text: string, parameters: Readonly<Record<string, Dense>>, batch: Batch, more: Partial<TrainerOptions> = {}) => {
    const { trainer, inside } = await at(readNetwork(text), parameters, more)
    const found = await inside.firstWrong(batch, drawn)
    await inside.close()
    await trainer.close()
    return found
  }
  const text = 'input x[2]\ntarget t\nparam w[2]\nz = w . x\np = exp(z)\nq = p - 1/p\nloss E = mean over data: (q - t)^2'

  it.each([['javascript', javascript, 710], ['onnxruntime-node', onnxruntimeNode, 90]] as const)('is found where it began, on %s', async (_, runtime, large) => {
    const batch = batchOf({ x: dense([3, 2], 1, 0, large, 0, 0, 1), t: dense([3], 0, 0, 0) })
    const found = await wrong(text, { w: dense([2], 1, 1) }, batch, { runtime })
    expect(found).toMatchObject({ kind: 'value', node: 'p', value: 'Infinity', sample: 2, entry: [], wrong: 1, of: 3, reads: [{ node: 'z', least: 1, greatest: large }] })
    expect(firstWrongText(found!)).toBe(`The first number that is none: p is Infinity at sample 2 of the batch; 1 of 3 entries are not finite. It is e^z, where z is from 1 to ${large}.`)
  })

  it('may be a parameter, after an update that was too large', async () => {
    const found = await wrong(text, { w: dense([2], 1, NaN) }, batchOf({ x: dense([1, 2], 1, 1), t: dense([1], 0) }))
    expect(firstWrongText(found!)).toBe('The first number that is none: the parameter w is NaN at entry (2); 1 of 2 entries are not finite.')
  })

  it('may be in the data', async () => {
    const found = await wrong(text, { w: dense([2], 1, 1) }, batchOf({ x: dense([1, 2], 1, 1), t: dense([1], Infinity) }))
    expect(firstWrongText(found!)).toBe('The first number that is none: the data for t is Infinity at sample 1 of the batch.')
  })

  it('may be in the gradient alone', async () => {
    const found = await wrong('input x[2]\ntarget t\nparam w[2]\nz = w . x\nr = sqrt(z)\nloss E = mean over data: (r - t)^2', { w: dense([2], 0, 0) }, batchOf({ x: dense([1, 2], 1, 1), t: dense([1], 1) }))
    expect(found).toMatchObject({ kind: 'gradient', node: 'z', value: '-Infinity' })
  })

  it('is nothing where all is finite', async () => {
    expect(await wrong(text, { w: dense([2], 1, 1) }, batchOf({ x: dense([1, 2], 1, 1), t: dense([1], 0) }))).toBeUndefined()
  })
})

it('remarks name what a person should look at', () => {
  const layer = { parameters: ['W'], gradient: 1, size: 1, update: 0.01, ratio: 0.01 }
  const activation = { function: 'relu', units: 8, off: 0.5, flat: 0 }
  expect(remarks({ layers: [{ ...layer, layer: 'a', arriving: 1 }], activations: [{ ...activation, node: 'h', dead: 0, saturated: 0 }] })).toEqual([])
  expect(remarks({
    layers: [{ ...layer, layer: 'a', arriving: 1e-6, gradient: 0 }, { ...layer, layer: 'b', arriving: 2, ratio: 0.5 }, { ...layer, layer: 'c', arriving: 1, ratio: 1e-7 }],
    activations: [{ ...activation, node: 'h', dead: 0.25, saturated: 0 }, { ...activation, node: 'g', function: 'tanh', dead: 0, saturated: 0.5 }],
  })).toEqual([
    'a: its gradient is exactly 0, so it learns nothing from this batch', 'the gradient that arrives at a is 2.0e+6 times smaller than at b',
    'b: one step changes its weights by 50% of their size; the rate may be too large', 'c: one step changes its weights by 1.0e-7 of their size; it hardly learns',
    'h: 25% of its 8 relu units are dead on this batch', 'g: 50% of its 8 tanh units are saturated on the whole batch',
  ])
})

it('norms neither overflow nor hide what is not finite', () => {
  expect(norm([3e200], [4e200])).toBeCloseTo(5e200, -190)
  expect(norm([])).toBe(0)
  expect(norm([1, NaN, 2])).toBeNaN()
})
