/** Exported code passes its own check: NumPy where Python has it, JavaScript here; PyTorch code compiles, and is run where torch is. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { lower, operations, readNetwork } from '@chainrule/core'
import { randomNetwork, textOf } from '../../../core/src/calculus/random-network.ts'
import { caseOf } from '../../../core/src/lower/reference.test-helper.ts'
import { javascriptFileOf, numpyOf, pytorchOf } from '../index.ts'

const folder = mkdtempSync(join(tmpdir(), 'chainrule-code-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const scalars = operations.flatMap(o => {
  if (o.kind !== 'scalar') return []
  const inside = o.domain.map(([low, high]) => `${(low + high) / 2} + ${(high - low) / 2}*tanh`)
  const letters = o.arguments.map((_, k) => `u_${k + 1}`)
  return [{ seed: 3, source: `input ${letters.map(l => `${l}[3]`).join(', ')}\nloss E = mean over data: sum_i ${o.name}(${letters.map((l, k) => `${inside[k]}(${l}[i])`).join(', ')})` }]
})
const texts: readonly { readonly seed: number; readonly source: string }[] = [
  ...scalars, ...operations.flatMap(o => (o.kind === 'scalar' ? [] : o.samples.map(source => ({ seed: 3, source })))),
  ...Array.from({ length: 40 }, (_, k) => ({ seed: k + 1, source: textOf(randomNetwork(k + 1)) })),
]

const cases = texts.map(({ source, seed }) => {
  const network = readNetwork(source, 'sample', /^function g$/m.test(source) ? { functions: { g: 'tanh' } } : {})
  const c = caseOf(network, seed)
  const program = lower.gradientProgram(network, c.sizes, network.nodes.filter(n => !n.definition && n.kind !== 'target').map(n => n.name))
  return { source, program, values: new Map(Object.entries(c.inputs)) }
})

/** The first Python that has a module. */
const pythonWith = (module: string): string | undefined => ['python3', '/usr/bin/python3'].find(p => spawnSync(p, ['-c', `import ${module}`]).status === 0)
const python = pythonWith('numpy')
const torch = pythonWith('torch')

const files = (extension: string, make: (c: (typeof cases)[number]) => string): string[] => cases.map((c, k) => {
  const file = join(folder, `case_${k}.${extension}`)
  writeFileSync(file, make(c))
  return file
})

/** Runs `check` of every file in one process; what failed. */
function checked(interpreter: string, list: readonly string[]): string {
  const driver = join(folder, 'driver.py')
  writeFileSync(driver, 'import runpy, sys, traceback\nfor f in sys.argv[1:]:\n    try:\n        m = runpy.run_path(f)\n        m["check"]()\n    except Exception as e:\n        print("FAILED", f, repr(e), file=sys.stderr)\n')
  return spawnSync(interpreter, [driver, ...list], { encoding: 'utf8' }).stderr
}

const title = (c: (typeof cases)[number]): string => `A network: ${c.source.split('\n').at(-1)!}`

describe.skipIf(!python)('Python', () => {
  it(`NumPy: ${cases.length} networks pass their own check`, () => {
    const list = files('np.py', c => numpyOf(c.program, { title: title(c), values: c.values }))
    expect(checked(python!, list).replace(/case_(\d+)/g, (_, k: string) => `case_${k}: ${cases[Number(k)]!.source}`)).toBe('')
  }, 60_000)
  it('PyTorch: all compile', () => {
    const list = files('torch.py', c => pytorchOf(c.program, { title: title(c), values: c.values }))
    execFileSync(python!, ['-m', 'py_compile', ...list])
  })
  it.skipIf(!torch)('PyTorch: all pass their own check', () => {
    expect(checked(torch!, files('torch.py', c => pytorchOf(c.program, { title: title(c), values: c.values }))).replace(/case_(\d+)/g, (_, k: string) => `case_${k}: ${cases[Number(k)]!.source}`)).toBe('')
  }, 120_000)
})

it(`JavaScript: ${cases.length} networks pass their own check`, async () => {
  for (const file of files('mjs', c => javascriptFileOf(c.program, { title: title(c), values: c.values }))) {
    const { check } = await import(/* @vite-ignore */ pathToFileURL(file).href) as { check: () => number }
    expect(check(), file).toBeLessThan(1e-6)
  }
})

it('draws points where none are given', async () => {
  const network = readNetwork('input x[3]\ntarget t[2] one-hot\nloss E = mean over data: cross_entropy_logits(dense(x, 2), t)')
  const program = lower.gradientProgram(network, { samples: 4 })
  const file = join(folder, 'drawn.mjs')
  writeFileSync(file, javascriptFileOf(program, { title: 'drawn', oneHot: ['t'] }))
  expect(execFileSync(process.execPath, [file], { encoding: 'utf8' })).toMatch(/^2 gradients agree with central differences/)
  if (!python) return
  const other = join(folder, 'drawn.py')
  writeFileSync(other, numpyOf(program, { title: 'drawn', oneHot: ['t'] }))
  expect(execFileSync(python, [other], { encoding: 'utf8' })).toMatch(/2 gradients agree with central differences/)
})
