/** Whole runs: what they settle, that they learn, stop, go on, and that what they make can be used. */
import { readNetwork } from '@chainrule/core'
import { describe, expect, it } from 'vitest'
import { checkpointStore } from '../checkpoint/index.ts'
import { type Dataset, openData } from '../data/index.ts'
import { memoryFiles } from '../files/index.ts'
import { javascript, onnxruntimeNode } from '../runtimes/index.ts'
import { evaluate, modelIn, outputOf, predict, type RunEvent, search, type SearchOptions, train, type TrainOptions, type TrainOutcome } from './index.ts'
import { thresholdOf } from './output.ts'

const mlp = readNetwork('dim n, h = 8, k\ninput x[n]\ntarget t[k] one-hot\na = tanh(dense(x, h))\ns = dense(a, k)\nloss E = mean over data: cross_entropy_logits(s, t)', 'mlp.chain')
const source = async (text: string): Promise<Dataset> => (await openData(text, memoryFiles())).train

async function collect(events: AsyncGenerator<RunEvent, TrainOutcome>, each: (e: RunEvent) => void = () => undefined): Promise<{ events: RunEvent[]; outcome: TrainOutcome }> {
  const all: RunEvent[] = []
  for (;;) {
    const { done, value } = await events.next()
    if (done) return { events: all, outcome: value }
    all.push(value)
    each(value)
  }
}
const spirals = async (o: Partial<TrainOptions> = {}): Promise<TrainOptions> => ({ runtime: javascript, data: await source('spirals?count=200&noise=0&turns=0.5'), epochs: 12, rate: 0.03, ...o })

describe('train', () => {
  it('says first what it will do', async () => {
    const { events } = await collect(train(mlp, await spirals({ epochs: 1 })))
    expect(events[0]).toMatchObject({ type: 'plan', run: {
      network: { path: 'mlp.chain', loss: 'E', output: 's', parameters: 42, dims: { n: 2, h: 8, k: 2 } },
      data: { train: 180, validation: 20, normalised: [{ field: 'x', kind: 'standard' }], unused: [], leaves: [{ name: 'x', conversion: 'same' }, { name: 't', conversion: 'classes', classes: ['0', '1'] }] },
      runtime: { name: 'javascript', threads: 1 }, numbers: { optimiser: 'adam', batch: 64, epochs: 1, stepsPerEpoch: 3, steps: 3, seed: 1 },
    } })
    expect(JSON.parse(JSON.stringify(events[0]))).toEqual(events[0])
  })

  it('learns, on the default runtime too', async () => {
    const { outcome } = await collect(train(mlp, await spirals({ runtime: onnxruntimeNode, epochs: 30 })))
    expect(outcome.history.at(-1)!.validation!.accuracy).toBeGreaterThan(0.9)
  })

  it('has usual numbers: enough steps where epochs are short, batches no larger than the data', async () => {
    const xor = readNetwork('input x[2] = [[0, 0], [0, 1], [1, 0], [1, 1]]\ntarget t = [0, 1, 1, 0]\nh = tanh(dense(x, 4))\ny = dense(h, 1)\nloss E = mean over data: (y[1] - t)^2')
    const { events, outcome } = await collect(train(xor, { runtime: javascript, rate: 0.05 }))
    expect(events[0]).toMatchObject({ run: { data: { train: 4, validation: 0, normalised: [] }, numbers: { batch: 4, epochs: 1000, steps: 1000, everyEpochs: 100 } } })
    expect(outcome.history.at(-1)!.train.loss).toBeLessThan(1e-3)
  })

  it('starts from the numbers of the text, or from those given', async () => {
    const n = readNetwork('input x = [1, 2]\ntarget t = [2, 4]\nparam w = 0.5, b = 0.25\ny = w x + b\nloss E = mean over data: (y - t)^2')
    const first = async (o: Partial<TrainOptions> = {}) => (await collect(train(n, { runtime: javascript, rate: 0, optimiser: 'sgd', steps: 1, ...o }))).outcome.last.parameters
    const numbers = (p: Awaited<ReturnType<typeof first>>) => [...p].map(([name, t]) => [name, t.data[0]])
    expect(numbers(await first())).toEqual([['w', 0.5], ['b', 0.25]])
    expect(numbers(await first({ initialisers: [{ parameters: 'w', initialiser: 'ones' }] }))).toEqual([['w', 1], ['b', 0.25]])
    const dense = (v: number) => ({ shape: [], data: Float64Array.of(v) })
    expect(numbers(await first({ start: { parameters: new Map([['w', dense(7)], ['b', dense(8)]]) } }))).toEqual([['w', 7], ['b', 8]])
    await expect(first({ start: { parameters: new Map([['W', dense(7)]]) } })).rejects.toThrow('There are no numbers for the parameter w. There are some for W. Did you mean W?')
  })

  it('goes on exactly, with the best of before, and only with the same', async () => {
    const store = () => checkpointStore(memoryFiles(), 'run')
    const whole = store()
    const reference = await collect(train(mlp, await spirals({ store: whole })))
    const parted = store()
    const stop = new AbortController()
    await collect(train(mlp, await spirals({ store: parted, signal: stop.signal })), e => { if (e.type === 'step' && e.step === 20) stop.abort() })
    const rest = await collect(train(mlp, await spirals({ store: parted, resume: true })))
    expect(rest.events.filter(e => e.type === 'step')).toEqual(reference.events.filter(e => e.type === 'step' && e.step > 20))
    expect(rest.outcome.history).toEqual(reference.outcome.history)
    expect(rest.outcome.bestModel.parameters).toEqual(reference.outcome.bestModel.parameters)
    expect(await parted.latest()).toEqual(await whole.latest())
    expect(await parted.best()).toEqual(await whole.best())
    await expect(collect(train(mlp, await spirals({ store: parted, resume: true, rate: 0.1 })))).rejects.toThrow('comes from a run with rate = 0.03, this one has 0.1.')
    await expect(collect(train(readNetwork(mlp.source, 'mlp.chain', { dims: { h: 9 } }), await spirals({ store: parted, resume: true })))).rejects.toThrow('comes from a run with network text = ')
    const longer = await collect(train(mlp, await spirals({ store: parted, resume: true, epochs: 13 })))
    expect(longer.outcome.history).toHaveLength(13)
  })

  it.each([
    ['input x\ntarget t\nparam w\ny = w x', {}, 'This network has no loss, so there is nothing to train it by.'],
    ['input x\ntarget t\nparam w\nloss E = (w x - t)^2', {}, 'The loss E is one for each sample. Say how it goes over the data: loss E = mean over data: ...; or let --loss mean say it.'],
    ['input x\ntarget t\nloss E = mean over data: (x - t)^2', {}, 'This network has no parameters, so there is nothing to train.'],
    ['input x = 1\ntarget t = 2\nparam w\nloss E = mean over data: (w x - t)^2', { optimiser: 'adm' }, 'There is no optimiser adm. Known: sgd, momentum, nesterov, rmsprop, adam, adamw. Did you mean adam?'],
    ['input x = 1\ntarget t = 2\nparam w\nloss E = mean over data: (w x - t)^2', { schedule: 'cosin' }, 'Did you mean cosine?'],
    ['input x = 1\ntarget t = 2\nparam w\nloss E = mean over data: (w x - t)^2', { stopping: { metric: 'accuracy' } }, 'There is no accuracy here'],
    ['input x = 1\ntarget t = 2\nparam w\nloss E = mean over data: (w x - t)^2', { output: 'y' }, 'y is nothing that the network computes for each sample.'],
    ['function g\ninput x = 1\ntarget t = 2\nparam w\nloss E = mean over data: (g(w x) - t)^2', {}, 'The function g is abstract, so it has no values to compute. Give an operation for it: --let g=tanh.'],
    ['input x\ntarget t\nparam w\nloss E = mean over data: (w x - t)^2', {}, 'There are no data for x, t. Name some with --data'],
  ] as const)('refuses %j with %j', async (text, options, message) => {
    await expect(collect(train(readNetwork(text), { runtime: javascript, ...options }))).rejects.toThrow(message)
  })
})

describe('the output', () => {
  it.each([
    ['s = dense(x, 3)\ny = softmax(s)\nloss E = mean over data: -sum_c t[c] log y[c]', 'y'], ['s = dense(x, 3)\nloss E = mean over data: cross_entropy_logits(s, t)', 's'],
    ['loss E = mean over data: cross_entropy_logits(dense(x, 3), t)', 'E.dense'], ['a = dense(x, 3)\nb = dense(a, 3)\nloss E = (mean over data: squared_error(b, t)) + mean over data: sum(a .* a)', 'b'],
  ])('is what the loss holds against the target: %s', (text, name) => expect(outputOf(readNetwork(`input x[2]\ntarget t[3] one-hot\n${text}`)).output?.name).toBe(name))
  it('may be absent', () => expect(outputOf(readNetwork('input x[2]\ntarget t\nparam w[2]\nloss E = mean over data: (w . x - t)^2')).output).toBeUndefined())
  it.each([['binary_cross_entropy_logits(z, t)', 0], ['binary_cross_entropy(sigmoid(z), t)', 0], ['(z - t)^2', 0.5], ['hinge(z, 2 t - 1)', 0]])('changes class where the loss does: %s at %d', async (loss, at) => {
    const n = readNetwork(`input x[2]\ntarget t\nparam w[2], b\nz = w . x + b\nloss E = mean over data: ${loss} + 0.1 ||w||^2`)
    expect(await thresholdOf(n, n.byName.get('z')!, n.byName.get('t')!, {})).toBe(at)
  })
})

describe('a trained network in use', () => {
  const made = async (): Promise<{ files: ReturnType<typeof memoryFiles>; outcome: TrainOutcome }> => {
    const files = memoryFiles()
    const { outcome } = await collect(train(mlp, await spirals({ store: checkpointStore(files, 'run'), about: { data: 'spirals' } })))
    return { files, outcome }
  }

  it('comes out of its checkpoint as it went in', async () => {
    const { files, outcome } = await made()
    const { found } = await checkpointStore(files, 'run').latest()
    const model = modelIn(found!.path, found!.checkpoint)
    expect({ ...model, network: 0 }).toEqual({ ...outcome.last, network: 0 })
    expect(model.network.source).toBe(mlp.source)
    expect(model.about).toEqual({ data: 'spirals' })
  })

  it('evaluates as it did in training, and predicts without targets', async () => {
    const { outcome } = await made()
    const data = await source('spirals?count=200&noise=0&turns=0.5')
    const metrics = await evaluate(outcome.last, data, { runtime: javascript })
    const rows: number[] = []
    const inputs: Dataset = { ...data, fields: data.fields.filter(f => f.role === 'input') }
    for await (const p of predict(outcome.last, inputs, { runtime: javascript, batch: 64 })) { expect(p.from).toBe(rows.length); rows.push(...p.classes!) }
    const labels = (await data.read(rows.map((_, k) => k))).values.t!.data
    expect(rows.filter((c, k) => c === labels[k]).length / rows.length).toBe(metrics.accuracy)
    expect(metrics.confusion!.counts.flat().reduce((a, b) => a + b)).toBe(200)
  })

  it('refuses data that do not fit', async () => {
    const { outcome } = await made()
    await expect(evaluate(outcome.last, await source('digits?count=10'), { runtime: javascript })).rejects.toThrow('t has 2 classes in the network, the field t has 10.')
    await expect(evaluate(outcome.last, await source('blobs?centres=3'), { runtime: javascript })).rejects.toThrow('t has 2 classes in the network, the field t has 3.')
  })
})

describe('search', () => {
  const run = async (o: Partial<SearchOptions>) => {
    const events = search(mlp, { ...await spirals({ epochs: 3 }), over: {}, ...o })
    const types: string[] = []
    for (;;) { const { done, value } = await events.next(); if (done) return { types, ...value }; types.push(value.type) }
  }
  it('tries every point, sizes too, and ranks them', async () => {
    const { trials, best, by, types } = await run({ over: { rate: { kind: 'choice', values: [0.0001, 0.1] }, h: { kind: 'choice', values: [2, 8] } } })
    expect([by, trials.length, types.filter(t => t === 'result').length]).toEqual(['accuracy', 4, 4])
    expect(trials[0]!.value! >= trials[3]!.value!).toBe(true)
    expect(best!.network.dims.get('h')).toBe(trials[0]!.point.h)
    expect(best!.parameters.get('s.W')!.shape).toEqual([2, trials[0]!.point.h])
  })
  it('draws points, and optimisers with their numbers', async () => {
    const { trials } = await run({ random: 3, over: { rate: { kind: 'log', from: 1e-3, to: 1e-1 }, optimiser: { kind: 'choice', values: ['momentum'] }, mu: { kind: 'linear', from: 0.5, to: 0.99 } } })
    expect(new Set(trials.map(t => t.point.rate)).size).toBe(3)
    expect(trials.map(t => t.number).sort((a, b) => a - b)).toEqual([1, 2, 3])
  })
  it.each([
    [{}, 'There is nothing to search over. Say what varies'],
    [{ over: { rat: { kind: 'choice', values: [1] } } }, 'Did you mean rate?'],
    [{ over: { h: { kind: 'choice', values: [1.5] } } }, 'h cannot be 1.5. It is a size.'],
    [{ over: { rate: { kind: 'choice', values: ['fast'] } } }, 'rate cannot be fast. It is a number.'],
    [{ over: { a: { kind: 'linear', from: 0, to: 1 }, rate: { kind: 'linear', from: 0, to: 1 } }, ticks: 200 }, 'The grid has more than 10000 points. Draw some of them: --random 50.'],
  ] as const)('refuses %j', async (o, message) => { await expect(run(o as Partial<SearchOptions>)).rejects.toThrow(message) })
})
