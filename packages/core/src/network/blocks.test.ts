import { describe, expect, it } from 'vitest'
import { substitute } from '../expression/index.ts'
import { printSize } from '../shape/index.ts'
import { readNetwork } from './index.ts'
import type { Network } from './types.ts'

const names = (n: Network) => n.nodes.map(x => x.name)
const shape = (n: Network, name: string) => n.byName.get(name)!.tensor.axes.map(a => printSize(a)).join(' ')

describe('a call inside an expression', () => {
  const n = readNetwork('input x[3]\nparam W[4, 3], v[4]\ny = v . softmax(W x) + sum(softmax(W x)) + log(softmax(W x)[2])')

  it('is one node for all calls with the same arguments', () => {
    expect(names(n)).toEqual(['x', 'W', 'v', '(W x)', 'softmax(W x)', 'y'])
    expect(n.byName.get('softmax(W x)')).toMatchObject({ inner: true, display: { operation: 'softmax', args: ['W x'] }, operation: { name: 'softmax', args: ['(W x)'] } })
    expect(n.byName.get('(W x)')).toMatchObject({ inner: true, display: { operation: '', args: ['W x'] } })
    expect(n.layers).toEqual([])
  })

  it('shares a node between spellings of one expression', () => {
    const again = readNetwork('input x[3]\nparam W[4, 3]\ny = softmax(W x) + softmax((W) x)\nz = softmax(W x, axis=1)')
    expect(names(again)).toEqual(['x', 'W', '(W x)', 'softmax(W x)', 'y', 'z'])
  })

  it('is expanded in place where the record says so, and in index form', () => {
    const index = readNetwork('input x[3], t[3]\ny = dot(x, t)\na[i] = softmax(x)[i]\nb[i] = norm(x[i])')
    expect(names(index)).toEqual(['x', 't', 'y', 'softmax(x)', 'a', 'b'])
  })

  it('names a layer with parameters after its owner', () => {
    const deep = readNetwork('input x[3]\nh = relu(dense(x, 4)) + dense(x, 4)')
    expect(names(deep)).toEqual(['x', 'h.dense.W', 'h.dense.b', 'h.dense', 'h.dense2.W', 'h.dense2.b', 'h.dense2', 'h'])
  })
})

describe('a block', () => {
  const residual = `block residual(x[..., n], k=2, act=relu):
  h = act(dense(x, k))
  y = dense(h, n)
  return x + y
`

  it('is read in a scope of its own for every call', () => {
    const n = readNetwork(`${residual}input x[4]\nu = residual(x)\nv = residual(u, k=5, act=tanh)`)
    expect(names(n).filter(x => !x.includes('dense') && !/\.y\./.test(x))).toEqual(['x', 'u.h', 'u.y', 'u', 'v.h', 'v.y', 'v'])
    expect(shape(n, 'v.h')).toBe('m 5')
    expect(n.byName.get('v.h')!.definition).toMatchObject({ kind: 'apply', fn: { name: 'tanh' } })
    expect(n.layers.map(l => [l.name, l.operation, l.parent?.name])).toEqual([
      ['u', 'residual', undefined], ['u.h.dense', 'dense', 'u'], ['u.y', 'dense', 'u'],
      ['v', 'residual', undefined], ['v.h.dense', 'dense', 'v'], ['v.y', 'dense', 'v'],
    ])
  })

  it('repeats, each call reading the result of the one before', () => {
    const n = readNetwork(`${residual}input x[4]\ny = repeat(3, residual, x, k=5)`)
    expect(n.layers.filter(l => l.operation !== 'dense').map(l => [l.name, l.inputs, l.output, l.parent?.name])).toEqual([
      ['y', ['x'], 'y', undefined], ['y.1', ['x'], 'y.1', 'y'], ['y.2', ['y.1'], 'y.2', 'y'], ['y.3', ['y.2'], 'y', 'y'],
    ])
    expect(n.byName.get('y')!.inner).toBe(false)
    expect(n.byName.has('y.3.h.dense.W')).toBe(true)
  })

  it('has conditions on attributes', () => {
    const n = readNetwork('block f(x[n], bias=true, s=1):\n  param b[n] if bias and s > 0\n  y = x + b if bias\n  y = s x if bias = false\n  return y\ninput x[2]\nu = f(x)\nv = f(x, bias=false, s=3)')
    expect(names(n)).toEqual(['x', 'u.b', 'u', 'v'])
  })

  it('returns several results', () => {
    const n = readNetwork('input x[3], h_0[2], c_0[2]\n(h, c) = lstm_cell(x, h_0, c_0, units=2)')
    expect(n.byName.get('c')).toMatchObject({ inner: false, layer: { name: 'h', operation: 'lstm_cell' } })
    expect(n.byName.get('h')!.inner).toBe(false)
    expect(shape(n, 'h.U_f')).toBe('2 2')
  })

  it('takes any leading axes along', () => {
    const n = readNetwork('input x[T, D]\ny = layernorm(x)\nz = dense(y, 7)')
    expect(shape(n, 'y.mu')).toBe('m T')
    expect(shape(n, 'y.gamma')).toBe('D')
    expect(shape(n, 'z')).toBe('m T 7')
  })

  it('keeps sizes of the caller and of the block apart', () => {
    const n = readNetwork('dim channels\ninput x[3, 8, 8]\nc = conv(x, filters=channels, kernel=3)\nd = conv(c, 2, 1)')
    expect(shape(n, 'c.W')).toBe('channels 3 3 3')
    expect(shape(n, 'd.W')).toBe('2 channels 1 1')
  })

  it('gives its parameters to others, too', () => {
    const n = readNetwork('dim D\ninput ids[T, V] class\nemb = embedding(ids, V, D)\ns[t, v] = sum_d emb[t, d] emb.W[v, d]')
    expect(shape(n, 's')).toBe('m T V')
  })
})

describe('batch normalisation', () => {
  it('takes its statistics over the data', () => {
    const n = readNetwork('input x[3]\ny = batchnorm(x)')
    expect(shape(n, 'y.mu')).toBe('3')
    expect(shape(n, 'y')).toBe('m 3')
    expect(n.byName.get('y.mu')!.definition!.free).toEqual(n.byName.get('y.mu')!.indices)
  })
})

describe('one definition under two names', () => {
  it('a layer is what its formula says', () => {
    const n = readNetwork('input x[3]\nd = dense(x, 4)\ne = d.W x + d.b')
    const [d, e] = [n.byName.get('d')!, n.byName.get('e')!]
    expect(substitute(e.definition!, new Map([[e.indices[1]!, d.indices[1]!]]))).toBe(d.definition)
  })
})
