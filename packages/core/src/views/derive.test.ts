import { describe, expect, it } from 'vitest'
import { readNetwork } from '../network/index.ts'
import { renderText } from '../print/index.ts'
import { deriveReport } from './derive.ts'
import { gradcheckReport } from './gradcheck.ts'
import type { Page } from './page.ts'
import type { DeriveRequest } from './request.ts'
import { valuesReport } from './values.ts'

const page = (text: string, request: DeriveRequest): Page => deriveReport(readNetwork(text), request)
const lastLine = (p: Page, kind = 'lines'): string => {
  const lines = p.sections.flatMap(s => (s.kind === kind && s.kind === 'lines' ? s.lines : []))
  const last = lines.at(-1)!
  return `${last.left ? `${renderText(last.left)} ` : ''}${last.relation ?? ''} ${renderText(last.right)}`
}

const words = (lines: Page['footer']): string => lines.flat().map(x => (typeof x === 'string' ? x : renderText(x))).join(' ')

const SOFTMAX = 'param x[3]\ns = softmax(x)'
const TWO_LAYERS = `dim n0, n1, n2
input x[n0]
target t[n2] one-hot
param W[n1, n0], V[n2, n1]
h = tanh(W x)
y = softmax(V h)
loss E = mean over data: -sum_c t[c] log y[c]`

describe('derive', () => {
  it('answers for one entry by one entry', () => {
    const p = page(SOFTMAX, { of: 's[1]', wrt: ['x[2]'] })
    expect(lastLine(p)).toBe('∂s_1/∂x_2 = −s_1 s_2')
    expect(p.data).toMatchObject({ shape: [] })
    expect(p.ok).toBe(true)
  })
  it('refuses an entry that does not exist', () => {
    expect(() => page(SOFTMAX, { of: 's[4]', wrt: ['x[2]'] })).toThrow('s has no entry at position 4: its axis 1 has size 3, counted from 1.')
  })
  it('multiplies by a direction, which must have a name of its own', () => {
    const p = page(SOFTMAX, { of: 's', wrt: ['x'], jvp: 'v', view: 'matrix' })
    expect(lastLine(p)).toBe('= s ⊙ (v − (sᵀ v) 1)')
    expect(p.ok).toBe(true)
    expect(() => page(SOFTMAX, { of: 's', wrt: ['x'], jvp: 's' })).toThrow('s is a name of the network already')
  })
  it('gives letters to indices that no declared name has', () => {
    expect(lastLine(page('param i[2], j\nf = j i . i', { wrt: ['i'] }))).toBe('= 2i_k j')
  })
  it('derives by several variables in one pass and says which footer is whose', () => {
    const p = page(TWO_LAYERS, { view: 'matrix' })
    expect(p.ok).toBe(true)
    expect((p.data as { wrt: string }[]).map(d => d.wrt)).toEqual(['W', 'V'])
    expect(p.footer).toHaveLength(2)
  })
  it('is the same with one variable and with several', () => {
    const [both, alone] = [page(TWO_LAYERS, {}), page(TWO_LAYERS, { wrt: ['V'] })]
    const index = (d: unknown): string => (d as { result: { index: { text: string } } }).result.index.text
    expect(index((both.data as unknown[])[1])).toBe(index(alone.data))
  })
  it('takes letters for an update that the network leaves free', () => {
    const p = page('given lambda, mu\nparam w\nloss E = lambda w^2 + mu', { wrt: ['w'], update: 'nesterov' })
    expect(lastLine(p)).toBe('w ← w − η (β v + ∂E/∂w)')
  })
  it('puts the gradient into gradient descent, with its own minus', () => {
    expect(lastLine(page('param w\ninput x\nE = -w x', { wrt: ['w'], update: 'sgd' }))).toBe('w ← w + λ x')
  })
  it('reaches (y - t) x for a sigmoid with cross-entropy', () => {
    const text = 'dim n\ninput x[n]\ntarget t\nparam w[n]\ny = sigmoid(w . x)\nloss E = mean over data: -t log y - (1-t) log(1-y)'
    expect(lastLine(page(text, { wrt: ['w'], view: 'matrix' }))).toBe('∂E/∂w = 1/m Σ_i (y⁽ⁱ⁾ − t⁽ⁱ⁾) x⁽ⁱ⁾')
  })
  it('uses that a matrix is symmetric', () => {
    expect(lastLine(page('dim n\nparam x[n], A[n,n] symmetric\nf = 1/2 x^T A x', { wrt: ['x'], view: 'matrix' }))).toBe('= A x')
  })
  it('writes the direct part out beside other ways, and folds the mean', () => {
    const p = page('dim n\nparam x[n]\nf = sum(x)/n\ng = sum((x - f)^2)/n', { of: 'g', wrt: ['x'], view: 'matrix' })
    expect(lastLine(p)).toBe('= 2/n (x − f 1)')
  })
  it('divides by a sum over the data without losing a square', () => {
    const p = page('input x, y\nparam w\nloss E = sum over data: ((w x - y) x / mean over data: x)', { wrt: ['w'] })
    expect(p.ok).toBe(true)
    expect(lastLine(p)).toBe('= Σ_i (x⁽ⁱ⁾)² / (1/m Σ_j x⁽ʲ⁾)')
  })
  it('reads a shifted difference over a shorter range', () => {
    expect(lastLine(page('param w[5]\ny[i: 4] = w[i+1] - w[i]\nf = y . y', { wrt: ['w'] }))).toBe('= 2(y[i−1] − y_i)')
  })
  it('says when there is no matrix form', () => {
    const p = page('param A[2, 3], B[3, 2]\nC = A B', { of: 'C', wrt: ['A'], view: 'matrix' })
    expect(words(p.preamble)).toContain('there is no matrix form of shape 2 × 2 × 2 × 3')
  })
  it('names the missing size for components', () => {
    expect(() => page('dim n\nparam x[n]\nf = x . x', { wrt: ['x'], view: 'components' })).toThrow('The size n has no number')
  })
  it('finds the vector-Jacobian product of batch normalisation in its short form', () => {
    const text = 'dim N, n\ngiven D[N, n]\nparam X[N, n]\nmu[j] = mean_i X[i, j]\nsigma[j] = sqrt(mean_i (X[i, j] - mu[j])^2)\nZ[i, j] = (X[i, j] - mu[j]) / sigma[j]\nf = sum(D .* Z)'
    expect(lastLine(page(text, { wrt: ['X'], view: 'matrix' }))).toBe('= (D − 1/N 1 1ᵀ D − 1/N Z diag((D ⊙ Z)ᵀ 1)) ⊘ 1 σᵀ')
  })
})

describe('gradcheck', () => {
  const network = readNetwork(TWO_LAYERS)
  it('passes what is right and fails an error of 1e-6', () => {
    expect(gradcheckReport(network, {}).ok).toBe(true)
    const off = gradcheckReport(network, { tamper: (name, g) => { if (name === 'W') g[0] = g[0]! + 1e-6 * Math.max(1, Math.abs(g[0]!)) } })
    expect(off.ok).toBe(false)
    expect(off.data).toMatchObject({ worst: 'W[1,1]' })
  })
  it('says kink for a ReLU at 0', () => {
    const p = gradcheckReport(readNetwork('param w = 0.5, x = 0\nz = relu(w x)'))
    expect(p.ok).toBe(true)
    expect(p.data).toMatchObject({ gradients: [{ name: 'w', verdict: 'pass' }, { name: 'x', verdict: 'kink' }] })
  })
})

describe('values', () => {
  it('holds declared facts against the numbers', () => {
    expect(() => valuesReport(readNetwork('param z[2] = [1, 2]\ntarget t[2] = [0.5, 0.2] one-hot\nE = z . t'))).toThrow('t is declared one-hot, but its value has the row [0.5, 0.2].')
    expect(() => valuesReport(readNetwork('param A[2,2] = [[1,2],[3,4]] symmetric\nE = trace(A)'))).toThrow('A is declared symmetric')
  })
  it('keeps one sample without a sample axis, several with one', () => {
    const n = readNetwork('input x = 2\nparam w = 0.5\nz = w x')
    expect(valuesReport(n).data).toMatchObject({ nodes: { z: { shape: [], value: 1, exact: '1' }, w: { gradient: 2 } } })
    expect(valuesReport(n, { at: { x: [1, '1/3'] } }).data).toMatchObject({ nodes: { z: { shape: [2], exact: ['0.5', '1/6'] } } })
  })
  it('takes class numbers, one per sample, as one-hot rows', () => {
    const n = readNetwork('input x[2]\ntarget t[3] class\nparam W[3, 2] = [[0, 0], [0, 0], [0, 0]]\ny = softmax(W x)\nloss E = mean over data: cross_entropy(y, t)')
    const page = valuesReport(n, { at: { x: [[1, 2], [3, '0.5']], t: [0, 2] }, wrt: ['W'] })
    expect(page.data).toMatchObject({ nodes: { t: { value: [[1, 0, 0], [0, 0, 1]] } } })
    expect((page.data as { loss: number }).loss).toBeCloseTo(Math.log(3), 14)
    expect(() => valuesReport(n, { at: { x: [[1, 2]], t: [3] } })).toThrow('The class 3 of t is not one of 0 .. 2.')
  })
  it('names the first node that is not finite', () => {
    expect(words(valuesReport(readNetwork('param w = -1\ny = log(w)\nz = y + 1')).footer)).toContain('y is the first node whose value is no number')
  })
})
