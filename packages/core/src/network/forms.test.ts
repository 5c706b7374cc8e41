import { describe, expect, it } from 'vitest'
import { contract, delta, entry, type Expr, freshIndex, type Index, literalIndex, reduce, selector, substitute } from '../expression/index.ts'
import { printSize, rational, scaleS, size, sizeSymbol } from '../shape/index.ts'
import { readNetwork } from './index.ts'
import type { Network } from './types.ts'

const node = (n: Network, name: string) => n.byName.get(name)!
const own = (n: Network, name: string) => node(n, name).indices.slice(node(n, name).tensor.sample ? 1 : 0)
const shape = (n: Network, name: string) => own(n, name).map(i => printSize(i.size))
const definition = (n: Network, name: string, indices: readonly Index[]): Expr => substitute(node(n, name).definition!, new Map(own(n, name).map((i, k) => [i, indices[k]!])))
const at = (n: Network, name: string, ...indices: Index[]): Expr => entry(node(n, name).tensor, node(n, name).tensor.sample ? [n.sample, ...indices] : indices)

/** Whether two nodes of one text have the same definition up to the names of their axes. */
function same(declarations: string, a: string, b: string): void {
  const n = readNetwork(`${declarations}\n${a.startsWith('a') ? a : `a = ${a}`}\n${b.startsWith('b') ? b : `b = ${b}`}`)
  expect(shape(n, 'b')).toEqual(shape(n, 'a'))
  expect(definition(n, 'b', own(n, 'a'))).toBe(node(n, 'a').definition)
}

describe('matrix form is index form', () => {
  const declared = 'input x[n], u[m1]\nparam A[p, n], B[n, q], C[n, n], v[n], w[n], c\ngiven T[p, n, q]'
  it.each([
    ['A x', 'b[i] = sum_j A[i,j] x[j]'],
    ['A B', 'b[i,k] = sum_j A[i,j] B[j,k]'],
    ['v . x', 'sum_i v[i] x[i]'],
    ['v^T x', 'sum_i v[i] x[i]'],
    ['v w^T', 'b[i,j] = v[i] w[j]'],
    ['v v^T', 'b[i,j] = v[i] v[j]'],
    ['v w^T x', 'b[i] = v[i] sum_j w[j] x[j]'],
    ['x^T C x', 'sum_{i,j} x[i] C[i,j] x[j]'],
    ['A^T A', 'b[i,j] = sum_k A[k,i] A[k,j]'],
    ['(A B)^T', 'b[k,i] = sum_j A[i,j] B[j,k]'],
    ['c A x', 'b[i] = c sum_j A[i,j] x[j]'],
    ['x .* v', 'b[i] = x[i] v[i]'],
    ['x ./ v', 'b[i] = x[i] / v[i]'],
    ['1 - x', 'b[i] = 1 - x[i]'],
    ['x^2', 'b[i] = x[i]^2'],
    ['exp(-x)', 'b[i] = exp(-x[i])'],
    ['1/(1 + exp(-x))', 'b[i] = 1/(1 + exp(-x[i]))'],
    ['||x||^2', 'sum_i x[i]^2'],
    ['max(0, x)', 'b[i] = max(0, x[i])'],
    ['c(c + 1)', 'c (c + 1)'],
    ['A . x', 'b[i] = sum_j A[i,j] x[j]'],
    ['(A x)[1]', 'sum_j A[1,j] x[j]'],
    ['softmax(x)[2]', 'b = softmax(x)[2]'],
    ['a[...] = T[..., 1, 2]', 'b[i] = T[i,1,2]'],
    ['a[..., i] = T[..., i]', 'b[i,j,k] = T[i,j,k]'],
    ['[x > 0]', 'b[i] = [x[i] > 0]'],
    ['inverse(C) x', 'b[i] = sum_j inverse(C)[i,j] x[j]'],
    ['mean(x)', 'mean_i x[i]'],
    ['[[1, 2], [3, 4]]', 'b[i: 2, j: 2] = [[1, 2], [3, 4]][i, j]'],
  ])('%s is %s', (a, b) => same(declared, a, b))

  it('has a row for a transposed vector', () => {
    const n = readNetwork('input x[n]\nparam A[n, p]\nr = x^T A\nq = r r^T')
    expect(shape(n, 'r')).toEqual(['p'])
    expect(shape(n, 'q')).toEqual([])
  })
})

describe('positions', () => {
  it('count from 1 on the page and from 0 inside; a sum reads zeros outside', () => {
    const n = readNetwork('dim s, P, K, H\ninput x[W]\nparam w[K]\ny[i: H] = sum_a w[a] x[s*(i-1)+a-P]')
    const [i] = own(n, 'y')
    const [a, p] = [freshIndex('a', sizeSymbol('K')), freshIndex('p', sizeSymbol('W'))]
    const window = selector('eq', [{ coefficient: size(1), index: p }, { coefficient: size(-1), index: a }, { coefficient: scaleS(sizeSymbol('s'), rational(-1)), index: i! }], sizeSymbol('P'))
    expect(node(n, 'y').definition).toBe(contract([a, p], [window, at(n, 'w', a), at(n, 'x', p)]))
  })

  it('leaves positions outside out of a max', () => {
    const n = readNetwork('dim H\ninput x[W]\ny[i: H] = max_{a: 3} x[2*(i-1)+a]')
    const [i] = own(n, 'y')
    const [a, p] = [freshIndex('a', size(3)), freshIndex('p', sizeSymbol('W'))]
    const window = selector('eq', [{ coefficient: size(1), index: p }, { coefficient: size(-1), index: a }, { coefficient: size(-2), index: i! }])
    expect(node(n, 'y').definition).toBe(reduce('max', [a, p], at(n, 'x', p), [window]))
  })

  it('are deltas and comparisons in indicators', () => {
    const n = readNetwork('input x[n]\nD[i, j] = [i = j] x[j]\nC[i, j] = [j <= i] x[j]\ny = sum_i [i = 2] x[i]')
    const [i, j] = own(n, 'D')
    expect(definition(n, 'D', [i!, j!])).toBe(contract([], [delta(i!, j!), at(n, 'x', j!)]))
    expect(definition(n, 'C', [i!, j!])).toBe(contract([], [selector('le', [{ coefficient: size(1), index: j! }, { coefficient: size(-1), index: i! }]), at(n, 'x', j!)]))
    expect(node(n, 'y').definition).toBe(at(n, 'x', literalIndex(1)))
  })

  it('of a letter used as a number is its count from 1', () => {
    same('input x[n]', 'a[i] = i x[i]', 'b[i] = (sum_j [j <= i]) x[i]')
  })

  it('are products without a blank, too', () => same('dim S\ninput x[n]\nparam w[K]', 'a[i: 3] = sum_k w[k] x[S(i-1)+k]', 'b[i: 3] = sum_k w[k] x[S*(i-1)+k]'))
})

describe('classes', () => {
  it('are one-hot rows that choose', () => {
    const n = readNetwork('dim V = 5\ninput ids[3] = [0, 4, 2] class of V\nparam E[V, D]\ne[n, j] = E[ids[n], j]')
    const [k] = [freshIndex('k', sizeSymbol('V'))]
    const [i, j] = own(n, 'e')
    expect(shape(n, 'ids')).toEqual(['3', 'V'])
    expect(node(n, 'ids').facts).toEqual(['class', 'one-hot'])
    expect(definition(n, 'e', [i!, j!])).toBe(contract([k], [at(n, 'ids', i!, k), at(n, 'E', k, j!)]))
  })

  it('have values as numbers from 0', () => {
    const n = readNetwork('target t[3] = 2 class')
    expect(JSON.stringify(node(n, 't').value, (_, v) => (typeof v === 'bigint' ? Number(v) : v as unknown))).toBe('[[{"n":0,"d":1},{"n":0,"d":1},{"n":1,"d":1}]]')
  })
})
