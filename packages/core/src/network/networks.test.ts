import { describe, expect, it } from 'vitest'
import { evaluateNodes, floats, makePoint } from '../evaluate/index.ts'
import { add, apply, contract, entry, type Expr, freshIndex, type Index, multiply, negate, number, power, sizeValue, substitute } from '../expression/index.ts'
import { log } from '../operations/log.ts'
import { operations } from '../operations/index.ts'
import { printSize, type Rational, toNumber } from '../shape/index.ts'
import { readNetwork } from './index.ts'
import type { Nested, Network } from './types.ts'

const shapes = (n: Network): Record<string, string> => Object.fromEntries(n.nodes.map(x => [x.name, x.tensor.axes.map(a => printSize(a)).join(' ')]))
const node = (n: Network, name: string) => n.byName.get(name)!
/** An entry of a node; the sample index stands first where there is one. */
const at = (n: Network, name: string, ...indices: Index[]): Expr => entry(node(n, name).tensor, node(n, name).tensor.sample ? [n.sample, ...indices] : indices)
/** A definition with its own axes renamed. */
const definition = (n: Network, name: string, ...indices: Index[]): Expr => {
  const d = node(n, name)
  const own = d.indices.slice(d.tensor.sample ? 1 : 0)
  return substitute(d.definition!, new Map(own.map((i, k) => [i, indices[k]!])))
}
const fresh = (n: Network, name: string, axis: number): Index => freshIndex('', node(n, name).tensor.axes[axis]!)

const flat = (v: Nested<Rational>): number[] => (Array.isArray(v) ? v.flatMap(x => flat(x as Nested<Rational>)) : [toNumber(v as Rational)])
/** Values of the nodes of a network whose leaves all have numbers, one sample. */
const values = (n: Network): Record<string, number[]> => {
  const sizes = new Map([...n.dims].flatMap(([k, v]) => (v === undefined ? [] : [[k, v] as const])))
  sizes.set('m', 1)
  const given = new Map(n.nodes.filter(x => x.value !== undefined).map(x => {
    const shape = x.tensor.axes.map(a => a.value ?? sizes.get(printSize(a))!)
    return [x.tensor.key, { shape, data: Float64Array.from(flat(x.value!)) }] as const
  }))
  const point = evaluateNodes(n.nodes, makePoint({ sizes, values: given }), floats)
  return Object.fromEntries(n.nodes.map(x => [x.name, Array.from(point.values.get(x.tensor.key)!.data)]))
}

const classifier = `# two-layer classifier
dim    n0, n1 = 7, n2 = 10
input  x[n0]
target t[n2] one-hot                 # a fact: entries sum to 1; citable in a derivation
param  W^(1)[n1, n0], W^(2)[n2, n1]
z^(1) = W^(1) x
y^(1) = sigmoid(z^(1))
z^(2) = W^(2) y^(1)
y^(2) = softmax(z^(2))
loss E = mean over data: -sum_c t[c] log y^(2)[c]`

describe('the two-layer classifier', () => {
  const n = readNetwork(classifier)

  it('keeps sizes as symbols and puts the sample axis first', () => {
    expect(shapes(n)).toEqual({ x: 'm n0', t: 'm n2', 'W^(1)': 'n1 n0', 'W^(2)': 'n2 n1', 'z^(1)': 'm n1', 'y^(1)': 'm n1', 'z^(2)': 'm n2', 'y^(2)': 'm n2', E: '' })
    expect([...n.dims]).toEqual([['n0', undefined], ['n1', 7], ['n2', 10]])
    expect(n.loss).toBe('E')
    expect(node(n, 'E').kind).toBe('loss')
    expect(node(n, 't').facts).toEqual(['one-hot'])
    expect(n.nodes.every(x => !x.inner)).toBe(true)
  })

  it('multiplies matrices', () => {
    const [i, j] = [fresh(n, 'W^(1)', 0), fresh(n, 'W^(1)', 1)]
    expect(definition(n, 'z^(1)', i)).toBe(contract([j], [at(n, 'W^(1)', i, j), at(n, 'x', j)]))
  })

  it('means over the data around the whole sum', () => {
    const c = fresh(n, 't', 1)
    const body = negate(contract([c], [at(n, 't', c), apply(log, [at(n, 'y^(2)', c)])]))
    expect(node(n, 'E').definition).toBe(multiply(power(sizeValue(n.samples), number(-1)), contract([n.sample], [body])))
  })

  it('marks a whole call with its operation', () => {
    expect(node(n, 'y^(2)').operation).toEqual({ name: 'softmax', args: ['z^(2)'], attributes: { axis: 'last' } })
    expect(n.layers).toMatchObject([{ name: 'y^(2)', operation: 'softmax', inputs: ['z^(2)'], output: 'y^(2)' }])
  })

  it('ranks parameters above what they multiply, and targets after outputs', () => {
    const rank = (name: string) => node(n, name).tensor.rank
    expect(rank('x')).toBeLessThan(rank('W^(1)'))
    expect(rank('W^(1)')).toBeLessThan(rank('z^(1)'))
    expect(rank('z^(1)')).toBeLessThan(rank('y^(1)'))
    expect(rank('y^(1)')).toBeLessThan(rank('W^(2)'))
    expect(rank('y^(2)')).toBeLessThan(rank('t'))
  })

  it('does not depend on the order of what does not depend on each other', () => {
    const lines = classifier.split('\n')
    const [comment, dim, input, target, param, ...rest] = lines
    const other = readNetwork([dim, target, param, comment, input, ...rest].join('\n'))
    expect(shapes(other)).toEqual(shapes(n))
    expect(node(other, 'W^(2)').tensor.rank).toBe(node(n, 'W^(2)').tensor.rank)
  })

  it('takes other numbers for its dims', () => {
    expect([...readNetwork(classifier, 'a.chain', { dims: { n0: 4, n1: 3 } }).dims]).toEqual([['n0', 4], ['n1', 3], ['n2', 10]])
  })
})

describe('neurons of a graph', () => {
  const n = readNetwork(`function g
input  x_1[D1], x_2[D2]
target y_6, y_7
param  v_{1,1}[D1], v_{2,2}[D2], w_{1,3}, w_{1,4}, w_{2,4}, w_{2,5}, w_{3,6}, w_{4,6}, w_{5,7}, b_1, b_2, b_3, b_4, b_5, b_6, b_7
n_1 = g(v_{1,1} . x_1 + b_1)
n_2 = g(v_{2,2} . x_2 + b_2)
n_3 = g(w_{1,3} n_1 + b_3)
n_4 = g(w_{1,4} n_1 + w_{2,4} n_2 + b_4)
n_5 = g(w_{2,5} n_2 + b_5)
n_6 = g(w_{3,6} n_3 + w_{4,6} n_4 + b_6)
n_7 = g(w_{5,7} n_5 + b_7)
loss E = sum over data: (n_6 - y_6)^2 + (n_7 - y_7)^2`)

  it('declares the sizes that it uses', () => expect([...n.dims.keys()]).toEqual(['D1', 'D2']))

  it('applies the abstract function once to each neuron', () => {
    expect(n.functions).toEqual(['g'])
    const d = node(n, 'n_4').definition!
    expect(d).toMatchObject({ kind: 'apply', fn: { name: 'g', abstract: true, arity: 1, partials: [] } })
    expect(node(n, 'n_4').tensor.sample).toBe(true)
  })

  it('sums over the data around all outputs', () => {
    const part = (k: string) => power(add(at(n, `n_${k}`), negate(at(n, `y_${k}`))), number(2))
    expect(node(n, 'E').definition).toBe(contract([n.sample], [add(part('6'), part('7'))]))
  })
})

describe('one residual neuron', () => {
  const n = readNetwork(`input x_0 = 1.0
param w_0 = 0.3, b_0 = 0.1, w_1 = -0.2, b_1 = -0.3
x_1 = relu(x_0 w_0 + b_0)
y_1 = x_1 w_1 + b_1
z   = relu(y_1 + x_0)`)

  it('keeps the numbers exact, the sample first', () => {
    expect(node(n, 'x_0').value).toEqual([{ n: 1n, d: 1n }])
    expect(node(n, 'w_1').value).toEqual({ n: -1n, d: 5n })
    expect(n.loss).toBeUndefined()
  })

  it('has the values of the sheet', () => {
    const v = values(n)
    expect(v.x_1![0]).toBeCloseTo(0.4, 14)
    expect(v.y_1![0]).toBeCloseTo(-0.38, 14)
    expect(v.z![0]).toBeCloseTo(0.62, 14)
  })
})

describe('a CNN', () => {
  const n = readNetwork(`input x[1, 100, 100]
c1  = conv(x, filters=100, kernel=5, padding=same)
c2  = conv(c1, filters=100, kernel=5, padding=same)
p   = maxpool(c2, window=2)
d1  = dense(p, 100)
d2  = dense(d1, 100)
out = dense(d2, 1)`)

  it('lets layers make their own parameters', () => {
    expect(shapes(n)).toMatchObject({
      'c1.W': '100 1 5 5', 'c1.b': '100', c1: 'm 100 100 100', 'c2.W': '100 100 5 5', p: 'm 100 50 50', 'd1.W': '100 250000', d1: 'm 100', out: 'm 1', 'out.W': '1 100',
    })
    expect(node(n, 'c1.W')).toMatchObject({ kind: 'param', inner: true, layer: { name: 'c1', operation: 'conv' } })
    expect(node(n, 'c1').inner).toBe(false)
  })

  it('knows each layer, its attributes and those left open', () => {
    const c1 = n.layers[0]!
    expect(c1).toMatchObject({ name: 'c1', operation: 'conv', inputs: ['x'], output: 'c1', unstated: ['bias'], attributes: { filters: 100, kernel: 5, stride: 1, padding: 'same', bias: true } })
    expect(n.layers.find(l => l.name === 'p')!.attributes).toMatchObject({ window: 2, stride: 2 })
    expect(n.layers.filter(l => !l.parent).map(l => l.name)).toEqual(['c1', 'c2', 'p', 'd1', 'd2', 'out'])
  })
})

describe('the number of samples', () => {
  it('is m, and another symbol where m is the size of an axis', () => {
    expect(printSize(readNetwork('input x[n]').samples)).toBe('m')
    expect(printSize(readNetwork('input x[m]').samples)).toBe('N')
    const n = readNetwork('input x\na = 1/m sum over data: x\nb = mean over data: x')
    expect(node(n, 'a').definition).toBe(node(n, 'b').definition)
  })
})

describe('the other exercises', () => {
  it('A1: softmax of a vector of any size', () => {
    const n = readNetwork('input z[n]\ns = softmax(z)')
    expect(shapes(n)).toEqual({ z: 'm n', s: 'm n' })
  })

  it('A4: two weights in a chain, evaluated with the logistic function', () => {
    const text = `input x = 0.5, target y^* = 1
param w_1 = 0.8, w_2 = -1.2
function g_1, g_2
z_1 = w_1 x
a_1 = g_1(z_1)
z_2 = w_2 a_1
a_2 = g_2(z_2)
loss Loss = 1/2 (a_2 - y^*)^2`
    expect(readNetwork(text).functions).toEqual(['g_1', 'g_2'])
    const n = readNetwork(text, 'a4.chain', { functions: { g_1: 'sigmoid', g_2: 'sigmoid' } })
    expect(n.functions).toEqual([])
    const v = values(n)
    expect(v.a_1![0]).toBeCloseTo(0.5986876601, 9)
    expect(v.Loss![0]).toBeCloseTo(0.2259668475, 9)
    expect(node(n, 'Loss').tensor.sample).toBe(true)
  })

  it('C5: weight decay stands outside the mean', () => {
    const n = readNetwork(`input x[784]
target y[10] one-hot
rate reg
h = relu(dense(x, 50))
s = dense(h, 10)
loss L = 1/2 reg (||h.dense.W||^2 + ||s.W||^2) + mean over data: cross_entropy_logits(s, y)`)
    expect(shapes(n)).toMatchObject({ 'h.dense.W': '50 784', 'h.dense.b': '50', 's.W': '10 50', L: '' })
    expect(n.layers.map(l => l.name)).toEqual(['h.dense', 's'])
  })

  it('D2: the 2-2-1 net', () => {
    const n = readNetwork(`input x[2]
target y
param W^[1][2, 2], W^[2][1, 2]
z^[1] = W^[1] x
a^[1] = tanh(z^[1])
z^[2] = W^[2] a^[1]
yhat = sigmoid(z^[2][1])
loss J = mean over data: (y - yhat)^2`)
    expect(shapes(n)).toMatchObject({ 'z^[2]': 'm 1', yhat: 'm', J: '' })
  })

  it('D5: output sizes are formulas', () => {
    const n = readNetwork(`dim J, K, M, N, S, P
input x[1, J, K]
c = conv(x, 1, kernel=[M, N], stride=S, padding=P)
p = maxpool(x, window=M, stride=S)`)
    expect(shapes(n)).toMatchObject({
      c: 'm 1 floor((J + 2P - M)/S) + 1 floor((K + 2P - N)/S) + 1', p: 'm 1 floor((J - M)/S) + 1 floor((K - M)/S) + 1', 'c.W': '1 1 M N',
    })
  })
})

describe('the samples of the operations', () => {
  const samples = operations.flatMap(o => (o.kind === 'scalar' ? [] : o.samples.map(s => [o.name, s] as const)))
  it.each(samples)('%s: %s', (_, text) => {
    const n = readNetwork(text)
    expect(n.loss).toBe('E')
    for (const x of n.nodes) if (x.definition) expect(x.definition.free.every(i => x.indices.includes(i))).toBe(true)
  })
})
