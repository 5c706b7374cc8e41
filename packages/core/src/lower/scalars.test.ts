/** Programs written out entry by entry give what the loops give. */
import { expect, it } from 'vitest'
import { randomNetwork, textOf } from '../calculus/random-network.ts'
import { readNetwork } from '../network/index.ts'
import { operations } from '../operations/index.ts'
import { gradientProgram, writtenOut } from './index.ts'
import { caseOf, mismatchOf } from './reference.test-helper.ts'

function check(source: string, seed: number): string | undefined {
  const network = readNetwork(source, 'sample', /^function g$/m.test(source) ? { functions: { g: 'tanh' } } : {})
  const c = caseOf(network, seed)
  const program = gradientProgram(network, c.sizes, network.nodes.filter(n => !n.definition && n.kind !== 'target').map(n => n.name))
  const run = writtenOut(program)
  if (!run) return undefined
  const made = Object.fromEntries(program.outputs.map(o => [o.name, new Float64Array(o.shape.reduce((a, b) => a * b, 1))]))
  run(c.inputs, made)
  return mismatchOf(made, c.truth)
}

it('samples of operations', () => {
  for (const o of operations) for (const source of o.kind === 'scalar' ? [] : o.samples) expect(check(source, 3), `${o.name}: ${source}`).toBeUndefined()
}, 60_000)
it('random networks', () => {
  for (let seed = 1; seed <= 60; seed++) expect(check(textOf(randomNetwork(seed)), seed), `seed ${seed}`).toBeUndefined()
}, 60_000)
