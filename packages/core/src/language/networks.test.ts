/** Whole files: the canonical text of networks as they are written by hand. */
import { describe, expect, test } from 'vitest'
import { parseChain } from './parse.ts'
import { printChain } from './print.ts'

/** Files that already have canonical form: they print as they are. */
const canonical: readonly (readonly [name: string, text: string])[] = [
  ['two-layer classifier', `# two-layer classifier
dim n0, n1 = 7, n2 = 10
input x[n0]
target t[n2] one-hot  # a fact: entries sum to 1; citable in a derivation
param W^(1)[n1, n0], W^(2)[n2, n1]
z^(1) = W^(1) x
y^(1) = sigmoid(z^(1))
z^(2) = W^(2) y^(1)
y^(2) = softmax(z^(2))
loss E = mean over data: -sum_c t[c] log y^(2)[c]
`],
  ['arbitrary graph', `function g
input x_1[D1], x_2[D2]
target y_6, y_7
param v_{1,1}[D1], v_{2,2}[D2], w_{1,3}, w_{1,4}, w_{2,4}, w_{2,5}, w_{3,6}, w_{4,6}, w_{5,7}, b_1, b_2
n_1 = g(v_{1,1} . x_1 + b_1)
n_4 = g(w_{1,4} n_1 + w_{2,4} n_2 + b_4)
loss E = sum over data: (n_6 - y_6)^2 + (n_7 - y_7)^2
`],
  ['residual neuron', `input x_0 = 1.0
param w_0 = 0.3, b_0 = 0.1, w_1 = -0.2, b_1 = -0.3
x_1 = relu(x_0 w_0 + b_0)
y_1 = x_1 w_1 + b_1
z = relu(y_1 + x_0)
`],
  ['CNN', `input x[1, 100, 100]
c1 = conv(x, filters=100, kernel=5, padding=same)
p = maxpool(c1, window=2)
out = dense(p, 1)
`],
  ['any depth', `dim L
layers l = 1..L
param W^[l][n[l], n[l - 1]], b^[l][n[l]]
function g^[l]
z^[l] = W^[l] a^[l-1] + b^[l]
a^[l] = g^[l](z^[l])
loss J = cost(a^[L], y)  # cost: an abstract function
`],
  ['facts and values', `dim n = 2
given A[n, n] = [[1, 2], [2, 5]] symmetric, b[n]
rate lambda = 0.1
param s = 1/2 given non-negative
param k = (2 n)
param b_1 if bias and n != 3
`],
  ['blocks', `block bottleneck(x[..., C, H, W], filters, stride=1):  # a residual block
  # the way through
  u = conv(x, filters, kernel=1)

  s = conv(x, 4 * filters, stride=stride) if stride != 1 or C != 4 * filters
  block inner(y):
    return y
    # the end of inner
  return u + s, x
  # the end

y = bottleneck(x, 64)
`],
  ['index form', `z[i] = sum_j W[i, j] x[j] + b[i]
y[o: F, i: H, ...] = max_{p, a where p = 2 * i + a - 1} x[o, p]
(h, c) = lstm(x, h_0)
input = 3
loss = 4
`],
  ['nothing', ''],
  ['blank lines', '\n\n# only this\n\n'],
]

describe('canonical text stays as it is', () => {
  test.each(canonical)('%s', (_, text) => expect(printChain(parseChain(text))).toBe(text))
})

const handwritten: readonly (readonly [name: string, written: string, printed: string])[] = [
  ['declarations of two kinds on one line', 'input x, target y^*  # both', 'input x\ntarget y^*  # both\n'],
  ['Unicode', 'param W⁽¹⁾[n₁, n₀]\nŷ = σ(W⁽¹⁾ x − b)\nloss E := Σ over data: ‖'.replace('‖', '||ŷ − y||²'), 'param W^(1)[n_1, n_0]\nyhat = sigma(W^(1) x - b)\nloss E = sum over data: ||yhat - y||^2\n'],
  ['index sums in Unicode', 's[i] = exp z[i] / Σₖ exp z[k]', 's[i] = exp z[i] / sum_k exp z[k]\n'],
  ['continued lines', 'z = a + \\\n  b\ny = f(a, # one\n  b) # two\n', 'z = a + b\ny = f(a, b)  # one two\n'],
  ['Windows line ends, tabs and a byte order mark', '\uFEFFblock f(x):\r\n\treturn x\r\n', 'block f(x):\n  return x\n'],
  ['a text that is indented as a whole', '\n  x = a\n  y = b', '\nx = a\ny = b\n'],
  ['several targets without brackets', 'h, c = lstm(x)', '(h, c) = lstm(x)\n'],
  ['a quotient before a factor', 'z = a / b c\nl = 1 / 2 (a_2 - y^*)^2', 'z = (a / b) c\nl = 1/2 (a_2 - y^*)^2\n'],
  ['a loss named Loss', 'loss Loss = 1/2 (a_2 - y^*)^2', 'loss Loss = 1/2 (a_2 - y^*)^2\n'],
  ['an index that runs', 'y[i = 1..n] = x[i]', 'y[i: n] = x[i]\n'],
]

describe('handwritten text', () => {
  test.each(handwritten)('%s', (_, written, printed) => {
    expect(printChain(parseChain(written))).toBe(printed)
    expect(printChain(parseChain(printed))).toBe(printed)
  })
})

test('spans cut the source', () => {
  const source = 'dim n  # size\nz^(2) = W^(2) y^(1) + b\n'
  const { statements } = parseChain(source)
  const [, define] = statements
  if (define?.kind !== 'define') throw new Error('a definition')
  const cut = ({ span }: { span: { start: number; end: number } }) => source.slice(span.start, span.end)
  expect([cut(statements[0]!), cut(define), cut(define.targets[0]!), cut(define.value)]).toEqual(['dim n', 'z^(2) = W^(2) y^(1) + b', 'z^(2)', 'W^(2) y^(1) + b'])
})
