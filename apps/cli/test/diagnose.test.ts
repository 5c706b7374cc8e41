/** `train --diagnose` and the watch for numbers that are none, as a user sees them. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildOnce, folderWith, run } from './run.ts'

const cwd = folderWith({
  'net.chain': 'dim h = 6\ninput x[2]\ntarget t\na = relu(dense(x, h, bias=true))\nb = tanh(dense(a, h, bias=true))\nz = dense(b, 1, bias=true)\ny = sigmoid(z[1])\nloss E = mean over data: binary_cross_entropy(y, t)\n',
  'log.chain': 'input x[2] = [[1, 2], [3, -4]]\ntarget t = [0, 1]\nparam w[2] = [1, 1]\nz = w . x\np = log(z)\nloss E = mean over data: (p - t)^2\n',
})
vi.setConfig({ testTimeout: 60_000 })
beforeAll(buildOnce)
afterAll(() => rmSync(cwd, { recursive: true }))
const train = (line: string): ReturnType<typeof run> => run(['train', ...line.split(' ')], { cwd })
const NET = 'net.chain --data moons?count=200 --epochs 5 --rate 0.02'
const lines = (text: string): Record<string, unknown>[] => text.trimEnd().split('\n').map(l => JSON.parse(l) as Record<string, unknown>)

test.concurrent('tables of layers and activations every so manieth step', async () => {
  const { code, stdout, stderr } = await train(`${NET} --diagnose 7`)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout.match(/inside step \d+/g)).toEqual(['inside step 1', 'inside step 8', 'inside step 15'])
  expect(stdout).toMatch(/ {2}layer +gradient that arrives +gradient of its weights +weights +update \/ weights\n {2}a +[\d.e-]+ +[\d.e-]+ +[\d.e-]+ +[\d.e-]+\n {2}b .*\n {2}z .*\n {2}activation +units +dead +saturated +values off +values flat\n {2}a +relu +6 +.* %\n {2}b +tanh +6 .*\n {2}y +sigmoid +1 /)
})

test.concurrent.each(['cpu', 'javascript'])('a run computes the same with it and without, on %s', async device => {
  const [plain, watched] = await Promise.all(['', ' --diagnose 3'].map(async more => lines((await train(`${NET} --device ${device} --json${more}`)).stdout).map(({ seconds: _, ...rest }) => rest)))
  expect(watched!.filter(l => l['type'] === 'diagnosis')).toHaveLength(5)
  expect(watched!.filter(l => l['type'] !== 'diagnosis')).toEqual(plain)
})

test.concurrent('the picture has updates and units too', async () => {
  expect((await train(`${NET} --diagnose 2 --plot inside.svg`)).code).toBe(0)
  const svg = readFileSync(join(cwd, 'inside.svg'), 'utf8')
  for (const word of ['Norm of the gradient', 'Update / weights, by layer', 'Dead and saturated units', 'b: saturated']) expect(svg).toContain(word)
})

test.concurrent.each(['cpu', 'javascript'])('the first number that is none is named with what it comes from, on %s', async device => {
  const { code, stdout } = await train(`log.chain --device ${device} --rate 0.001`)
  expect(code).toBe(1)
  expect(stdout).toContain('step 1: the loss is not finite. The first number that is none: p is NaN at sample 2 of the batch; 1 of 2 entries are not finite. It is log z, where z is from -1 to 3.')
})
