/** Layers and losses against loops written from their formulas, entry by entry, at random numbers. */
import { describe, expect, it } from 'vitest'
import { evaluateNodes, floats, randomPoint } from '../evaluate/index.ts'
import { readNetwork } from '../network/elaborate.ts'
import { printSize } from '../shape/index.ts'

type Place = readonly number[]
/** The entry at a place counted from 0, the sample first where there is one; 0 outside. */
interface Numbers { readonly shape: readonly number[]; (...at: Place): number }

const run = (source: string) => {
  const network = readNetwork(source, 'test')
  const point = evaluateNodes(network.nodes, randomPoint(network.nodes, undefined, { seed: 5 }).floats, floats)
  return (name: string): Numbers => {
    const node = network.byName.get(name)
    if (!node) throw new Error(`${name} is none of ${[...network.byName.keys()].join(', ')}`)
    const { shape, data } = point.values.get(node.tensor.key)!
    const read = (...at: Place) => (at.some((p, k) => p < 0 || p >= shape[k]!) ? 0 : data[at.reduce((n, p, k) => n * shape[k]! + p, 0)]!)
    return Object.assign(read, { shape })
  }
}

/** The places of a shape, in order. */
function places(shape: readonly number[]): Place[] {
  return shape.reduce<Place[]>((all, n) => all.flatMap(p => Array.from({ length: n }, (_, k) => [...p, k])), [[]])
}

const sum = (shape: readonly number[], f: (...at: Place) => number): number => places(shape).reduce((s, p) => s + f(...p), 0)

function agrees(y: Numbers, axes: readonly number[], f: (...at: Place) => number): void {
  expect(y.shape.slice(y.shape.length - axes.length)).toEqual(axes)
  for (const p of places(y.shape)) expect(y(...p), `at ${p.join(',')}`).toBeCloseTo(f(...p), 10)
}

const sigma = (x: number) => 1 / (1 + Math.exp(-x))

describe('conv', () => {
  it.each([
    ['conv(x, 3, 2)', [3, 4, 5], { K: [2, 2], S: [1, 1], P: [0, 0], D: 1, G: 1 }],
    ['conv(x, 3, [2, 3], stride=[2, 1], padding=[1, 2])', [3, 3, 8], { K: [2, 3], S: [2, 1], P: [1, 2], D: 1, G: 1 }],
    ['conv(x, 2, 2, dilation=3)', [2, 2, 3], { K: [2, 2], S: [1, 1], P: [0, 0], D: 3, G: 1 }],
    ['conv(x, 6, 3, groups=2, padding=1)', [6, 5, 6], { K: [3, 3], S: [1, 1], P: [1, 1], D: 1, G: 2 }],
    ['conv(x, 8, 3, groups=4, stride=2, padding=1)', [8, 3, 3], { K: [3, 3], S: [2, 2], P: [1, 1], D: 1, G: 4 }],
    ['conv(x, 4, 3, groups=4)', [4, 3, 4], { K: [3, 3], S: [1, 1], P: [0, 0], D: 1, G: 4 }],
    ['conv(x, 2, 2, groups=2)', [2, 4, 5], { K: [2, 2], S: [1, 1], P: [0, 0], D: 1, G: 2 }],
    ['conv(x, 3, 4, padding=same)', [3, 5, 6], { K: [4, 4], S: [1, 1], P: [1, 1], D: 1, G: 1 }],
    // 6 columns in steps of 2 under a window of 3: one zero in all, and it stands after
    ['conv(x, 3, 3, stride=2, padding=same)', [3, 3, 3], { K: [3, 3], S: [2, 2], P: [1, 0], D: 1, G: 1 }],
  ])('%s', (text, axes, { K, S, P, D, G }) => {
    const get = run(`input x[4, 5, 6]\nc = ${text}\nloss E = mean over data: sum(c)`)
    const [x, W, b] = [get('x'), get('c.W'), get('c.b')]
    const [F, C] = [axes[0]!, 4 / G]
    expect(W.shape).toEqual([F, C, ...K])
    agrees(get('c'), axes, (s, o, i, j) => b(o) + sum([C, K[0]!, K[1]!], (c, u, v) =>
      W(o, c, u, v) * x(s, Math.floor(o / (F / G)) * C + c, S[0]! * i + D * u - P[0]!, S[1]! * j + D * v - P[1]!)))
  })

  it('has formulas for symbolic sizes', () => {
    const places = (text: string) => printSize(readNetwork(`dim J, M, S, P\ninput x[2, J]\nc = ${text}\nloss E = mean over data: sum(c)`).byName.get('c')!.tensor.axes[2]!)
    expect(places('conv1d(x, 3, M, stride=S, padding=P)')).toBe('floor((J + 2P - M)/S) + 1')
    expect(places('conv1d(x, 3, M, padding=same)')).toBe('J')
    expect(places('conv1d(x, 3, 3, stride=2, padding=same)')).toBe('floor((J + 1)/2)')
    expect(places('maxpool1d(x, M, stride=S)')).toBe('floor((J - M)/S) + 1')
    expect(places('maxpool1d(x, 2)')).toBe('floor((J - 2)/2) + 1')
  })

  it('says what the text leaves open: padding and bias', () => {
    const unstated = (text: string) => readNetwork(`input x[1, 9, 8]\nc = ${text}\nloss E = mean over data: sum(c)`).layers[0]!.unstated
    expect(unstated('conv(x, 2, 3)')).toEqual(['padding', 'bias'])
    expect(unstated('conv(x, 2, 3, padding=same, bias=false)')).toEqual([])
  })
})

describe('pooling', () => {
  it('takes the greatest of what lies inside', () => {
    const get = run('input x[2, 5, 4]\np = maxpool(x, window=[3, 2], stride=2, padding=1)\nloss E = mean over data: sum(p)')
    const x = get('x')
    agrees(get('p'), [2, 3, 3], (s, c, i, j) => Math.max(...places([3, 2])
      .map(([u, v]) => [2 * i + u! - 1, 2 * j + v! - 1] as const).filter(([p, q]) => p >= 0 && p < 5 && q >= 0 && q < 4).map(([p, q]) => x(s, c, p, q))))
  })

  it('takes the mean with zeros outside, and the window as stride', () => {
    const get = run('input x[2, 5, 4]\np = avgpool(x, 2, padding=1)\ng = global_avgpool(x)\nloss E = mean over data: sum(p)')
    const x = get('x')
    agrees(get('p'), [2, 3, 3], (s, c, i, j) => sum([2, 2], (u, v) => x(s, c, 2 * i + u - 1, 2 * j + v - 1)) / 4)
    agrees(get('g'), [2], (s, c) => sum([5, 4], (i, j) => x(s, c, i, j)) / 20)
  })

  it('slides along one axis too', () => {
    const get = run('input x[2, 7]\np = maxpool1d(x, 3, stride=2)\nq = avgpool1d(x, 3)\nloss E = mean over data: sum(p)')
    const x = get('x')
    agrees(get('p'), [2, 3], (s, c, i) => Math.max(...[0, 1, 2].map(u => x(s, c, 2 * i + u))))
    agrees(get('q'), [2, 2], (s, c, i) => sum([3], u => x(s, c, 3 * i + u)) / 3)
  })
})

describe('dense', () => {
  it('reads a vector, the last axis of a sequence, or a map as a whole', () => {
    const get = run('input x[3], u[4, 3], v[2, 3, 4]\na = dense(x, 2)\nb = dense(u, 2)\nc = dense(v, 5)\nd = dense(u, 2, axes=all, bias=false)\nloss E = mean over data: sum(a)')
    const [x, u, v] = [get('x'), get('u'), get('v')]
    agrees(get('a'), [2], (s, i) => get('a.b')(i) + sum([3], j => get('a.W')(i, j) * x(s, j)))
    agrees(get('b'), [4, 2], (s, t, i) => get('b.b')(i) + sum([3], j => get('b.W')(i, j) * u(s, t, j)))
    agrees(get('c'), [5], (s, i) => get('c.b')(i) + sum([2, 3, 4], (c, h, w) => get('c.W')(i, (c * 3 + h) * 4 + w) * v(s, c, h, w)))
    agrees(get('d'), [2], (s, i) => sum([4, 3], (t, j) => get('d.W')(i, t * 3 + j) * u(s, t, j)))
  })
})

describe('other shapes', () => {
  it('keep the order of the entries', () => {
    const get = run('input x[2, 3, 4]\nf = flatten(x)\nr = reshape(x, [4, -1])\nloss E = mean over data: sum(f)')
    const x = get('x')
    const flat = (s: number, p: number) => x(s, Math.floor(p / 12), Math.floor(p / 4) % 3, p % 4)
    agrees(get('f'), [24], (s, p) => flat(s, p))
    agrees(get('r'), [4, 6], (s, i, j) => flat(s, i * 6 + j))
  })

  it('join, cut and pad', () => {
    const get = run('input x[3, 2], u[3, 4]\nc = concat(x, u, axis=2)\nl = slice(c, 2, 5, axis=2)\nz = pad(x, [1, 2])\nloss E = mean over data: sum(c)')
    const [x, u] = [get('x'), get('u')]
    const c = (s: number, i: number, j: number) => (j < 2 ? x(s, i, j) : u(s, i, j - 2))
    agrees(get('c'), [3, 6], (s, i, j) => c(s, i, j))
    agrees(get('l'), [3, 4], (s, i, j) => c(s, i, j + 1))
    agrees(get('z'), [3, 5], (s, i, j) => x(s, i, j - 1))
  })
})

describe('normalisation', () => {
  it('of a batch runs over the data and the places of a channel', () => {
    const get = run('input x[2, 3, 4]\nn = batchnorm(x, eps=1/10)\ng = batchnorm(x, training=false, affine=false)\nloss E = mean over data: sum(n)')
    const x = get('x')
    const m = x.shape[0]!
    const mu = (c: number) => sum([m, 3, 4], (s, i, j) => x(s, c, i, j)) / (12 * m)
    const v = (c: number) => sum([m, 3, 4], (s, i, j) => (x(s, c, i, j) - mu(c)) ** 2) / (12 * m)
    agrees(get('n'), [2, 3, 4], (s, c, i, j) => get('n.gamma')(c) * (x(s, c, i, j) - mu(c)) / Math.sqrt(v(c) + 0.1) + get('n.beta')(c))
    agrees(get('g'), [2, 3, 4], (s, c, i, j) => (x(s, c, i, j) - get('g.mu')(c)) / Math.sqrt(get('g.v')(c) + 1e-5))
  })

  it('of a line runs over its last axis', () => {
    const get = run('input x[4, 3]\nl = layernorm(x)\nr = rmsnorm(x)\nloss E = mean over data: sum(l)')
    const x = get('x')
    const mu = (s: number, t: number) => sum([3], i => x(s, t, i)) / 3
    const v = (s: number, t: number) => sum([3], i => (x(s, t, i) - mu(s, t)) ** 2) / 3
    agrees(get('l'), [4, 3], (s, t, i) => get('l.gamma')(i) * (x(s, t, i) - mu(s, t)) / Math.sqrt(v(s, t) + 1e-5) + get('l.beta')(i))
    agrees(get('r'), [4, 3], (s, t, i) => get('r.gamma')(i) * x(s, t, i) / Math.sqrt(sum([3], j => x(s, t, j) ** 2) / 3 + 1e-5))
  })
})

describe('attention', () => {
  const weights = (n: number, score: (j: number) => number) => {
    const e = Array.from({ length: n }, (_, j) => Math.exp(score(j)))
    return (j: number) => e[j]! / e.reduce((a, b) => a + b)
  }

  it('mixes the values by softmax(q k / sqrt(d)), a causal one without what comes later', () => {
    const get = run('input q[4, 2], k[3, 2], v[3, 5], x[4, 2]\na = attention(q, k, v)\nc = attention(x, x, x, causal=true)\nloss E = mean over data: sum(a)')
    const [q, k, v, x] = [get('q'), get('k'), get('v'), get('x')]
    const dot = (a: Numbers, b: Numbers, s: number, i: number, j: number) => sum([2], d => a(s, i, d) * b(s, j, d)) / Math.sqrt(2)
    agrees(get('a'), [4, 5], (s, i, e) => { const w = weights(3, j => dot(q, k, s, i, j)); return sum([3], j => w(j) * v(s, j, e)) })
    agrees(get('c'), [4, 2], (s, i, e) => { const w = weights(i + 1, j => dot(x, x, s, i, j)); return sum([i + 1], j => w(j) * x(s, j, e)) })
  })

  it('with heads splits the rows of its projections', () => {
    const get = run('input x[3, 4]\ny = multihead_attention(x, heads=2)\nloss E = mean over data: sum(y)')
    const x = get('x')
    const row = (p: string, s: number, t: number, r: number) => get(`y.b_${p}`)(r) + sum([4], j => get(`y.W_${p}`)(r, j) * x(s, t, j))
    const head = (s: number, i: number, r: number) => {
      const h = 2 * Math.floor(r / 2)
      const w = weights(3, j => sum([2], e => row('q', s, i, h + e) * row('k', s, j, h + e)) / Math.sqrt(2))
      return sum([3], j => w(j) * row('v', s, j, r))
    }
    agrees(get('y'), [3, 4], (s, i, d) => get('y.b_o')(d) + sum([4], r => get('y.W_o')(d, r) * head(s, i, r)))
  })
})

describe('recurrent cells', () => {
  const cell = (get: (name: string) => Numbers, owner: string, input: string, state: (s: number, k: number) => number) => (label: string, s: number, i: number) =>
    get(`${owner}.b${label}`)(i) + sum([3], j => get(`${owner}.W${label}`)(i, j) * get(input)(s, j)) + sum([2], k => get(`${owner}.U${label}`)(i, k) * state(s, k))

  it('rnn', () => {
    const get = run('input x[3], h_0[2]\nh = rnn_cell(x, h_0, 2)\nloss E = mean over data: sum(h)')
    agrees(get('h'), [2], (s, i) => Math.tanh(cell(get, 'h', 'x', get('h_0'))('', s, i)))
  })

  it('lstm', () => {
    const get = run('input x[3], h_0[2], c_0[2]\n(h, c) = lstm_cell(x, h_0, c_0, units=2)\nloss E = mean over data: sum(h)')
    const z = cell(get, 'h', 'x', get('h_0'))
    const c = (s: number, i: number) => sigma(z('_f', s, i)) * get('c_0')(s, i) + sigma(z('_i', s, i)) * Math.tanh(z('_g', s, i))
    agrees(get('c'), [2], (s, i) => c(s, i))
    agrees(get('h'), [2], (s, i) => sigma(z('_o', s, i)) * Math.tanh(c(s, i)))
  })

  it('gru', () => {
    const get = run('input x[3], h_0[2]\nh = gru_cell(x, h_0, units=2)\nloss E = mean over data: sum(h)')
    const h = get('h_0')
    const z = cell(get, 'h', 'x', h)
    const n = cell(get, 'h', 'x', (s, k) => sigma(z('_r', s, k)) * h(s, k))
    agrees(get('h'), [2], (s, i) => { const g = sigma(z('_z', s, i)); return (1 - g) * Math.tanh(n('_n', s, i)) + g * h(s, i) })
  })
})

describe('losses of one sample', () => {
  const loss = (text: string, inputs: string, f: (get: (name: string) => Numbers, s: number) => number) => it(text, () => {
    const get = run(`${inputs}\ne = ${text}\nloss E = mean over data: e`)
    const samples = get('e').shape[0]!
    agrees(get('e'), [], s => f(get, s))
    expect(get('E')()).toBeCloseTo(sum([samples], s => f(get, s)) / samples, 10)
  })
  const vectors = 'input y[3]\ntarget t[3] one-hot'
  const positive = 'input z[3]\ny = sigmoid(z)\ntarget t[3]'
  loss('squared_error(y, t)', vectors, (g, s) => sum([3], i => (g('y')(s, i) - g('t')(s, i)) ** 2))
  loss('half_squared_error(y, t)', vectors, (g, s) => sum([3], i => (g('y')(s, i) - g('t')(s, i)) ** 2) / 2)
  loss('cross_entropy(y, t)', positive, (g, s) => -sum([3], i => g('t')(s, i) * Math.log(g('y')(s, i))))
  loss('cross_entropy_logits(y, t)', vectors, (g, s) => Math.log(sum([3], i => Math.exp(g('y')(s, i)))) - sum([3], i => g('t')(s, i) * g('y')(s, i)))
  loss('binary_cross_entropy(y, t)', positive, (g, s) => -sum([3], i => g('t')(s, i) * Math.log(g('y')(s, i)) + (1 - g('t')(s, i)) * Math.log(1 - g('y')(s, i))))
  loss('binary_cross_entropy_logits(z, t)', positive, (g, s) => -sum([3], i => g('t')(s, i) * Math.log(g('y')(s, i)) + (1 - g('t')(s, i)) * Math.log(1 - g('y')(s, i))))
  loss('hinge(y, t)', vectors, (g, s) => {
    const right = [0, 1, 2].find(i => g('t')(s, i) === 1)!
    return sum([3], j => (j === right ? 0 : Math.max(0, g('y')(s, j) - g('y')(s, right) + 1)))
  })
  loss('huber(y, t, delta=1/2)', vectors, (g, s) => sum([3], i => {
    const r = Math.abs(g('y')(s, i) - g('t')(s, i))
    return r <= 0.5 ? r * r / 2 : 0.5 * (r - 0.25)
  }))
  const pair = 'input a[3], b[3]\np = softmax(a)\nq = softmax(b)'
  loss('kl(p, q)', pair, (g, s) => sum([3], i => g('p')(s, i) * Math.log(g('p')(s, i) / g('q')(s, i))))
  loss('reverse_kl(p, q)', pair, (g, s) => sum([3], i => g('q')(s, i) * Math.log(g('q')(s, i) / g('p')(s, i))))
  loss('norm(y, p=3) + norm(y, p=inf) + norm(y)', vectors, (g, s) => sum([3], i => Math.abs(g('y')(s, i)) ** 3) ** (1 / 3)
    + Math.max(...[0, 1, 2].map(i => Math.abs(g('y')(s, i)))) + Math.hypot(...[0, 1, 2].map(i => g('y')(s, i))))
  loss('var(y) + mean(y)', vectors, (g, s) => {
    const mean = sum([3], i => g('y')(s, i)) / 3
    return sum([3], i => (g('y')(s, i) - mean) ** 2) / 3 + mean
  })
})
