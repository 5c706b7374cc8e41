/** What the suites of runtimes share, in Node and in a browser: samples of all operations, random networks, and what each has to give. */
import { lower, operations, readNetwork } from '@chainrule/core'
import { randomNetwork, textOf } from '../../../core/src/calculus/random-network.ts'
import { type Case, caseOf, mismatchOf } from '../../../core/src/lower/reference.test-helper.ts'
import type { Runtime } from './session.ts'

export const tolerance = { float32: 3e-4, float64: 1e-9 } as const

export interface Sample { readonly name: string; readonly source: string; readonly seed: number }

const scalars: readonly Sample[] = operations.flatMap(o => {
  if (o.kind !== 'scalar') return []
  const letters = o.arguments.map((_, k) => `u_${k + 1}`)
  const inside = o.domain.map(([low, high]) => `${(low + high) / 2} + ${(high - low) / 2}*tanh`)
  return [{ name: o.name, seed: 3, source: `input ${letters.map(l => `${l}[3]`).join(', ')}\nloss E = mean over data: sum_i ${o.name}(${letters.map((l, k) => `${inside[k]}(${l}[i])`).join(', ')})` }]
})
const tensors: readonly Sample[] = operations.flatMap(o => (o.kind === 'scalar' ? [] : o.samples.map(source => ({ name: o.name, source, seed: 3 }))))
/** Every operation, on its domain or its samples. */
export const operationSamples: readonly Sample[] = [...scalars, ...tensors]

/** Random networks, by their seeds. */
export const networks = (first: number, n: number): readonly Sample[] => Array.from({ length: n }, (_, k) => ({ name: `seed ${first + k}`, source: textOf(randomNetwork(first + k)), seed: first + k }))

interface Prepared { readonly c: Case; readonly program: lower.Program }
const prepared = new Map<string, Prepared>()

/** A sample's program and the truth about it; each is prepared once. */
export function prepare({ source, seed }: Sample): Prepared {
  let made = prepared.get(source)
  if (!made) {
    const network = readNetwork(source, 'sample', /^function g$/m.test(source) ? { functions: { g: 'tanh' } } : {})
    const c = caseOf(network, seed)
    prepared.set(source, made = { c, program: lower.gradientProgram(network, c.sizes, network.nodes.filter(n => !n.definition && n.kind !== 'target').map(n => n.name)) })
  }
  return made
}

/** What a runtime gets wrong on a sample; undefined when nothing is. */
export async function check(runtime: Runtime, sample: Sample, choose?: (s: lower.Site) => string): Promise<string | undefined> {
  const { c, program } = prepare(sample)
  const session = await runtime.open(program, choose ? { choose } : {})
  const made = await session.run(c.inputs)
  await session.close()
  return mismatchOf(made as Readonly<Record<string, Float32Array>>, c.truth, tolerance[runtime.precision])
}

/** What a runtime gets wrong on any of the samples, with the text of each. */
export async function wrongOf(runtime: Runtime, samples: readonly Sample[]): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const s of samples) { const found = await check(runtime, s); if (found) wrong.push(`${s.name}: ${found}\n${s.source}`) }
  return wrong
}
