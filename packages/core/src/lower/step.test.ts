/** Steps of every optimiser: the program does what the optimiser's own equations say of the reference's gradients. */
import { expect, it } from 'vitest'
import { readNetwork } from '../network/index.ts'
import { optimisers } from '../optimise/index.ts'
import { toNumber } from '../shape/index.ts'
import { compile, gradientName, gradientProgram, stepProgram } from './index.ts'
import { caseOf } from './reference.test-helper.ts'

const network = readNetwork('input x[3]\ntarget t[2]\nparam W[4, 3], V[2, 4], b[4]\ny = V tanh(W x + b)\nloss E = mean over data: squared_error(y, t)')
const c = caseOf(network, 5)
const zeros = (n: number): Float64Array => new Float64Array(n)

it('sgd goes down the gradient, less where decay and clipping say so', () => {
  const gradients = compile(gradientProgram(network, c.sizes))(c.inputs)
  const all = ['W', 'V', 'b']
  const norm = Math.sqrt(all.flatMap(p => [...gradients[gradientName(p)]!]).reduce((s, g) => s + g * g, 0))
  const { program, scalars } = stepProgram(network, c.sizes, { optimiser: optimisers[0]!, clip: 'norm', norms: true, decay: p => (p === 'b' ? 0 : 0.1) })
  const numbers = compile(scalars)({ rate: Float64Array.of(0.5), clip: Float64Array.of(norm / 2), step: Float64Array.of(1) })
  const made = compile(program)({ ...c.inputs, ...numbers })
  for (const p of all) {
    const w = c.inputs[p]!
    made[p]!.forEach((x, k) => expect(x).toBeCloseTo(w[k]! - 0.5 * (gradients[gradientName(p)]![k]! / 2 + (p === 'b' ? 0 : 0.1 * w[k]!)), 12))
  }
  expect(made['gradient norm of W']![0]).toBeCloseTo(Math.hypot(...gradients[gradientName('W')]!), 12)
})

it.each(optimisers.map(o => [o.name, o] as const))('%s lowers the loss', (_, optimiser) => {
  const { program, scalars } = stepProgram(network, c.sizes, { optimiser })
  const [run, numbers] = [compile(program), compile(scalars)]
  const hyper = Object.fromEntries(optimiser.hyperparameters.map(h => [h.name, Float64Array.of(toNumber(h.default))]))
  let held: Record<string, Float64Array> = Object.fromEntries(network.nodes.filter(n => n.kind === 'param').flatMap(n => [
    [n.name, c.inputs[n.name]!], ...optimiser.state.map(s => [`${n.name}#${s.name}`, zeros(c.inputs[n.name]!.length)]),
  ]))
  const losses: number[] = []
  for (let step = 1; step <= 60; step++) {
    const { E, ...next } = run({ ...c.inputs, ...held, ...numbers({ rate: Float64Array.of(0.01), step: Float64Array.of(step), ...hyper }) })
    losses.push(E![0]!)
    held = next
  }
  expect(losses.at(-1)).toBeLessThan(0.9 * losses[0]!)
})
