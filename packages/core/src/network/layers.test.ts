import { describe, expect, it } from 'vitest'
import { printSize } from '../shape/index.ts'
import { readNetwork } from './index.ts'
import type { Network } from './types.ts'

const text = `dim    L
layers l = 1..L
param  W^[l][n[l], n[l-1]], b^[l][n[l]]
function g^[l]
z^[l] = W^[l] a^[l-1] + b^[l]
a^[l] = g^[l](z^[l])
loss J = cost(a^[L], y)              # cost: an abstract function`

const shapes = (n: Network): string[] => n.nodes.map(x => `${x.kind} ${x.name} ${x.tensor.axes.map(a => printSize(a)).join(' ')}`.trim())

describe('any depth', () => {
  it('keeps L a symbol: the layers l, l+1 and L with what stands before them', () => {
    const n = readNetwork(text)
    expect(n.depth).toEqual({ variable: 'l', symbol: 'L' })
    expect(shapes(n)).toEqual([
      'node a^[l-1] m n[l-1]',
      'param W^[l] n[l] n[l-1]', 'param b^[l] n[l]', 'node z^[l] m n[l]', 'node a^[l] m n[l]',
      'param W^[l+1] n[l+1] n[l]', 'param b^[l+1] n[l+1]', 'node z^[l+1] m n[l+1]', 'node a^[l+1] m n[l+1]',
      'node a^[L-1] m n[L-1]',
      'param W^[L] n[L] n[L-1]', 'param b^[L] n[L]', 'node z^[L] m n[L]', 'node a^[L] m n[L]',
      'target y m n[L]', 'loss J m',
    ])
    expect(n.byName.get('a^[l-1]')!.definition).toBeUndefined()
    expect(n.functions).toEqual(['g^[l]', 'g^[l+1]', 'g^[L]', 'cost'])
  })

  it('is written out for a given depth', () => {
    const n = readNetwork(text, 'deep.chain', { depth: 3 })
    expect(n.depth).toBeUndefined()
    expect(shapes(n)).toEqual([
      'input a^[0] m n[0]',
      'param W^[1] n[1] n[0]', 'param b^[1] n[1]', 'node z^[1] m n[1]', 'node a^[1] m n[1]',
      'param W^[2] n[2] n[1]', 'param b^[2] n[2]', 'node z^[2] m n[2]', 'node a^[2] m n[2]',
      'param W^[3] n[3] n[2]', 'param b^[3] n[3]', 'node z^[3] m n[3]', 'node a^[3] m n[3]',
      'target y m n[3]', 'loss J m',
    ])
    expect(n.nodes.every(x => !x.inner || x.name === 'a^[0]')).toBe(true)
  })

  it('takes numbers for the sizes of a family', () => {
    const n = readNetwork(text, 'deep.chain', { depth: 2, dims: { 'n[0]': 4, 'n[1]': 3, 'n[2]': 2 }, functions: { g: 'tanh' } })
    expect(n.dims.get('n[1]')).toBe(3)
    expect(n.functions).toEqual(['cost'])
  })
})

describe('shapes that only the use gives', () => {
  it('a scalar chain', () => {
    const n = readNetwork('layers l = 1..2\nparam w^[l]\na^[l] = tanh(w^[l] a^[l-1])')
    expect(shapes(n)[0]).toBe('input a^[0] m')
  })

  it('index form', () => {
    const n = readNetwork('layers l = 1..L\nparam W^[l][n[l], n[l-1]]\na^[l][i] = tanh(sum_j W^[l][i,j] a^[l-1][j])', 'x', { depth: 2 })
    expect(shapes(n)[0]).toBe('input a^[0] m n[0]')
  })

  it('a residual chain through a function', () => {
    const n = readNetwork('layers l = 1..L\nparam W^[l][d, d]\nx^[l] = x^[l-1] + W^[l] relu(x^[l-1])')
    expect(shapes(n).slice(0, 3)).toEqual(['node x^[l-1] m d', 'param W^[l] d d', 'node x^[l] m d'])
  })

  it('a matrix of tokens', () => {
    const n = readNetwork('layers l = 1..2\nparam A[T, T]\nX^[l] = A X^[l-1] B^[l]\nparam B^[l][d, d]'.replace(/(X.*)\n(param B.*)/, '$2\n$1'))
    expect(shapes(n)[0]).toBe('param A T T')
    expect(shapes(n)).toContain('input X^[0] m T d')
  })

  it('an input of its own', () => {
    const n = readNetwork('input x[n[0]]\nlayers l = 1..2\na^[0] = x\nparam W^[l][n[l], n[l-1]]\na^[l] = W^[l] a^[l-1]\nloss E = mean over data: ||a^[2]||^2')
    expect(shapes(n)).toContain('node a^[0] m n[0]')
    expect(n.nodes.filter(x => x.kind === 'input')).toHaveLength(1)
  })

  it('steps in time share their parameters', () => {
    const n = readNetwork('dim T = 2\nlayers t = 1..T\nparam W[H, D], U[H, H]\ninput x^[t][D]\nh^[t] = tanh(W x^[t] + U h^[t-1])\nloss E = mean over data: sum(h^[T])')
    expect(shapes(n)).toEqual(['param W H D', 'param U H H', 'input h^[0] m H', 'input x^[1] m D', 'node h^[1] m H', 'input x^[2] m D', 'node h^[2] m H', 'loss E'])
  })
})
