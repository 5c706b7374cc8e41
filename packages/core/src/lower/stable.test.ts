/** Large arguments: losses and gradients stay finite and right where the exponentials of the definitions overflow or vanish. */
import { expect, it } from 'vitest'
import { readNetwork } from '../network/index.ts'
import { compile, gradientProgram, type NodeKind } from './index.ts'

const values = (text: string, inputs: Readonly<Record<string, readonly number[]>>, samples = 1) => {
  const program = gradientProgram(readNetwork(text), { samples }, Object.keys(inputs).filter(n => n !== 't'))
  const made = compile(program)(Object.fromEntries(Object.entries(inputs).map(([k, v]) => [k, Float64Array.from(v)])))
  return { program, loss: made.E![0]!, gradient: [...made['gradient of z']!], kinds: program.nodes.map((n): NodeKind => n.kind) }
}

const far = [1000, -1000, 0]
const hot = [0, 1, 0]
const losses: readonly (readonly [string, string])[] = [
  ['log of softmax by its name', 'y = softmax(z)\nloss E = mean over data: -sum_c t[c] log y[c]'],
  ['log of softmax spelled out', 'y[i] = exp(z[i])/(sum_k exp(z[k]))\nloss E = mean over data: -sum_c t[c] log y[c]'],
  ['cross_entropy', 'loss E = mean over data: cross_entropy(softmax(z), t)'],
  ['log_softmax', 'loss E = mean over data: -sum(t .* log_softmax(z))'],
  ['cross_entropy_logits', 'loss E = mean over data: cross_entropy_logits(z, t)'],
  ['log-sum-exp spelled out', 'loss E = mean over data: log(sum_k exp(z[k])) - sum_k t[k] z[k]'],
]
it.each(losses)('%s', (_, text) => {
  const { loss, gradient } = values(`input z[3]\ntarget t[3] one-hot\n${text}`, { z: far, t: hot })
  expect(loss).toBeCloseTo(2000, 6)
  expect(gradient).toEqual([1, -1, 0])
})

it.each([
  ['of a sigmoid', 'y = sigmoid(z)\nloss E = mean over data: binary_cross_entropy(y, t)'],
  ['of logits', 'loss E = mean over data: binary_cross_entropy_logits(z, t)'],
])('binary cross-entropy %s', (_, text) => {
  const { loss, gradient } = values(`input z[2]\ntarget t[2]\n${text}`, { z: [800, -800], t: [0, 1] })
  expect(loss).toBeCloseTo(1600, 6)
  expect(gradient[0]).toBeCloseTo(1, 12)
  expect(gradient[1]).toBeCloseTo(-1, 12)
})

it('a masked softmax leaves out what the mask hides', () => {
  const { gradient, kinds } = values('input z[2, 2]\na[i, j] = [j <= i] exp(z[i, j])/(sum_p [p <= i] exp(z[i, p]))\nloss E = mean over data: sum_{i, j} a[i, j] z[i, j]', { z: [5, 2000, 900, 901] })
  expect(kinds).toContain('softmax')
  expect(gradient.every(Number.isFinite)).toBe(true)
  expect(gradient[1]).toBe(0)
})

it('softplus and silu of large numbers', () => {
  const { loss, gradient } = values('input z[4]\nloss E = mean over data: sum(softplus(z)) + sum(silu(z))', { z: [900, -900, 40, -40] })
  expect(loss).toBeCloseTo(900 + 40 + 900 + 40, 6)
  gradient.forEach((g, k) => expect(g).toBeCloseTo([2, 0, 2, 0][k]!, 9))
})

const logistic = ['1/(1 + exp(-z[i]))', 'exp(z[i])/(1 + exp(z[i]))', '1/(1 + 1/exp(z[i]))', '1 - 1/(1 + exp(z[i]))', '(1 - exp(-z[i]))/(2 + 2exp(-z[i])) + 1/2']
it.each(logistic)('a sigmoid by hand, %s, is right far out, and so is its gradient', spelled => {
  const z = [800, -800, 100, -100, 1]
  const { loss, gradient } = values(`input z[5]\nloss E = mean over data: sum_i (${spelled})`, { z })
  const sigma = (x: number): number => 1 / (1 + Math.exp(-x))
  expect(loss).toBeCloseTo(2 + sigma(1), 12)
  gradient.forEach((g, k) => expect(g).toBeCloseTo(Number.isFinite(Math.exp(Math.abs(z[k]!))) ? sigma(z[k]!) * sigma(-z[k]!) : 0, 12))
})

it.each([['silu', 'z[i]/(1 + exp(-z[i]))'], ['softplus', 'log(1 + exp(z[i]))'], ['tanh', '2/(1 + exp(-2 z[i])) - 1']])('%s spelled out as %s has its gradient', (name, spelled) => {
  const z = [800, -800, 30, -30, 0.5]
  const by = (text: string): readonly number[] => values(`input z[5]\nloss E = mean over data: sum_i (${text})`, { z }).gradient
  by(spelled).forEach((g, k) => expect(g).toBeCloseTo(by(`${name}(z[i])`)[k]!, 12))
})
