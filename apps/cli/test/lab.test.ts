/** `chainrule lab` as a user runs it: what the sheets ask is said, drawn and given to programs. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cards } from '@chainrule/labs/cards'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildOnce, folderWith, run } from './run.ts'

const cwd = folderWith({
  'own.chain': 'dim n0 = 3, n1 = 4\nfunction g\ninput x[n0]\ntarget t\nparam W[n1, n0], v[n1]\nh = g(W x)\ny = v . h\nloss E = mean over data: (y - t)^2\n',
  'free.chain': 'input x[2]\nparam w[2]\ny = w . x\n',
})
vi.setConfig({ testTimeout: 60_000 })
beforeAll(buildOnce)
afterAll(() => rmSync(cwd, { recursive: true }))
const lab = (...args: string[]): ReturnType<typeof run> => run(['lab', ...args], { cwd })

/** Arguments that make each lab quick. */
const quick: Readonly<Record<string, readonly string[]>> = {
  vanishing: ['--depth', '2,4', '--width', '4', '--samples', '3'], init: ['--steps', '20', '--samples', '4'],
  pooling: ['--images', '3', '--window', '2', '--shift', '2'], 'conv-dense': ['--size', '3', '--kernel', '2'],
}

/** What each sheet has as its answer. */
const said: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  vanishing: ['W^[l+1]ᵀ δ^[l+1] ⊙ g\'(z^[l])', /sigmoid +normal\(std=0.1\) +0.25/, 'The bound holds in all 72 layers that were measured.'],
  init: [/W\^\[1\] +exactly 0 +0, proved +all entries 0/, 'ŷ = 1/2', /rows equal, proved +rows equal/, 'No two units have equal gradients'],
  pooling: [/total +100,262,600 +25,262,600/, /maxpool +6 +10 +not equal/, /avgpool +2.75 +2.75 +equal/, 'give their old maps moved by one place, exactly.'],
  'conv-dense': ['T is 4 x 9: 36 entries, 16 of them weights, 20 zeros', 'All outputs and gradients are equal.'],
}

describe.each(cards.map(c => c.name))('lab %s', name => {
  test.concurrent('says what the sheet asks', async () => {
    const { code, stdout, stderr } = await lab(name, ...quick[name]!)
    expect([code, stderr]).toEqual([0, ''])
    for (const words of said[name]!) expect(stdout).toMatch(words)
  })

  test.concurrent('gives programs the same, as its schema says', async () => {
    const { code, stdout } = await lab(name, ...quick[name]!, '--json')
    expect(code).toBe(0)
    const schema = JSON.parse(readFileSync(fileURLToPath(new URL(`../../../docs/schema/lab-${name}.json`, import.meta.url)), 'utf8')) as object
    const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema)
    validate(JSON.parse(stdout))
    expect(validate.errors).toBe(null)
  })

  test.concurrent('draws, and puts the picture into HTML', async () => {
    for (const file of [`${name}.svg`, `${name}.html`]) {
      expect(await lab(name, ...quick[name]!, '-o', file)).toEqual({ code: 0, stdout: '', stderr: '' })
      expect(readFileSync(join(cwd, file), 'utf8')).toMatch(file.endsWith('.svg') ? /^<svg[\s\S]*<\/svg>\n$/ : /^<!doctype html>[\s\S]*<table[\s\S]*class="scroll picture"><svg/)
    }
  })

  test.concurrent('lists its options with their defaults', async () => {
    const { code, stdout } = await lab(name, '--help')
    expect(code).toBe(0)
    for (const o of cards.find(c => c.name === name)!.options) expect(stdout).toContain(`--${o.name}`)
    expect(stdout.replace(/\s+/g, ' ')).toContain('default: 1')
  })
})

describe('networks of one\'s own', () => {
  test.concurrent('an open function takes every activation, or the one of --let', async () => {
    const [open, given] = await Promise.all([lab('vanishing', 'own.chain', '--json'), lab('vanishing', 'own.chain', '--let', 'g=relu', '--json')])
    expect([open.code, given.code]).toEqual([0, 0])
    expect(open.stdout).toContain('"activation": "sigmoid"')
    expect(given.stdout).not.toContain('"activation": "tanh"')
  })

  test.concurrent('initialisation of it is proved too', async () => {
    const { code, stdout } = await lab('init', 'own.chain', '--let', 'g=tanh', '--steps', '10')
    expect(code).toBe(0)
    expect(stdout).toMatch(/W +exactly 0 +0, proved/)
  })
})

describe('what cannot be', () => {
  test.concurrent('without a name the labs are listed', async () => {
    const { code, stdout, stderr } = await lab()
    expect([code, stdout]).toEqual([2, ''])
    for (const { name } of cards) expect(stderr).toContain(`  ${name} `)
  })

  test.concurrent.each([
    [['vanshing'], 'Did you mean vanishing?'],
    [['init', '--stepps', '3'], 'Did you mean --steps?'],
    [['vanishing', '--activations', 'sigmoyd'], 'There is no activation sigmoyd.'],
    [['vanishing', '--initialisers', 'xaver'], 'There is no initialiser xaver.'],
    [['vanishing', '--depth', '2,x'], 'Expected a positive whole number, not x.'],
    [['init', '--steps', '1000000'], 'steps cannot be 1000000. It is a whole number from 1 to 100000.'],
    [['conv-dense', '--kernel', '9'], 'A filter of side 9 does not fit on an input of side 4, padding included.'],
    [['pooling', '--window', '99'], 'window cannot be 99.'],
    [['init', 'free.chain'], 'free.chain declares no loss, so there is no gradient to look at.'],
    [['init', 'own.chain'], 'Give an operation for it: --let g=tanh.'],
    [['pooling', 'own.chain'], 'too many arguments'],
  ])('lab %j is refused in words', async (args, words) => {
    const { code, stdout, stderr } = await lab(...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(words)
  })
})
