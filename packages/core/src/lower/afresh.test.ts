import { expect, it } from 'vitest'
import { randomNetwork, textOf } from '../calculus/random-network.ts'
import { freshIndex } from '../expression/index.ts'
import { readNetwork } from '../network/index.ts'
import { operations } from '../operations/index.ts'
import { findOptimiser } from '../optimise/index.ts'
import { size } from '../shape/index.ts'
import { gradientProgram, lossOf, parametersOf, stepProgram } from './index.ts'
import { caseOf } from './reference.test-helper.ts'

const texts = [
  'dim h = 32\ninput x[2]\ntarget t[2] one-hot\na = relu(batchnorm(dense(x, h)))\ns = dense(a, 2, bias=true)\nloss E = mean over data: cross_entropy_logits(s, t)',
  ...operations.flatMap(o => (o.kind === 'scalar' ? [] : o.samples.slice(0, 1))).filter((_, k) => k % 4 === 0), ...Array.from({ length: 12 }, (_, k) => textOf(randomNetwork(k + 1))),
]

it('equal requests give equal programs, whatever was built before and between', () => {
  const differ: string[] = []
  for (const text of texts) {
    const options = /^function g$/m.test(text) ? { functions: { g: 'tanh' } } : {}
    const made = [0, 3].map(k => {
      for (let j = 0; j < k; j++) freshIndex('', size(3))
      const network = readNetwork(text, 'sample', options)
      const { sizes } = caseOf(network, 3)
      const step = network.loss !== undefined && lossOf(network).tensor.axes.length === 0 && parametersOf(network).length > 0
      return JSON.stringify([gradientProgram(network, sizes), step ? stepProgram(network, sizes, { optimiser: findOptimiser('adam'), norms: true, clip: 'norm' }) : null])
    })
    if (new Set(made).size > 1) differ.push(text)
  }
  expect(differ).toEqual([])
}, 30_000)
