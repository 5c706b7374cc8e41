import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildOnce, folderWith, run } from './run.ts'

const EXERCISE = `# One neuron

## Its gradients

\`\`\`chain
function g
input    x
target   y
param    w, b
n = g(w x + b)
loss E = sum over data: (n - y)^2
\`\`\`

\`\`\`question Q1
also Gradients
marks 4
\`\`\`
`
const RIGHT = '\\frac{\\partial E}{\\partial n} = 2(n - y)'
const WRONG = '\\frac{\\partial E}{\\partial w} = \\frac{\\partial E}{\\partial n}\\frac{\\partial n}{\\partial w} = \\sum_i 2(n - y) g\'(w x + b)'
const page = (...formulas: readonly string[]): string => `# Gradients\n\n${formulas.map((f, k) => `<!-- id: F${k + 1} -->\n$$${f}$$\n`).join('\n')}`

const cwd = folderWith({
  'exercise.md': EXERCISE,
  'right.md': page(RIGHT),
  'wrong.md': page(RIGHT, WRONG),
  'wrong.tex': `\\section{Gradients}\n% id: F1\n\\[${WRONG}\\]\n`,
  'unreadable.md': page('\\frac{\\partial E}{\\partial n} = 2(n - '),
  'nothing.md': 'No formula.\n',
  'binary.md': new Uint8Array([0xff, 0xfe, 0]),
  'broken-exercise.md': '# X\n\n```chain\ninput x\ny = x +\n```\n',
  'course/a.md': page(WRONG), 'course/b.md': page(WRONG.replace('2(n', '2\\,(n')), 'course/c/d.md': page(RIGHT), 'course/copy.md': page(WRONG), 'course/bad.md': new Uint8Array([0xff]), 'course/t.tex': `\\[${RIGHT}\\]`,
})
vi.setConfig({ testTimeout: 60_000 })
beforeAll(buildOnce)
afterAll(() => rmSync(cwd, { recursive: true }))
const check = (...args: string[]): ReturnType<typeof run> => run(['check', ...args, '--exercise', 'exercise.md'], { cwd })
const validator = (name: string) => new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync(fileURLToPath(new URL(`../../../docs/schema/${name}.json`, import.meta.url)), 'utf8')) as object)

describe('one page', () => {
  test.concurrent('the first wrong link, its place, the right line, numbers', async () => {
    const { code, stdout, stderr } = await check('wrong.md')
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toMatch(/^✓ ∂E\/∂n = 2\(n − y\) .*F1, line 4: holds/)
    expect(stdout).toMatch(/✗ ∂E\/∂w = .*\n +\^+\n {2}F2, line 7: link 2 is refuted\. Link 1 holds\.\n/)
    expect(stdout).toMatch(/\n {2}try it: .*left \S+, right \S+\n/)
    expect(stdout).toMatch(/\n2 formulas: 1 holds, 1 is refuted\.\n$/)
  })

  test.concurrent.each([['right.md', 0], ['wrong.md', 1], ['wrong.tex', 1], ['unreadable.md', 2], ['nothing.md', 0]])('%s: exit code %s', async (name, code) => {
    expect((await check(name)).code).toBe(code)
  })

  test.concurrent('from standard input', async () => {
    const { code, stdout } = await run(['check', '-', '--exercise', 'exercise.md', '--json'], { cwd, input: page(WRONG) })
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toHaveProperty('claims.0.firstWrong', 2)
  })

  test.concurrent('JSON as the schema says', async () => {
    const validate = validator('check')
    for (const args of [['wrong.md'], ['unreadable.md'], ['wrong.md', '--marks'], ['nothing.md'], ['course'], ['course', '--marks']]) {
      const { stdout, stderr } = await check(...args, '--json')
      expect(stderr).toBe('')
      validate(JSON.parse(stdout))
      expect(validate.errors).toBe(null)
    }
  })

  test.concurrent('annotated Markdown can be checked again', async () => {
    const once = await check('wrong.md', '--format', 'markdown')
    expect(once.stdout).toContain('> **✗ F2: link 2 is refuted.**')
    const again = await run(['check', '-', '--exercise', 'exercise.md', '--format', 'markdown'], { cwd, input: once.stdout })
    expect(again.stdout).toBe(once.stdout)
  })

  test.concurrent('annotated TeX, HTML and CSV, by the name of the file', async () => {
    expect((await check('wrong.tex', '-o', 'out.tex')).stdout).toBe('')
    expect(readFileSync(join(cwd, 'out.tex'), 'utf8')).toMatch(/\\\]\n% chainrule: ✗ F1: link 2 is refuted/)
    await check('wrong.md', '-o', 'out.html')
    expect(readFileSync(join(cwd, 'out.html'), 'utf8')).toMatch(/^<!doctype html>[^]*<math [^]*class="verdict wrong"/)
    await check('wrong.md', '-o', 'out.csv')
    expect(readFileSync(join(cwd, 'out.csv'), 'utf8')).toMatch(/^page,line,id,[^]*\r\nwrong\.md,7,F2,Q1,refuted,2,2,/)
  })

  test.concurrent('marks', async () => {
    const { stdout } = await check('wrong.md', '--marks', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ marks: { of: 4, earned: 2.67, questions: [{ id: 'Q1', links: 3 }] } })
    expect((await check('wrong.md', '--marks', '--format', 'csv')).stdout).toBe('page,Q1,total,of,to look at,outside of the questions,problem\r\nwrong.md,2.67,2.67,4,0,0,\r\n')
  })

  test.concurrent('only one question', async () => {
    expect((await check('wrong.md', '--question', 'Q1')).stdout).toContain('2 formulas')
    const { code, stderr } = await check('wrong.md', '--question', 'Q2')
    expect([code, stderr]).toEqual([2, 'error: the exercise has no question Q2. It has: Q1.\n'])
  })

  test.concurrent.each([
    [['nowhere.md'], 'cannot read nowhere.md: there is no such file'],
    [['binary.md'], 'cannot read binary.md: it is not UTF-8 text'],
    [['wrong.md', '--json', '--format', 'html'], '--json and --format html contradict each other'],
  ])('%j: %s', async (args, message) => {
    const { code, stdout, stderr } = await check(...args)
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `error: ${message}\n` })
  })

  test.concurrent('a fault in the exercise has its place', async () => {
    const { code, stderr } = await run(['check', 'wrong.md', '--exercise', 'broken-exercise.md'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^broken-exercise\.md:5:\d+\n {2}y = x \+\n/)
    expect((await run(['check', 'wrong.md'], { cwd })).stderr).toContain("required option '--exercise <file>' not specified")
  })

  test.concurrent('a page that takes too long is stopped, and this is said', async () => {
    const { code, stdout, stderr } = await check('wrong.md', '--timeout', '0.001')
    expect(code).toBe(2)
    expect(stdout + stderr).toContain('stopped after 0.001 s')
  })
})

describe('a course', () => {
  test.concurrent('one bad page does not stop the others; equal wrong lines are one', async () => {
    const { code, stdout } = await check('course', '--json', '--jobs', '2')
    expect(code).toBe(1)
    const course = JSON.parse(stdout) as { pages: { path: string; problem?: object }[]; groups: { count: number; pages: string[] }[]; slips: object[]; counts: { refuted: number } }
    expect(course.pages.map(p => p.path)).toEqual(['a.md', 'b.md', 'bad.md', 'c/d.md', 'copy.md', 't.tex'].map(p => join('course', p)))
    expect(course.pages.filter(p => p.problem)).toMatchObject([{ problem: { kind: 'unreadable', message: 'cannot be read: it is not UTF-8 text' } }])
    expect(course.groups).toMatchObject([{ count: 3, question: 'Q1' }])
    expect(course.counts.refuted).toBe(3)
  })

  test.concurrent('the summary as text, Markdown and HTML', async () => {
    const { stdout } = await check('course')
    expect(stdout).toMatch(/^6 pages\n5 formulas: 2 hold, 3 are refuted\.\n/)
    expect(stdout).toMatch(/pages +question +wrong line[^\n]*\n +3 +Q1 /)
    expect((await check('course', '--format', 'markdown')).stdout).toContain('### The same wrong line')
    expect((await check('course', '--format', 'html')).stdout).toMatch(/^<!doctype html>/)
  })

  test.concurrent('into a folder: an annotated file for each page', async () => {
    const { code, stdout } = await check('course', 'wrong.md', '-o', 'annotated', '--format', 'markdown')
    expect(code).toBe(1)
    expect(stdout).toContain('7 pages')
    expect(readFileSync(join(cwd, 'annotated/c/d.md'), 'utf8')).toContain('> **✓ F1: holds')
    expect(readFileSync(join(cwd, 'annotated/t.tex'), 'utf8')).toContain('% chainrule: ✓')
    expect(existsSync(join(cwd, 'annotated/bad.md'))).toBe(false)
    expect((await check('course', '-o', 'annotated', '--format', 'csv')).stderr).toContain('--format csv makes one table')
  })

  test.concurrent('never over the pages themselves', async () => {
    const { code, stderr } = await check('course', '-o', 'course', '--format', 'markdown')
    expect(code).toBe(2)
    expect(stderr).toContain(`${join('course', 'a.md')} is a page to be checked`)
    expect(readFileSync(join(cwd, 'course/a.md'), 'utf8')).toBe(page(WRONG))
  })

  test.skipIf(process.platform === 'win32')('Ctrl-C ends it cleanly', async () => {
    for (let k = 0; k < 200; k++) writeFileSync(join(cwd, `many-${k}.md`), page(...Array.from({ length: 20 }, (_, j) => `${RIGHT} + ${k * 20 + j} - ${k * 20 + j}`)))
    const entry = fileURLToPath(new URL('../dist/chainrule.js', import.meta.url))
    const child = spawn(process.execPath, [entry, 'check', ...Array.from({ length: 200 }, (_, k) => `many-${k}.md`), '--exercise', 'exercise.md', '-o', 'many.json'], { cwd })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text })
    setTimeout(() => child.kill('SIGINT'), 1500)
    const code = await new Promise(resolve => child.on('close', resolve))
    expect(code).toBe(130)
    expect(stderr).toMatch(/^stopped: \d+ of 200 pages were judged, nothing was written\n$/)
    expect(existsSync(join(cwd, 'many.json'))).toBe(false)
  })
})

describe('equal', () => {
  const equal = (...args: string[]): ReturnType<typeof run> => run(['equal', ...args], { cwd })

  test.concurrent.each<[string, string, number, RegExp]>([
    ['(a-b)^2', 'a^2-2ab+b^2', 0, /^✓ \(a − b\)² = a² − 2ab \+ b² +holds/],
    ['(a-b)^2', 'a^2-b^2', 1, /^✗ .*\n +\^+\n {2}refuted: the two sides are not equal\.\n[^]*try it: .*left/],
  ])('%s and %s', async (a, b, code, shown) => {
    const { stdout, ...rest } = await equal(a, b)
    expect(rest).toEqual({ code, stderr: '' })
    expect(stdout).toMatch(shown)
  })

  test.concurrent('a formula that cannot be read has its place', async () => {
    const { code, stdout, stderr } = await equal('(a-b', 'a')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/:1:1\n {2}\(a-b\n {2}\^\n/)
  })

  test.concurrent('in a network, with functions; JSON as the schema says', async () => {
    writeFileSync(join(cwd, 'net.chain'), 'function g\ninput x\nparam w\nz = w x\na = g(z)\n')
    const validate = validator('equal')
    for (const [right, wanted, ...more] of [["g'(z) x", 0], ['a(1-a) x', 0, '--let', 'g=sigmoid'], ["g'(z)", 1]] as const) {
      const { code, stdout, stderr } = await equal('\\frac{\\partial a}{\\partial w}', right, '--network', 'net.chain', '--json', ...more)
      expect([code, stderr]).toEqual([wanted, ''])
      validate(JSON.parse(stdout))
      expect(validate.errors).toBe(null)
    }
  })
})
