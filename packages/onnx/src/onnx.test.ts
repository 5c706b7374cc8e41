/** Models: bytes and back, standard operators, shapes, weights inside and beside, and plain ONNX Runtime outside Chainrule. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { afterAll, describe, expect, it } from 'vitest'
import { findOptimiser, lower, operations, readNetwork } from '@chainrule/core'
import { decodeModel, encodeModel, forwardModel, gradientModel, modelOf, numbersOf, shapeOf, stepModel, summaryOf } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'chainrule-onnx-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const MLP = 'input x[6]\ntarget t[3] one-hot\nh = relu(dense(x, 5))\ny = softmax(dense(h, 3))\nloss E = mean over data: cross_entropy(y, t)'
const network = readNetwork(MLP)
const sizes = { samples: 4 }
const wave = (n: number): Float32Array => Float32Array.from({ length: n }, (_, k) => Math.sin(1 + 1.7 * k) / 2)

describe('bytes', () => {
  const { model } = gradientModel(network, sizes)
  it('are read back as they were', () => {
    const again = decodeModel(encodeModel(model))
    expect(again.graph.nodes.map(n => [n.op, n.inputs, n.outputs])).toEqual(model.graph.nodes.map(n => [n.op, n.inputs, n.outputs]))
    expect(again.graph.initializers.map(t => [t.name, t.dims, [...numbersOf(t)]])).toEqual(model.graph.initializers.map(t => [t.name, t.dims, [...numbersOf(t)]]))
    expect(again.operatorSets).toEqual([{ domain: '', version: 17 }])
    expect(again.irVersion).toBe(8)
  })
  it('that are no model are refused', () => {
    expect(() => decodeModel(new Uint8Array([1, 2, 3]))).toThrow('This is no ONNX model')
    expect(() => decodeModel(encodeModel(model).slice(0, 200))).toThrow('This is no ONNX model')
  })
})

describe('models', () => {
  it('say the shape of every value between', () => {
    const { model } = gradientModel(network, sizes)
    const outputs = new Set(model.graph.outputs.map(o => o.name))
    const known = new Set(model.graph.values.map(v => v.name))
    for (const n of model.graph.nodes) for (const o of n.outputs) expect(outputs.has(o) || known.has(o), o).toBe(true)
    expect(model.graph.outputs.map(o => [o.name, shapeOf(o)])).toContainEqual(['gradient of h.dense.W', [5, 6]])
  })
  it('update inside the product: W - rate/m D^T X is one Gemm', () => {
    const { model } = stepModel(network, sizes, { optimiser: findOptimiser('sgd') })
    const made = model.graph.nodes.find(n => n.outputs.includes('next h.dense.W'))!
    expect([made.op, made.inputs.at(-1)]).toEqual(['Gemm', 'h.dense.W'])
    expect(made.attributes.find(a => a.name === 'alpha')!.float).toBe(0.25)
  })
  it('use standard operators alone, for every operation', () => {
    for (const o of operations) for (const source of o.kind === 'scalar' ? [] : o.samples) {
      const n = readNetwork(source)
      const dims = Object.fromEntries([...n.dims].map(([name, value], k) => [name, value ?? 3 + k]))
      let made
      try { made = gradientModel(n, { samples: 2, dims: source.includes('dim J, M, S, P') ? { J: 7, M: 3, S: 2, P: 1 } : dims }) } catch (e) { throw new Error(`${o.name}: ${(e as Error).message}`) }
      for (const node of made.model.graph.nodes) expect(node.domain ?? '').toBe('')
    }
  })
})

describe('plain ONNX Runtime', () => {
  const program = lower.gradientProgram(network, sizes)
  const inputs = Object.fromEntries(lower.inputsOf(program).map(i => [i.name, i.name === 't' ? Float32Array.from({ length: 12 }, (_, k) => Number(k % 3 === 1)) : wave(lower.volume(i.shape))]))
  const feeds = (names: readonly string[]) => Object.fromEntries(lower.inputsOf(program).filter(i => names.includes(i.name)).map(i => [i.name, new Tensor('float32', inputs[i.name]!, i.shape)]))
  const truth = lower.compile(program)(Object.fromEntries(Object.entries(inputs).map(([k, v]) => [k, Float64Array.from(v)])))

  it('runs the gradients', async () => {
    const session = await InferenceSession.create(encodeModel(gradientModel(network, sizes).model))
    const made = await session.run(feeds(session.inputNames))
    for (const [name, wanted] of Object.entries(truth)) (made[name]!.data as Float32Array).forEach((v, k) => expect(v).toBeCloseTo(wanted[k]!, 5))
  })
  it('runs the forward pass with weights in the model and beside it', async () => {
    const weights = new Map(network.nodes.filter(n => n.kind === 'param').map(n => [n.name, inputs[n.name]!]))
    const inside = await InferenceSession.create(encodeModel(forwardModel(network, sizes, ['y'], { weights }).model))
    expect(inside.inputNames).toEqual(['x'])
    const wide = readNetwork('input x[64]\nparam W[32, 64]\ny = tanh(W x)')
    const W = wave(2048)
    const { model, beside } = forwardModel(wide, { samples: 2 }, ['y'], { weights: new Map([['W', W]]), beside: 'wide.bin' })
    expect(model.graph.initializers.find(t => t.name === 'W')!.raw).toBeUndefined()
    expect([...numbersOf(decodeModel(encodeModel(model)).graph.initializers.find(t => t.name === 'W')!, beside)].slice(0, 4)).toEqual([...W.slice(0, 4)])
    writeFileSync(join(folder, 'wide.onnx'), encodeModel(model))
    writeFileSync(join(folder, 'wide.bin'), beside!)
    const session = await InferenceSession.create(join(folder, 'wide.onnx'))
    const x = wave(128)
    const y = (await session.run({ x: new Tensor('float32', x, [2, 64]) })).y!.data as Float32Array
    const first = Math.tanh(W.slice(0, 64).reduce((s, w, k) => s + w * x[k]!, 0))
    expect(y[0]).toBeCloseTo(first, 5)
  })
  it('trains: next values are fed back', async () => {
    const { model, scalars } = stepModel(network, sizes, { optimiser: findOptimiser('adam') })
    const session = await InferenceSession.create(encodeModel(model))
    const held: Record<string, Tensor> = { ...feeds(session.inputNames) }
    for (const name of session.inputNames) held[name] ??= new Tensor('float32', new Float32Array(lower.volume(shapeOf(model.graph.inputs.find(i => i.name === name)!) as number[])), shapeOf(model.graph.inputs.find(i => i.name === name)!) as number[])
    const losses: number[] = []
    for (let step = 1; step <= 40; step++) {
      const numbers = lower.compile(scalars)({ rate: Float64Array.of(0.05), step: Float64Array.of(step), beta_1: Float64Array.of(0.9), beta_2: Float64Array.of(0.999), epsilon: Float64Array.of(1e-8) })
      for (const [name, v] of Object.entries(numbers)) if (session.inputNames.includes(name)) held[name] = new Tensor('float32', Float32Array.from(v), [])
      const made = await session.run(held)
      for (const [name, t] of Object.entries(made)) if (name.startsWith('next ')) held[name.slice(5)] = t
      losses.push((made.E!.data as Float32Array)[0]!)
    }
    expect(losses.at(-1)).toBeLessThan(0.2 * losses[0]!)
  })
})

/** ONNX's own checker and shape inference, where Python has them: older than the format's newest versions, so the models are held to its version. */
const checker = spawnSync('python3', ['-c', 'import onnx; onnx.checker']).status === 0 ? 'python3' : spawnSync('/usr/bin/python3', ['-c', 'import onnx; onnx.checker']).status === 0 ? '/usr/bin/python3' : undefined
it.skipIf(!checker)('models pass the checker and shape inference of ONNX', () => {
  const files: string[] = []
  const keep = (name: string, model: Parameters<typeof encodeModel>[0]): void => { const file = join(folder, `${name}.onnx`); writeFileSync(file, encodeModel(model)); files.push(file) }
  keep('gradients', gradientModel(network, sizes).model)
  keep('step', stepModel(network, sizes, { optimiser: findOptimiser('adamw'), clip: 'norm', norms: true }).model)
  let k = 0
  for (const o of operations) for (const source of o.kind === 'scalar' ? [] : o.samples) {
    if (!source.includes('dim')) keep(`${o.name}_${k++}`, modelOf(lower.planOf(lower.gradientProgram(readNetwork(source), { samples: 2 })).plan, { name: o.name }).model)
  }
  const script = 'import onnx, sys\nfor f in sys.argv[1:]:\n    m = onnx.load(f)\n    try:\n        onnx.checker.check_model(m, full_check=False)\n        onnx.shape_inference.infer_shapes(m, check_type=True, strict_mode=True, data_prop=True)\n    except Exception as e:\n        print(f, str(e)[:300])\n'
  expect(spawnSync(checker!, ['-c', script, ...files], { encoding: 'utf8' }).stdout).toBe('')
})

it('a summary counts operators and weights', () => {
  const { operators, outputs } = summaryOf(gradientModel(network, sizes).model)
  expect(operators.Gemm).toBe(5)
  expect(outputs[0]).toBe('E[]')
})
