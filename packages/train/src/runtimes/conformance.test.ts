/** One suite for every runtime: gradients of all operations and of random networks agree with the reference within the runtime's precision. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findOptimiser, lower, operations, readNetwork } from '@chainrule/core'
import { mismatchOf } from '../../../core/src/lower/reference.test-helper.ts'
import { check, networks, operationSamples, prepare, type Sample, tolerance, wrongOf } from './conformance.test-helper.ts'
import { chooser, runtimes, tune } from './index.ts'

/** What a runtime cannot do, by its name and the name of the operation: none so far. */
const skips: Readonly<Record<string, readonly string[]>> = {}

const count = Number(process.env.CHAINRULE_NETWORKS ?? 500)
const first = Number(process.env.CHAINRULE_SEED ?? 1)
/** The WebAssembly runtime compiles every model slowly: it sees a part of the networks. */
const share: Readonly<Record<string, number>> = { 'onnxruntime-node': 1, 'onnxruntime-web': 0.04, javascript: 0.1 }

describe.each(runtimes.map(r => [r.name, r] as const))('%s', (name, runtime) => {
  const wanted = operationSamples.filter(s => !skips[name]?.includes(s.name))
  it(`has the gradients of ${wanted.length} samples of operations`, async () => expect(await wrongOf(runtime, wanted)).toEqual([]), 60_000)

  const some = networks(first, Math.max(1, Math.round(count * share[name]!)))
  it(`has the gradients of ${some.length} random networks from seed ${first}`, async () => expect(await wrongOf(runtime, some)).toEqual([]), 120_000)

  it('keeps parameters and state from step to step', async () => {
    const network = readNetwork('input x[3]\ntarget t[2]\nparam W[2, 3], b[2]\nloss E = mean over data: squared_error(W x + b, t)')
    const { program, scalars: numbers } = lower.stepProgram(network, { samples: 4 }, { optimiser: findOptimiser('momentum') })
    const session = await runtime.open(program)
    expect([...session.state].sort()).toEqual(['W', 'W#velocity', 'b', 'b#velocity'])
    const feeds = { x: Float32Array.from({ length: 12 }, (_, k) => Math.sin(k)), t: Float32Array.from({ length: 8 }, (_, k) => Math.cos(k)) }
    const reference = lower.compile(program)
    let held: Record<string, Float64Array> = { W: new Float64Array(6), b: new Float64Array(2), 'W#velocity': new Float64Array(6), 'b#velocity': new Float64Array(2) }
    session.write('b', [0.5, -0.25])
    held.b = Float64Array.of(0.5, -0.25)
    for (let step = 1; step <= 5; step++) {
      const at = lower.compile(numbers)({ rate: Float64Array.of(0.1), step: Float64Array.of(step), mu: Float64Array.of(0.9) })
      const made = await session.run({ ...feeds, ...Object.fromEntries(Object.entries(at).map(([k, v]) => [k, v[0]!])) })
      const { E, ...next } = reference({ x: Float64Array.from(feeds.x), t: Float64Array.from(feeds.t), ...held, ...at })
      held = next
      expect(Number(made.E![0])).toBeCloseTo(E![0]!, 4)
    }
    for (const key of Object.keys(held)) session.read(key).forEach((v, k) => expect(Number(v)).toBeCloseTo(held[key]![k]!, 4))
    await session.close()
  })

  it('reads class numbers, which may repeat: a table is looked up, and its gradient scattered', async () => {
    const network = readNetwork('input ids[2] class of 4\ntarget t[3] one-hot\ne = embedding(ids, vocabulary=4, width=5)\nloss E = mean over data: cross_entropy_logits(dense(flatten(e), 3), t)')
    const program = lower.gradientProgram(network, { samples: 2, classes: ['ids', 't'] })
    const feeds = Object.fromEntries(lower.inputsOf(program).map(i => [i.name, i.name === 'ids' ? BigInt64Array.of(1n, 3n, 1n, 1n) : i.name === 't' ? BigInt64Array.of(2n, 0n) : Float64Array.from({ length: lower.volume(i.shape) }, (_, k) => Math.sin(k))]))
    const session = await runtime.open(program)
    expect(mismatchOf(await session.run(feeds) as Readonly<Record<string, Float32Array>>, new Map(Object.entries(lower.compile(program)(feeds))), tolerance[runtime.precision])).toBeUndefined()
    await session.close()
    const { plan } = lower.planOf(program)
    expect(['one-hot', 'gather', 'scatter-add'].map(op => plan.nodes.filter(n => n.op === op).length)).toEqual([1, 1, 1])
  })

  it('says what is missing', async () => {
    const network = readNetwork('input x[3]\nparam W[2, 3]\nloss E = mean over data: sum(W x)')
    const session = await runtime.open(lower.gradientProgram(network, { samples: 2 }))
    await expect(async () => session.run({ W: new Float32Array(6) })).rejects.toThrow('The program reads x, which is not given.')
    await expect(async () => session.run({ W: new Float32Array(6), x: new Float32Array(5) })).rejects.toThrow('x is given 5 numbers, it has 6.')
    expect(() => session.read('V')).toThrow('The program keeps no V.')
    await session.close()
  })
})

describe('equal ways', () => {
  const windows: readonly string[] = [
    ...operations.flatMap(o => (o.kind !== 'scalar' && /conv|pool/.test(o.name) ? o.samples : [])),
    'input x[3, 9, 8]\nc = conv(x, 4, 3, padding=1)\nd = conv(tanh(c), 5, 3, stride=2)\nloss E = mean over data: sum(tanh(d))',
    'input x[2, 8, 7]\nc = maxpool(relu(conv(x, 4, 3, padding=2, dilation=2)), 2)\nd = conv(c, 2, 2)\nloss E = mean over data: sum(d .* d)',
    'input x[3, 8, 8]\nc = conv(x, 4, 1, stride=2)\nd = conv(tanh(c), 3, 3, padding=1)\nloss E = mean over data: sum(tanh(d))',
    'input x[4, 7, 7]\nc = conv(x, 4, 3, groups=2, padding=1)\nd = conv(tanh(c), 6, 3, groups=2, stride=2, padding=1)\nloss E = mean over data: sum(tanh(d))',
  ]
  const [native] = runtimes
  it.each(windows)('%s', async source => {
    const sample: Sample = { name: 'windows', source, seed: 3 }
    const ways = new Set(lower.planOf(prepare(sample).program).sites.flatMap(s => s.ways))
    for (const way of ways) expect(await check(native!, sample, s => (s.ways.includes(way) ? way : s.ways[0]!)), way).toBeUndefined()
  })

  it('are chosen by measuring, kept, and used again', async () => {
    const { program } = prepare({ name: 'conv', source: windows.at(-2)!, seed: 3 })
    const kept = new Map<string, Readonly<Record<string, string>>>()
    let trials = 0
    const options = { seconds: 2, onTrial: () => { trials++ }, cache: { read: (k: string) => Promise.resolve(kept.get(k)), write: (k: string, c: Readonly<Record<string, string>>) => { kept.set(k, c); return Promise.resolve() } } }
    const chosen = await tune(native!, program, options)
    const before = trials
    expect(before).toBeGreaterThan(1)
    expect(await tune(native!, program, options)).toEqual(chosen)
    expect(trials).toBe(before)
    expect(await check(native!, { name: 'conv', source: windows.at(-2)!, seed: 3 }, chooser(chosen))).toBeUndefined()
  })
})

it('LeNet-5 has the gradients of the reference on the native runtime', async () => {
  const text = readFileSync(new URL('../../../../corpus/networks/lenet5.chain', import.meta.url), 'utf8')
  const network = readNetwork(`${text}\ntarget t[10] one-hot\nloss E = mean over data: cross_entropy_logits(y, t)`)
  const program = lower.gradientProgram(network, { samples: 2 })
  const session = await runtimes[0]!.open(program)
  const inputs = Object.fromEntries(lower.inputsOf(program).map(i => [i.name, Float64Array.from({ length: lower.volume(i.shape) }, (_, k) => (i.name === 't' ? Number(k % 10 === 3) : Math.sin(k * 12.9898) * (i.name === 'x' ? 1 : 0.2)))]))
  const truth = lower.compile(program)(inputs)
  expect(mismatchOf(await session.run(inputs) as Readonly<Record<string, Float32Array>>, new Map(Object.entries(truth)), 1e-3)).toBeUndefined()
  await session.close()
})
