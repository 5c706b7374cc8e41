/** Lines that once got a wrong verdict: kinks, cases, powers, layouts, orders of letters, ones, norms, names of functions. */
import { expect, test } from 'vitest'
import { judgeEqual, judgePage } from '@chainrule/core'
import { claimOf, exerciseOf } from '../../support/claims.ts'

const HOLDS = ['proved', 'agrees']
const WRONG = ['refuted']
/** True under a condition that the verdict names. */
const IF = ['conditional']
/** No verdict is better than one that may be wrong. */
const OPEN = ['undecided', 'unreadable']

const LINES: readonly (readonly [exercise: string, question: string, latex: string, expected: readonly string[]])[] = [
  ['sheet-b', 'B1', String.raw`|b_1| = b_1`, WRONG],
  ['sheet-b', 'B1', String.raw`|w_{5,7}| = w_{5,7}`, WRONG],
  ['sheet-d', 'D2', String.raw`L < 10`, WRONG],
  ['known-derivatives', 'cross-entropy-from-probabilities', String.raw`\frac{\partial f}{\partial Y_{ij}} = -\frac{|T_{ij}|}{Y_{ij}}`, WRONG],
  ['known-derivatives', 'cross-entropy-from-probabilities', String.raw`f = -\sum_{i,j} \mathrm{relu}(T_{ij}) \log Y_{ij}`, WRONG],
  ['known-derivatives', 'log-likelihood', String.raw`f = \sum_i y_i \log(\sum_j |X_{ij}| \theta_j) - \frac{\theta^\top\theta}{18}`, WRONG],
  ['known-derivatives', 'log-determinant', String.raw`X_{11} = |X_{11}|`, WRONG],
  ['sheet-a', 'A1', String.raw`\frac{\partial s_i}{\partial z_j} = \begin{cases} s_i\delta_{ij} \\ -s_is_j \end{cases}`, OPEN],
  ['sheet-a', 'A1', String.raw`\frac{\partial s_i}{\partial z_j} = \begin{cases} s_i & i=j \\ -s_is_j & i\le j \\ -s_is_j & i>j \end{cases}`, OPEN],
  ['sheet-a', 'A1', String.raw`\frac{\partial s_i}{\partial z_j} = \begin{cases} -s_is_j & i\ne j \\ s_i & i=j \\ -s_i^2 & i=j \end{cases}`, OPEN],
  ['sheet-a', 'A1', String.raw`\frac{\partial s_i}{\partial z_j} = \begin{cases} s_i(1-s_i) & i=j \\ -s_is_j & \text{otherwise} \end{cases}`, HOLDS],
  ['sheet-a', 'A1', String.raw`\frac{\partial s_i}{\partial z_j} = \begin{cases} s_i(1-s_i) & i=j \\ -s_is_j & i<j \end{cases}`, IF],
  ['sheet-e', 'E5', String.raw`\frac{\partial y_i^{(1)}}{\partial z_j^{(1)}} = \begin{cases} y_i^{(1)}(1-y_i^{(1)}) & i=j \end{cases}`, IF],
  ['known-derivatives', 'oja', String.raw`w = w^\top`, IF],
  ['known-derivatives', 'oja', String.raw`y = w^\top(w^\top v)-(w^\top w)v^\top`, IF],
  ['sheet-e', 'E1', String.raw`z^{(1)} = x^\top W^{(1)\top}`, IF],
  ['sheet-d', 'D2', String.raw`\frac{\partial L}{\partial W^{[2]}} = \begin{pmatrix} dz^{[2]} a_1^{[1]} \\ dz^{[2]} a_2^{[1]} \end{pmatrix}`, IF],
  ['known-derivatives', 'log-determinant', String.raw`X^3 = X\odot X\odot X`, IF],
  ['known-derivatives', 'log-determinant', String.raw`XX-X\odot X = X^2-X^2`, WRONG],
  ['known-derivatives', 'log-determinant', String.raw`X^2X = X^3`, HOLDS],
  ['known-derivatives', 'log-determinant', String.raw`\frac{\partial f}{\partial X} = (X^{-1})_{ij}`, IF],
  ['known-derivatives', 'log-determinant', String.raw`X^\top = X_{ij}`, IF],
  ['sheet-d', 'D2', String.raw`W^{[1]} = w^{[1]}_{kj}`, IF],
  ['sheet-a', 'A1', String.raw`\frac{\partial s}{\partial z} = s_i(\delta_{ik}-s_k)`, HOLDS],
  ['sheet-d', 'D3', String.raw`\delta^{[l]} = \operatorname{diag}(g^{[l]\prime}(z^{[l]}))W^{[l+1]\top}\delta^{[l+1]}`, HOLDS],
  ['sheet-d', 'D3', String.raw`\frac{\partial z^{[l+1]}}{\partial z^{[l]}} = W^{[l+1]}\operatorname{diag}(g^{[l]\prime}(z^{[l]}))`, HOLDS],
  ['known-derivatives', 'squared-error', String.raw`f = \sum_{i=1}^N \|Y_i - T_i\|^2`, OPEN],
  ['known-derivatives', 'cross-entropy-gradient', String.raw`\log_1 z = \log z_1`, OPEN],
  ['sheet-e', 'E1', String.raw`\log_2 y = \log y_2`, OPEN],
  ['sheet-a', 'A1', String.raw`\mathrm{softmax}_i(z) = s_i`, HOLDS],
  ['sheet-d', 'D2', String.raw`\|W^{[1]}\|_2 = \sqrt{\sum_{j,k} (w_{jk}^{[1]})^2}`, IF],
  ['sheet-d', 'D2', String.raw`\|W^{[1]}\|_F^2 = \sum_{j,k} (w_{jk}^{[1]})^2`, HOLDS],
  ['known-derivatives', 'cross-entropy-gradient', String.raw`t\odot\mathbf1^\top = t`, OPEN],
  ['known-derivatives', 'cross-entropy-gradient', String.raw`\mathbf1^\top-t = -(t-\mathbf1)`, OPEN],
  ['known-derivatives', 'cross-entropy-gradient', String.raw`\frac{\mathbf1^\top}{z} = z^{-1}`, OPEN],
  ['known-derivatives', 'cross-entropy-gradient', String.raw`\frac{\mathbf1}{z} = z^{-1}`, HOLDS],
  ['known-derivatives', 'squared-error', String.raw`\mathbf1\odot Y = Y`, OPEN],
  ['known-derivatives', 'squared-error', String.raw`\frac{\partial f}{\partial Y} = 2(Y-T)+\mathbf1-\mathbf1^\top`, OPEN],
  ['sheet-a', 'A1', String.raw`\frac{\partial s}{\partial z} = \operatorname{diag}(s)(I-\mathbf{1}s^\top)`, HOLDS],
  ['sheet-a', 'A1', String.raw`\frac{\partial s}{\partial z} = (I-s\mathbf{1}^\top)\operatorname{diag}(s)`, HOLDS],
  ['sheet-a', 'A1', String.raw`\frac{\partial s}{\partial z} = \operatorname{diag}(s)(I-s\mathbf{1}^\top)`, WRONG],
  ['sheet-e', 'E2', String.raw`\frac{\partial E}{\partial z^{(2)}} = -t^\top(I-\mathbf{1}y^\top)`, HOLDS],
]

const PAIRS: readonly (readonly [left: string, right: string, expected: readonly string[]])[] = [
  [String.raw`\max(x,y)`, 'x', WRONG],
  ['|x-y|', 'x-y', WRONG],
  [String.raw`\min(x,5)`, 'x', WRONG],
  [String.raw`\mathrm{relu}(x-2)`, '0', WRONG],
  [String.raw`\mathrm{relu}(x+2)`, 'x+2', WRONG],
  [String.raw`\sqrt{x^2}`, 'x', WRONG],
  [String.raw`\sqrt{x^2}`, '|x|', HOLDS],
  [String.raw`\max(x,y)`, String.raw`\frac{x+y+|x-y|}{2}`, HOLDS],
  ['A^2', String.raw`A\odot A`, IF],
  [String.raw`(A\odot B)^2`, String.raw`A^2\odot B^2`, IF],
  [String.raw`\tanh^{-1}(x)`, String.raw`\frac1{\tanh(x)}`, OPEN],
  [String.raw`\sin(x)^{-1}`, String.raw`\frac1{\sin(x)}`, HOLDS],
  [String.raw`\log_2 x`, String.raw`\frac{\log x}{\log 2}`, HOLDS],
  [String.raw`\log_{10}(x)`, String.raw`\log x`, WRONG],
  [String.raw`\|A\|_1`, String.raw`\sum_{i,j} |A_{ij}|`, OPEN],
  ['AI', 'A', HOLDS],
  ['AA^{-1}', 'I', HOLDS],
  ['(A+I)x', 'Ax+x', HOLDS],
  [String.raw`\frac d{dx}x^2`, '2x', HOLDS],
  [String.raw`\frac d{dx}g(2x)`, "2g'(2x)", HOLDS],
  [String.raw`\frac d{dx}g(2x)`, "g'(2x)", WRONG],
  [String.raw`\frac{d}{2}`, 'd/2', HOLDS],
  ['g(x+y)', 'g(x)+g(y)', WRONG],
  ['g(-x)', '-g(x)', IF],
  ['h(a+b)', 'ha+hb', HOLDS],
  [String.raw`x\otimes y`, String.raw`y\otimes x`, WRONG],
  [String.raw`x\otimes y`, String.raw`xy^\top`, HOLDS],
  ['e^Ae^{-A}', 'I', OPEN],
  ['e^{A+B}', 'e^Ae^B', OPEN],
]

test.each(LINES)('%s %s: %s', (exercise, question, latex, expected) => {
  expect(expected).toContain(judgePage([claimOf(latex, question)], exerciseOf(exercise)).claims[0]!.verdict)
})

test.each(PAIRS)('%s and %s', (left, right, expected) => {
  expect(expected).toContain(judgeEqual(left, right).verdict)
})
