/** Every operation lowers: forward values and gradients of the program are those of the evaluator. */
import { describe, expect, it } from 'vitest'
import { randomNetwork, textOf } from '../calculus/random-network.ts'
import { forgetSince, internMark } from '../expression/index.ts'
import { readNetwork } from '../network/index.ts'
import { operations, type ScalarOperation } from '../operations/index.ts'
import { gradientProgram } from './index.ts'
import { compile } from './javascript.ts'
import { caseOf, mismatchOf } from './reference.test-helper.ts'

function check(source: string, seed = 3, functions?: Readonly<Record<string, string>>): string | undefined {
  const network = readNetwork(source, 'sample', functions ? { functions } : {})
  const c = caseOf(network, seed)
  const by = network.nodes.filter(n => !n.definition && n.kind !== 'target').map(n => n.name)
  return mismatchOf(compile(gradientProgram(network, c.sizes, by))(c.inputs), c.truth)
}

const samples = operations.flatMap(o => (o.kind === 'scalar' ? [] : o.samples.map(s => [o.name, s] as const)))
describe('operations', () => {
  it.each(samples)('%s: %s', (_, source) => expect(check(source)).toBeUndefined())
  it.each(operations.filter((o): o is ScalarOperation => o.kind === 'scalar').map(o => [o.name, o] as const))('%s', (name, o) => {
    const letters = o.arguments.map((_, k) => `u_${k + 1}`)
    const shift = o.domain.map(([low, high]) => `${(low + high) / 2} + ${(high - low) / 2}*tanh`)
    expect(check(`input ${letters.map(l => `${l}[3]`).join(', ')}\nloss E = mean over data: sum_i ${name}(${letters.map((l, k) => `${shift[k]}(${l}[i])`).join(', ')})`)).toBeUndefined()
  })
})

/** The suite of the runtimes sees all of them; here a part is enough to say that a fault lies in the program and not in its plan. */
const count = Math.ceil(Number(process.env.CHAINRULE_NETWORKS ?? 500) / 20)
const first = Number(process.env.CHAINRULE_SEED ?? 1)
describe('random networks', () => {
  it(`${count} from seed ${first} have the evaluator's gradients`, () => {
    const wrong: string[] = []
    for (let seed = first; seed < first + count; seed++) {
      const mark = internMark()
      const text = textOf(randomNetwork(seed))
      const found = check(text, seed, /^function g$/m.test(text) ? { g: 'tanh' } : undefined)
      if (found) wrong.push(`seed ${seed}: ${found}\n${text}`)
      forgetSince(mark)
    }
    expect(wrong).toEqual([])
  }, 120_000)
})
