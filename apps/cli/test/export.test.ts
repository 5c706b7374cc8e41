/** `chainrule export`: models that run outside of Chainrule, code that checks itself, parameters for PyTorch. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildOnce, folderWith, run } from './run.ts'

const cwd = folderWith({
  'net.chain': 'dim h = 8\ninput x[2]\ntarget t[2] one-hot\na = relu(batchnorm(dense(x, h)))\ns = dense(a, 2, bias=true)\ny = softmax(s)\nloss E = mean over data: cross_entropy(y, t)\n',
  'open.chain': 'dim n\ninput x[n]\ny = dense(x, 3)\n',
  'plain.chain': 'input x[4]\ny = tanh(dense(x, 3, bias=true))\n',
})
vi.setConfig({ testTimeout: 60_000 })
beforeAll(async () => {
  await buildOnce()
  expect((await run('train net.chain --data blobs?count=300&centres=2 --epochs 3 -o run'.split(' '), { cwd })).code).toBe(0)
})
afterAll(() => rmSync(cwd, { recursive: true }))
const chainrule = (line: string): ReturnType<typeof run> => run(line.split(' '), { cwd })

test.concurrent('a trained network as a model says what predict says', async () => {
  const points = [[1, 2], [-3, 0.5], [0, 0]]
  const { code, stdout } = await chainrule('export run --to onnx --batch 3 -o run.onnx')
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^run\.onnx: forward, \d+ operators, \d+ weights\ninputs {3}x\[3, 2\]\noutputs {2}y\[3, 2\]\nx is \(raw - mean\) scale; mean /)])
  const [mean, scale] = /mean (.*); scale (.*)\n/.exec(stdout)!.slice(1).map(l => l.split(', ').map(Number)) as [number[], number[]]
  writeFileSync(join(cwd, 'points.csv'), points.map(p => `${p.join(',')}\n`).join(''))
  const said = (await chainrule('predict run --data points.csv --target none --json')).stdout.trimEnd().split('\n').map(l => (JSON.parse(l) as { output: number[] }).output)
  const session = await ort.InferenceSession.create(join(cwd, 'run.onnx'))
  const { y } = await session.run({ x: new ort.Tensor('float32', Float32Array.from(points.flatMap(p => p.map((v, k) => (v - mean[k]!) * scale[k]!))), [3, 2]) })
  said.flat().forEach((v, k) => { expect(y!.data[k] as number).toBeCloseTo(v, 5) })
})

test.concurrent('a step takes parameters and state and gives the next ones', async () => {
  const { code, stdout } = await chainrule('export net.chain --to onnx --part step --optimiser momentum --batch 4 -o step.onnx')
  expect(code).toBe(0)
  expect(stdout).toContain('numbers of a step, from rate, mu:')
  const session = await ort.InferenceSession.create(join(cwd, 'step.onnx'))
  for (const name of ['s.W', 's.b']) for (const given of [name, `${name}#velocity`]) expect(session.inputNames.includes(given) && session.outputNames.includes(`next ${given}`)).toBe(true)
})

test.concurrent('weights lie in the model or beside it', async () => {
  expect((await chainrule('export run --to onnx --part gradients --class-numbers -o g.onnx')).code).toBe(0)
  const { inputNames, outputNames } = await ort.InferenceSession.create(join(cwd, 'g.onnx'))
  expect([[...inputNames].sort(), outputNames[0]]).toEqual([['t', 'x'], 'E'])
  expect((await chainrule('export plain.chain --to onnx --external -o plain.onnx')).stdout).toContain('inputs   x[1, 4], y.dense.W[3, 4], y.dense.b[3]')
  expect(existsSync(join(cwd, 'plain.onnx.data'))).toBe(false)
})

test.concurrent('code checks itself', async () => {
  await chainrule('export net.chain --to javascript --batch 5 -o net.mjs')
  expect(execFileSync(process.execPath, [join(cwd, 'net.mjs')], { encoding: 'utf8' })).toMatch(/^6 gradients agree with central differences/)
  expect((await chainrule('export run --to pytorch --batch 5')).stdout).toContain('def loss_and_gradients(')
  await chainrule('export run --to numpy --batch 5 -o net.py')
  if (spawnSync('python3', ['-c', 'import numpy']).status === 0) expect(execFileSync('python3', [join(cwd, 'net.py')], { encoding: 'utf8' })).toMatch(/gradients agree with central differences/)
})

test.concurrent('parameters have the names and shapes that PyTorch gives them', async () => {
  expect((await chainrule('export run --to safetensors -o run.safetensors')).code).toBe(0)
  const bytes = readFileSync(join(cwd, 'run.safetensors'))
  const header = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE())).toString()) as Record<string, { dtype: string; shape: number[] }>
  expect(header).toMatchObject({ 's.weight': { dtype: 'F32', shape: [2, 8] }, 's.bias': { shape: [2] }, 'a.batchnorm.weight': { shape: [8] }, 'a.batchnorm.running_mean': { shape: [8] }, 'a.batchnorm.running_var': { shape: [8] } })
})

test.concurrent.each([
  ['export net.chain --to onnx', 'a model is no text: say where with -o model.onnx'],
  ['export net.chain --to numpy --part step', '--part step is for --to onnx; code has the forward pass and the gradients'],
  ['export net.chain --to safetensors -o x.safetensors', 'a network that was never trained has no parameters to write. Give the folder of a run'],
  ['export open.chain --to onnx -o x.onnx', 'The size n has no number. A tensor program needs numbers for all sizes.'],
  ['export net.chain --to onnx --of q -o x.onnx', 'q is nothing that the network computes for each sample.'],
  ['export net.chain --to onnx -o no/where/x.onnx', 'cannot write no/where/x.onnx: there is no such file'],
])('%s: %s', async (line, message) => {
  const { code, stdout, stderr } = await chainrule(line)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr.startsWith(`error: ${message}`)).toBe(true)
})

test.concurrent('a target that does not exist lists those that do', async () => {
  const { code, stderr } = await chainrule('export net.chain --to onx')
  expect(code).toBe(2)
  expect(stderr).toContain('Allowed choices are onnx, numpy, pytorch, javascript, safetensors.')
})
