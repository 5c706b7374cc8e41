import { readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildOnce, folderWith, run } from './run.ts'

const schemas = fileURLToPath(new URL('../../../docs/schema', import.meta.url))

const cwd = folderWith({
  'two.chain': 'dim n0 = 3, n1 = 2, n2 = 4\ninput x[n0]\ntarget t[n2] one-hot\nparam W^(1)[n1, n0], W^(2)[n2, n1]\nz^(1) = W^(1) x\ny^(1) = sigmoid(z^(1))\nz^(2) = W^(2) y^(1)\ny^(2) = softmax(z^(2))\nloss E = mean over data: -sum_c t[c] log y^(2)[c]\n',
  'point.json': JSON.stringify({ x: [[1, 2, '0.5'], [0, -1, 3]], t: [[1, 0, 0, 0], [0, 0, 1, 0]], 'W^(1)': [[1, 0, -1], ['0.5', 2, 0]], 'W^(2)': [[1, 0], [0, 1], [-1, 1], ['1/3', 2]] }),
  'graph.chain': 'function g\ninput x\ntarget y\nparam w_{1,2}, w_{2,3}, b\nn_2 = g(w_{1,2} x + b)\nn_3 = g(w_{2,3} n_2 + b)\nloss E = sum over data: (n_3 - y)^2\n',
  'exact.chain': 'input x_0 = 1.0\nparam w_0 = 0.3, b_0 = 0.1\ny = relu(x_0 w_0 + b_0)\n',
  'cnn.chain': 'input x[1, 28, 28]\nc = conv(x, filters=8, kernel=3)\np = maxpool(c, window=2)\ny = dense(p, 10)\n',
  'symbolic.chain': 'dim h, k\ninput x[h]\ny = dense(x, k)\n',
})
vi.setConfig({ testTimeout: 30_000 })
beforeAll(buildOnce)
afterAll(() => rmSync(cwd, { recursive: true }))

const validators = Object.fromEntries(['derive', 'values', 'summary', 'gradcheck'].map(name => [name, new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync(`${schemas}/${name}.json`, 'utf8')) as object)]))

test.concurrent.each([
  'derive two.chain',
  'derive two.chain --wrt W^(1) --view matrix',
  'derive two.chain --wrt W^(2) --layout jacobian --detail full',
  'derive two.chain --of y^(2)[i] --wrt z^(2)[j]',
  'derive graph.chain --wrt w_{1,2} --view paths',
  'derive graph.chain --let g=sigmoid --wrt b',
  'derive exact.chain --of y --wrt w_0 --view values',
  'derive two.chain --wrt W^(1) --view components',
  'values exact.chain',
  'values two.chain --at point.json',
  'values two.chain --at point.json --wrt W^(1)',
  'summary cnn.chain',
  'summary cnn.chain --readings',
  'summary symbolic.chain',
  'gradcheck two.chain',
  'gradcheck exact.chain --at {"x_0":2}',
])('chainrule %s --json is as its schema says', async call => {
  const args = call.split(' ')
  const { code, stdout, stderr } = await run([...args, '--json'], { cwd })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const validate = validators[args[0]!]!
  validate(JSON.parse(stdout))
  expect(validate.errors).toBe(null)
})
