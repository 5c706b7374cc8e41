import { describe, expect, it } from 'vitest'
import { ChainError } from '../errors.ts'
import { type ElaborateOptions, readNetwork } from './index.ts'

function fault(text: string, options?: ElaborateOptions): string {
  try {
    readNetwork(text, 'a.chain', options)
  } catch (e) {
    if (e instanceof ChainError) return e.render()
    throw e
  }
  return 'no error'
}

const declared = 'input x[n0], u[3]\nparam W[n1, n0], b[n2], w\n'

describe('shapes', () => {
  it('a whole page', () => expect(fault(`${declared}z = W x + b`)).toBe([
    'a.chain:3:5',
    '  z = W x + b',
    '      ^^^^^^^',
    '  W x is a vector of n1 entries, b is a vector of n2 entries: + needs equal shapes or a scalar.',
  ].join('\n')))

  it.each([
    ['z = W u', '3:5', 'W is n1 × n0, u is a vector of 3 entries: the last axis of W (n0) and the first of u (3) differ.'],
    ['z = W * x', '3:5', 'W is n1 × n0, x is a vector of n0 entries: * multiplies scalars. Write W .* x entry by entry, W x for the matrix product.'],
    ['z = x x', '3:5', 'x is a vector of n0 entries, x is a vector of n0 entries: they have no matrix product. Write x .* x entry by entry, x . x for the sum of products.'],
    ['z = x W', '3:5', 'x is a vector of n0 entries, W is n1 × n0: they have no matrix product. Write x^T W.'],
    ['z = x / u', '3:5', 'x is a vector of n0 entries, u is a vector of 3 entries: / divides by a scalar. Write x ./ u entry by entry.'],
    ['z = x . u', '3:5', 'x is a vector of n0 entries, u is a vector of 3 entries: a . b is the product of two vectors of one size.'],
    ['z = max(x, u)', '3:5', 'x is a vector of n0 entries, u is a vector of 3 entries: max works entry by entry and needs equal shapes or scalars.'],
    ['z = x + x^T', '3:5', 'x is a vector of n0 entries, x^T is a row of n0 entries: + needs equal shapes or a scalar.'],
    ['z = W^{-1}', '3:5', 'A negative power of W, which is n1 × n0, is unclear. Write inverse(W) for the inverse matrix, 1 / W entry by entry.'],
    ['z = inverse(W)', '3:13', 'W is n1 × n0, but inverse takes a square matrix.'],
    ['loss E = x', '3:6', 'The loss is a vector of n0 entries. A loss is a scalar: sum over its entries.'],
    ['given A[2, 2] = [[1, 2], [3, 4], [5, 6]]', '3:17', 'The value of A is 3 × 2, its shape is 2 × 2.'],
    ['given A[2, 2] = [[1, 2], [3]]', '3:17', 'The rows of this list differ in length.'],
    ['given A[0]', '3:9', 'The size 0 is 0. A size is a whole number from 1 on.'],
    ['given S[3, 4] symmetric', '3:7', 'symmetric needs a square matrix.'],
    ['given S[3] one-hott', '3:7', 'The fact one-hott is not known. Known facts: one-hot, class, distribution, symmetric, orthogonal, diagonal, positive, binary. Did you mean one-hot?'],
  ])('%s', (line, where, message) => {
    const [head, , , text] = fault(declared + line).split('\n')
    expect([head, text!.trim()]).toEqual([`a.chain:${where}`, message])
  })
})

describe('index form', () => {
  it.each([
    ['z[i] = sum_j W[i,j] x[j] + b', '3:28', 'b is a vector of n2 entries, but the left side binds i. Give its indices: b[i].'],
    ['z[i] = sum_j W[i,j] x[i]', '3:23', 'i runs over the n1 entries of axis 1 of W, but x has n0 entries.'],
    ['z[i] = sum_j W[i,j] x[k]', '3:23', 'The index k is not bound. Bound here: i, j.'],
    ['z[i] = w', '3:3', 'The size of i is unknown: no tensor has i alone as an index. Write i: n with its size.'],
    ['z[i] = W[i]', '3:3', 'The size of i is unknown: no tensor has i alone as an index. Write i: n with its size.'],
    ['z[i: 2] = W[i]', '3:11', 'W is n1 × n0: it takes 2 indices, given 1.'],
    ['z = u[4]', '3:7', 'Position 4 does not exist: this axis has 3 entries, counted from 1.'],
    ['z[i: 2] = u[i*i]', '3:13', 'i*i is no position. A position is a sum of indices times sizes, such as s*(i-1)+a-P.'],
    ['z[i, i] = x[i]', '3:6', 'The index i is bound twice here.'],
    ['z[..., i: 2] = w', '3:3', '... stands for leading axes, and no tensor here says how many.'],
  ])('%s', (line, where, message) => {
    const [head, , , text] = fault(declared + line).split('\n')
    expect([head, text!.trim()]).toEqual([`a.chain:${where}`, message])
  })
})

describe('names', () => {
  it.each([
    ['z = relu(y^(l))', '3:10', 'y^(l) is not declared. Declared so far: x, u, W, b, w.'],
    ['z = U u', '3:5', 'U is not declared. Declared so far: x, u, W, b, w. Did you mean u?'],
    ['z = sofmax(x)', '3:5', 'The function sofmax is not declared. Write function sofmax for an abstract one. Did you mean softmax?'],
    ['loss E = cros_entropy(x, x)', '3:10', 'The function cros_entropy is not declared. Write function cros_entropy for an abstract one. Did you mean cross_entropy?'],
    ['z = relu', '3:5', 'relu is an operation and needs its argument. Write relu(x).'],
    ['x = 3', '3:1', 'x is declared already, in line 1. A name stands for one thing.'],
    ['n0 = 3', '3:1', 'n0 is a size already. A name stands for one thing.'],
    ['function exp', '3:10', 'exp is an operation already, so it cannot be declared as an abstract function. Choose another name.'],
    ['dim k = q + 1', '3:9', 'The size q is not declared. Declared so far: n0, n1, n2.'],
    ['return x', '3:1', 'return stands in a block.'],
  ])('%s', (line, where, message) => {
    const [head, , , text] = fault(declared + line).split('\n')
    expect([head, text!.trim()]).toEqual([`a.chain:${where}`, message])
  })

  it('says where a name is declared later', () => {
    expect(fault('input x\ny = z x\nz = x')).toContain('z is declared only later, in line 3. A line uses what stands above it.')
  })
})

describe('calls', () => {
  const image = 'input x[1, 8, 8], v[8]\n'
  it.each([
    ['c = conv(x, filtrs=3, kernel=3)', '2:13', 'conv has no argument filtrs. It has: x, filters, kernel, stride, padding, dilation, groups, bias. Did you mean filters?'],
    ['c = conv(v, 3, 3)', '2:10', 'v is a vector of 8 entries, but conv takes x[..., channels, height, width].'],
    ['c = conv(x, 3)', '2:5', 'conv needs kernel. Write conv(x, filters, kernel, stride, padding, dilation, groups, bias).'],
    ['c = conv(x, 3, 3, kernel=3)', '2:19', 'kernel is given twice.'],
    ['c = conv(x, 3, 3, groups=2)', '2:5', 'conv: groups=2 does not divide filters=3.'],
    ['c = conv(x, F, 3)', '2:5', 'In conv: filters is F, which is no size. Write dim F above for a size of that name.'],
    ['c = relu(v, v)', '2:5', 'relu takes 1 argument (x), given 2.'],
    ['c = repeat(v, 3)', '2:12', 'The size v is not declared.'],
    ['(a, b) = dense(v, 3)', '2:10', 'dense returns 1 result, the left side has 2 names.'],
    ['c[i] = dense(v[i], 3)', '2:14', 'v[i] is a scalar, but dense takes x[..., inputs].'],
    ['block f(x):\n  return f(x)\nc = f(v)', '3:10', 'f calls itself, or blocks are nested too deeply.'],
    ['block f(x):\n  y = x\nc = f(v)', '2:7', 'The block f returns nothing. Its last line is return y.'],
  ])('%s', (line, where, message) => {
    const [head, , , text] = fault(image + line).split('\n')
    expect([head, text!.trim()]).toEqual([`a.chain:${where}`, message])
  })
})

describe('options', () => {
  it.each<[string, ElaborateOptions, string]>([
    ['dim n = 3\ninput x[n]', { dims: { k: 2 } }, 'There is no dim k in this text. There is: n.'],
    ['input x', { depth: 3 }, 'A depth is given, but the text has no layers l = 1..L.'],
    ['function g\ninput x\ny = g(x)', { functions: { h: 'sigmoid' } }, 'There is no function h in this text. There is: g.'],
    ['function g\ninput x\ny = g(x)', { functions: { g: 'sigmod' } }, 'There is no operation sigmod. Did you mean sigmoid?'],
  ])('%s', (text, options, message) => expect(fault(text, options)).toContain(message))
})

describe('limits', () => {
  it('blocks that call one another many times end with an error', () => {
    const levels = Array.from({ length: 20 }, (_, k) => `block f_${k + 1}(x[n]):\n  a = f_${k}(x)\n  b = f_${k}(a)\n  return b`).join('\n')
    expect(fault(`block f_0(x[n]):\n  return x + 1\n${levels}\ninput x[2]\ny = f_20(x)`)).toContain('The network is over the limit of')
  }, 30_000)
})
