import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildOnce, folderWith, run, shellCommand } from './run.ts'

const NEURON = 'input x_0 = 1.0\nparam w_0 = 0.3, b_0 = 0.1\ny = relu(x_0 w_0 + b_0)\n'
const SOFTMAX = 'dim n = 3\ninput z[n]\ns = softmax(z)\n'
const SHEET = `# Sheet\n\n\`\`\`chain neuron\n${NEURON}\`\`\`\n\ntext\n\n\`\`\`chain {#soft}\n${SOFTMAX}\`\`\`\n`

const cwd = folderWith({
  'neuron.chain': NEURON,
  'softmax.chain': SOFTMAX,
  'sheet.md': SHEET,
  'one.md': `\`\`\`chain\n${NEURON}\`\`\`\n`,
  'none.md': '# nothing\n',
  'wrong.md': `# Sheet\n\n\`\`\`chain bad\n${NEURON}z = y + q\n\`\`\`\n`,
  'wrong.chain': 'input x\ny = x +\n',
  'binary.chain': new Uint8Array([0x69, 0xff, 0xfe, 0x00]),
  'point.json': '{"w_0": "0.5"}',
  'broken.json': '{"w_0": 0.5',
})
vi.setConfig({ testTimeout: 30_000 })
beforeAll(buildOnce)
afterAll(() => rmSync(cwd, { recursive: true }))
const chainrule = (...args: string[]): ReturnType<typeof run> => run(args, { cwd })

describe('help and version', () => {
  test.concurrent('without arguments the help is the answer', async () => {
    const { code, stdout, stderr } = await chainrule()
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('Exit codes:')
  })

  test.concurrent.each(['derive', 'values', 'summary', 'gradcheck', 'check', 'equal', 'train', 'evaluate', 'predict', 'search', 'export', 'show', 'operations', 'lab', 'complete'])('%s --help has an example', async command => {
    const { code, stdout, stderr } = await chainrule(command, '--help')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(new RegExp(`Example:\n[\\s\\S]*\\$ .*chainrule ${command}`))
  })

  test.concurrent('a wrong command names the nearest', async () => {
    const { code, stdout, stderr } = await chainrule('deriv', 'x')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('(Did you mean derive?)')
  })

  test.concurrent('a wrong option names the nearest', async () => {
    const { code, stdout, stderr } = await chainrule('derive', 'softmax.chain', '--vieww', 'matrix')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('(Did you mean --view?)')
  })

  test.concurrent('what a shell makes of w_{2,5} without quotes is explained', async () => {
    const { code, stderr } = await chainrule('derive', 'neuron.chain', '--wrt', 'w_2', 'w_5')
    expect(code).toBe(2)
    expect(stderr).toContain("put it in quotes: --wrt 'w_{2,5}'")
  })

  test.concurrent('a wrong choice lists the choices', async () => {
    const { code, stderr } = await chainrule('derive', 'softmax.chain', '--view', 'matrx')
    expect(code).toBe(2)
    expect(stderr).toContain('paths, index, matrix, components, values')
  })
})

describe('where a network is read from', () => {
  test.concurrent('a file, standard input and a Markdown block say the same', async () => {
    const [file, block, only] = await Promise.all([chainrule('values', 'neuron.chain', '--json'), chainrule('values', 'sheet.md#neuron', '--json'), chainrule('values', 'one.md', '--json')])
    const stdin = await run(['values', '-', '--json'], { cwd, input: NEURON })
    expect(file.code).toBe(0)
    expect(JSON.parse(file.stdout)).toHaveProperty('nodes.y.value', 0.4)
    for (const other of [block, only, stdin]) expect(other).toEqual(file)
  })

  test.concurrent('of several blocks one has to be named', async () => {
    const { code, stdout, stderr } = await chainrule('show', 'sheet.md')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toBe('error: sheet.md has 2 chain blocks: neuron, soft. Say which, as in sheet.md#neuron\n')
  })

  test.concurrent.each([
    ['nowhere.chain', 'cannot read nowhere.chain: there is no such file'],
    ['.', 'cannot read .: it is a folder'],
    ['binary.chain', 'cannot read binary.chain: it is not UTF-8 text'],
    ['none.md', 'none.md has no ```chain block'],
    ['sheet.md#no', 'sheet.md has no chain block named no. It has: neuron, soft'],
    ['nowhere.md#no', 'cannot read nowhere.md: there is no such file'],
  ])('%s: %s', async (net, message) => {
    const { code, stdout, stderr } = await chainrule('derive', net)
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `error: ${message}\n` })
  })

  test.concurrent('an error in a network has its place', async () => {
    const { code, stdout, stderr } = await chainrule('derive', 'wrong.chain')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^wrong\.chain:2:\d+\n {2}y = x \+\n {2} *\^+\n/)
    expect(stderr).not.toContain('    at ')
  })

  test.concurrent('an error in a Markdown block has the line of the file', async () => {
    const { code, stderr } = await chainrule('derive', 'wrong.md#bad')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^wrong\.md:7:9\n {2}z = y \+ q\n {10}\^\n/)
  })
})

describe('points', () => {
  test.concurrent('from a file, from standard input, in the call', async () => {
    const file = await chainrule('values', 'neuron.chain', '--at', 'point.json', '--json')
    expect(JSON.parse(file.stdout)).toHaveProperty('nodes.y.exact', '0.6')
    expect(await run(['values', 'neuron.chain', '--at', '-', '--json'], { cwd, input: '{"w_0": "0.5"}' })).toEqual(file)
    expect(await chainrule('values', 'neuron.chain', '--at', '{"w_0": "0.5"}', '--json')).toEqual(file)
  })

  test.concurrent.each([['broken.json', 'broken.json is not JSON'], ['{"w"}', '--at is not JSON'], ['missing.json', 'cannot read missing.json']])('%s: %s', async (at, message) => {
    const { code, stdout, stderr } = await chainrule('values', 'neuron.chain', '--at', at)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })
})

describe('what comes out', () => {
  test.concurrent('every format of a derivation', async () => {
    const ask = async (format: string): Promise<string> => {
      const { code, stdout, stderr } = await chainrule('derive', 'softmax.chain', '--of', 's[i]', '--wrt', 'z[j]', '--format', format)
      expect([code, stderr]).toEqual([0, ''])
      return stdout
    }
    expect(await ask('text')).toContain('∂s_i/∂z_j')
    expect(await ask('latex')).toContain('\\begin{align*}')
    expect(await ask('markdown')).toContain('\\begin{aligned}')
    const html = await ask('html')
    expect(html).toMatch(/^<!doctype html>/)
    expect(html).toContain('<math ')
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/)
    expect(JSON.parse(await ask('json'))).toHaveProperty('result.index.latex')
  })

  test.concurrent('the graph as DOT and as SVG', async () => {
    const dot = await chainrule('values', 'neuron.chain', '--format', 'dot')
    expect(dot.stdout).toMatch(/^digraph network \{/)
    const svg = await chainrule('values', 'neuron.chain', '--format', 'svg')
    expect([svg.code, svg.stderr]).toEqual([0, ''])
    expect(svg.stdout).toContain('</svg>')
  })

  test.concurrent('no colour marks without a terminal, whatever FORCE_COLOR says', async () => {
    for (const env of [{ NO_COLOR: '1' }, { FORCE_COLOR: '1' }] as Record<string, string>[]) {
      expect((await run(['values', 'neuron.chain'], { cwd, env })).stdout).not.toContain('\u001b[')
    }
  })

  test.concurrent('a file instead of standard output, its format by its name', async () => {
    const { code, stdout, stderr } = await chainrule('values', 'neuron.chain', '-o', 'out.json')
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8'))).toHaveProperty('nodes')
    const failed = await chainrule('values', 'neuron.chain', '-o', 'none/out.json')
    expect(failed.code).toBe(2)
    expect(failed.stderr).toContain('cannot write none/out.json: there is no such file')
    expect(existsSync(join(cwd, 'none'))).toBe(false)
  })

  test.concurrent('show prints the network in canonical form, and that again', async () => {
    const first = await run(['show', '-'], { input: 'input x\nparam w\nz⁽¹⁾ = w·x\n' })
    expect(first.code).toBe(0)
    expect(first.stdout).toContain('z^(1) = ')
    expect(await run(['show', '-'], { input: first.stdout })).toEqual(first)
  })

  test.concurrent('operations: the list, one, and the nearest', async () => {
    expect((await chainrule('operations')).stdout).toContain('softmax')
    expect(JSON.parse((await chainrule('operations', 'sigmoid', '--json')).stdout)).toHaveProperty('name', 'sigmoid')
    const wrong = await chainrule('operations', 'sofmax')
    expect([wrong.code, wrong.stdout]).toEqual([2, ''])
    expect(wrong.stderr).toContain('Did you mean softmax?')
  })

  test.concurrent('a reader that has seen enough ends the run quietly', async () => {
    if (process.platform === 'win32') return
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', `${shellCommand} operations --json | head -n 1`])
    expect([stdout, stderr]).toEqual(['{\n', ''])
  })
})

describe('exit codes of checks', () => {
  test.concurrent('gradients that pass: 0, and a kink is no failure', async () => {
    expect((await chainrule('gradcheck', 'neuron.chain')).code).toBe(0)
    const kink = await chainrule('gradcheck', 'neuron.chain', '--at', '{"w_0": "-0.1"}', '--json')
    expect(kink.code).toBe(0)
    expect(kink.stdout).toContain('"verdict": "kink"')
  })
})

describe('completion', () => {
  test.concurrent.each(['bash', 'zsh', 'fish', 'powershell'])('a script for %s', async shell => {
    const { code, stdout, stderr } = await chainrule('complete', shell)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('chainrule')
  })

  test.concurrent('commands, networks and choices are offered', async () => {
    expect((await chainrule('complete', '--', 'de')).stdout).toMatch(/^derive\t/)
    expect((await chainrule('complete', '--', 'derive', '')).stdout).toContain('neuron.chain')
    expect((await chainrule('complete', '--', 'derive', 'neuron.chain', '--view', '')).stdout).toContain('matrix')
    expect((await chainrule('complete', '--', 'check', '')).stdout).toContain('sheet.md')
    expect((await chainrule('complete', '--', 'check', 'one.md', '--exercise', '')).stdout).toContain('sheet.md')
    expect((await chainrule('complete', '--', 'equal', 'a', 'b', '--network', '')).stdout).toContain('neuron.chain')
  })
})
