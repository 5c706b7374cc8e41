/** What stands beside the sum over the data, and outputs of one sample that others influence. */
import { describe, expect, it } from 'vitest'
import { derivativeHook, evaluate, evaluateNodes, floats, makePoint, randomPoint } from '../evaluate/index.ts'
import { readNetwork } from '../network/index.ts'
import { evaluateGradients } from '../views/numeric-gradients.ts'
import { byDuals, mismatch } from './against-duals.ts'
import { deriveAll, replay } from './index.ts'

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  // the decay of a weight that is itself made of others: its path must not be lost
  ['a regulariser that reaches the variable through a node', 'input x[3]\nparam U[2, 4], V[4, 3]\nW = U V\nloss E = 1/2 ||W||^2 + mean over data: sum(tanh(W x))', ['U', 'V', 'W']],
  ['a regulariser through two nodes', 'input x[3]\nparam w[3], c\nu = tanh(w)\nv = u .* u\nloss E = c sum(v) + sum over data: sin(w . x)', ['w', 'u', 'c']],
  ['a regulariser that reads the variable itself', 'input x[3]\nparam w[3]\nloss E = 1/2 ||w||^2 + mean over data: sin(w . x)', ['w']],
  // normalised over the data, so that every sample reaches every loss
  ['a loss of each sample behind batch-norm', 'input x[3]\nparam W[2, 3]\nz = W x\ny = batchnorm(z, eps=1/10)\nloss E = sum(sin(y))', ['W', 'z', 'y', 'x']],
]

describe.each(cases)('%s', (_, text, variables) => {
  const network = readNetwork(text)
  const of = network.byName.get('E')!
  const { sizes, values, functions } = randomPoint(network.nodes, network.dims, { seed: 5 }).floats
  const { byKey } = evaluateGradients(network, of, makePoint<number>({ sizes, values, functions }), floats)

  it.each(variables)('dE/d%s', name => {
    const by = network.byName.get(name)!
    const derived = byKey.get(by.tensor.key)!
    const point = makePoint<number>({ sizes, values, functions })
    expect(mismatch(derived, byDuals(network.nodes, of, by, point, derived))).toBeUndefined()
    const d = deriveAll(network, network.nodes, of, by)
    expect(replay(d)).toBe(d.result)
    const at = evaluateNodes(d.nodes, makePoint<number>({ sizes, values, functions, derivative: derivativeHook(d.nodes) }), floats)
    const line = evaluate(d.result, at, floats, d.free)
    expect(mismatch(line, byDuals(network.nodes, of, by, point, line))).toBeUndefined()
  })
})
