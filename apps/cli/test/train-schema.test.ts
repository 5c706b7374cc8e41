import { readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildOnce, folderWith, run } from './run.ts'

const cwd = folderWith({
  'net.chain': 'dim h = 6\ninput x[2]\ntarget t[2] one-hot\na = tanh(dense(x, h))\ns = dense(a, 2)\nloss E = mean over data: cross_entropy_logits(s, t)\n',
  'line.chain': 'input x = [1, 2, 3]\ntarget t = [2, 4, 6]\nparam w = 0.5\ny = w x\nloss E = mean over data: (y - t)^2\n',
  'blow.chain': 'input x = [1, 2]\ntarget t = [1, 2]\nparam w = 1e30\nloss E = mean over data: exp(w x) - t\n',
})
vi.setConfig({ testTimeout: 60_000 })
beforeAll(async () => {
  await buildOnce()
  expect((await run('train net.chain --data moons?count=100 --epochs 2 --device javascript -o run'.split(' '), { cwd })).code).toBe(0)
})
afterAll(() => rmSync(cwd, { recursive: true }))

const schemas = fileURLToPath(new URL('../../../docs/schema', import.meta.url))
const validators = Object.fromEntries(['train', 'evaluate', 'predict', 'search'].map(name => [name, new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync(`${schemas}/${name}.json`, 'utf8')) as object)]))

test.concurrent.each([
  ['train net.chain --data moons?count=100 --epochs 2 --plot p.svg -o other', 0], ['train net.chain --data digits?count=40 --dim h=2 --epochs 1 --tune on', 2], ['train net.chain --data moons?count=100 --steps 3 --tune on --clip 1', 0],
  ['train line.chain --steps 5', 0], ['train blow.chain --device javascript', 1], ['evaluate run', 0], ['predict run', 0], ['search net.chain --data moons?count=100 --epochs 1 --over h=2,3 --device javascript', 0],
])('chainrule %s --json is as its schema says', async (call, exit) => {
  const { code, stdout } = await run([...call.split(' '), '--json'], { cwd })
  expect(code).toBe(exit)
  const validate = validators[call.split(' ')[0]!]!
  const documents = /^(train|predict)/.test(call) ? stdout.trimEnd().split('\n').filter(Boolean) : [stdout]
  for (const text of documents) { validate(JSON.parse(text)); expect(validate.errors, text).toBe(null) }
})
