/** Every initialiser has the moments it names; roles come from the equations. */
import { readNetwork } from '@chainrule/core'
import { describe, expect, it } from 'vitest'
import { stream } from '../random/index.ts'
import { choose } from '../settings.ts'
import { initialise, initialisers, type Role, roleOf } from './index.ts'

const fans = { fanIn: 60, fanOut: 20 }
/** Mean and standard deviation that each is meant to have. */
const moments: Record<string, readonly [string, number, number]> = {
  zeros: ['zeros', 0, 0], ones: ['ones', 1, 0], constant: ['constant(value=0.3)', 0.3, 0], normal: ['normal(std=2, mean=1)', 1, 2],
  uniform: ['uniform(from=1, to=2)', 1.5, Math.sqrt(1 / 12)], xavier: ['xavier', 0, Math.sqrt(2 / 80)], 'xavier-normal': ['xavier-normal(gain=2)', 0, 2 * Math.sqrt(2 / 80)],
  he: ['he', 0, Math.sqrt(2 / 60)], 'he-uniform': ['he-uniform', 0, Math.sqrt(2 / 60)], lecun: ['lecun', 0, Math.sqrt(1 / 60)], orthogonal: ['orthogonal', 0, Math.sqrt(1 / 60)],
}

describe.each(initialisers.map(i => [i.name, i] as const))('%s', name => {
  it('has its mean and spread', () => {
    const [text, mean, deviation] = moments[name]!
    const { record, settings } = choose('initialiser', initialisers, text)
    const x = record.fill([60, 20], fans, settings, stream(1, name))
    expect(x.length).toBe(1200)
    const m = x.reduce((a, b) => a + b) / x.length
    expect(Math.abs(m - mean)).toBeLessThan(0.1 * deviation + 1e-12)
    expect(Math.abs(Math.sqrt(x.reduce((a, b) => a + (b - m) ** 2, 0) / x.length) - deviation)).toBeLessThan(0.06 * deviation + 1e-12)
  })
})

it.each([[[5, 3]], [[3, 5]], [[4, 4]], [[3, 2, 2, 1]], [[1]]])('makes rows or columns of %j orthogonal', shape => {
  const x = initialisers.find(i => i.name === 'orthogonal')!.fill(shape, fans, { gain: 2 }, stream(2))
  const rows = shape[0]!
  const columns = x.length / rows
  const at = (k: number, j: number): number => (rows <= columns ? x[k * columns + j]! : x[j * columns + k]!)
  for (let a = 0; a < Math.min(rows, columns); a++) for (let b = 0; b <= a; b++) {
    const dot = Array.from({ length: Math.max(rows, columns) }, (_, j) => at(a, j) * at(b, j)).reduce((p, q) => p + q)
    expect(dot).toBeCloseTo(a === b ? 4 : 0, 12)
  }
})

const weight = (fanIn: number, fanOut: number): Role => ({ kind: 'weight', fanIn, fanOut })
const roles: readonly [string, Readonly<Record<string, Role>>][] = [
  ['input x[7]\nparam W[5, 7], b[5]\nz = W x + b', { W: weight(7, 5), b: { kind: 'bias' } }],
  ['input x[7]\nparam W[7, 5], b[5]\nz[j] = sum_i W[i, j] x[i] + b[j]', { W: weight(7, 5), b: { kind: 'bias' } }],
  ['input x[2, 6, 6]\nc = conv(x, 8, 3, padding=1, stride=2)\nn = batchnorm(c)\nd = dense(n, 4)', { 'c.W': weight(18, 72), 'c.b': { kind: 'bias' }, 'n.gamma': { kind: 'scale' }, 'n.beta': { kind: 'bias' }, 'd.W': weight(72, 4), 'd.b': { kind: 'bias' } }],
  ['input ids[3, 50] one-hot\ny = embedding(ids, vocabulary=50, width=4)', { 'y.W': weight(1, 4) }],
  ['input n_1, n_2\nparam w_{1,3}, w_{2,3}, b_3\nn_3 = tanh(w_{1,3} n_1 + w_{2,3} n_2 + b_3)', { 'w_{1,3}': weight(2, 1), 'w_{2,3}': weight(2, 1), b_3: { kind: 'bias' } }],
  ['input x[3], h_0[2]\nh = gru_cell(x, h_0, units=2)', { 'h.W_z': weight(3, 2), 'h.U_z': weight(2, 2), 'h.b_z': { kind: 'bias' } }],
  ['dim h = 4, n = 9\ninput x[n]\nparam W[h, n]\nz = W x', { W: weight(9, 4) }],
]
it.each(roles)('reads roles off %j', (source, wanted) => {
  const network = readNetwork(source)
  for (const [name, role] of Object.entries(wanted)) expect([name, roleOf(network, network.byName.get(name)!)]).toEqual([name, role])
})

describe('initialise', () => {
  const parameters = [{ name: 'W^(1)', shape: [4, 3], role: weight(3, 4) }, { name: 'b^(1)', shape: [4], role: { kind: 'bias' } as Role }, { name: 'gamma', shape: [4], role: { kind: 'scale' } as Role }]
  it('has a stream for each parameter, and defaults by role', () => {
    const all = initialise(parameters, 7)
    expect([...all.get('b^(1)')!.data, ...all.get('gamma')!.data]).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
    expect(initialise(parameters.slice(0, 1), 7).get('W^(1)')).toEqual(all.get('W^(1)'))
    expect(initialise(parameters, 8).get('W^(1)')).not.toEqual(all.get('W^(1)'))
  })
  it('takes the last choice that fits, by name or role', () => {
    const all = initialise(parameters, 7, [{ parameters: 'weight', initialiser: 'constant(2)' }, { parameters: '*', initialiser: 'ones' }, { parameters: 'b^*', initialiser: 'zeros' }])
    expect([...all.values()].map(d => d.data[0])).toEqual([1, 0, 1])
  })
  it('names what is unknown', () => {
    expect(() => initialise(parameters, 7, [{ parameters: 'W^(2)', initialiser: 'he' }])).toThrow('No parameter is named W^(2). The parameters are W^(1), b^(1), gamma.')
    expect(() => initialise(parameters, 7, [{ parameters: '*', initialiser: 'xavir' }])).toThrow('There is no initialiser xavir.')
    expect(() => initialise(parameters, 7, [{ parameters: '*', initialiser: 'xavir' }])).toThrow('Did you mean xavier?')
    expect(() => initialise(parameters, 7, [{ parameters: '*', initialiser: 'normal(sd=1)' }])).toThrow('normal: sd=1 cannot be read. It is written normal(std=0.01, mean=0).')
    expect(() => initialise(parameters, 7, [{ parameters: '*', initialiser: 'constant' }])).toThrow('constant needs value. It is written constant(value=...).')
  })
})
