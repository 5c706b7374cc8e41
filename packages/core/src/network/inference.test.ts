import { describe, expect, it } from 'vitest'
import { indexForm, renderText } from '../index.ts'
import { batchStatistics, dropoutMasks, inferenceNetwork, readNetwork } from './index.ts'

const names = (text: string): string[] => batchStatistics(readNetwork(text)).map(n => n.name)
const definition = (text: string, name: string): string => renderText(indexForm(inferenceNetwork(readNetwork(text)).byName.get(name)!.definition!))

const normed = 'input x[3]\ntarget t\nparam w[3]\nn = batchnorm(x)\ny = w . n\nloss E = mean over data: (y - t)^2'

describe('batch statistics', () => {
  it('are the mean and variance of batch norm', () => expect(names(normed)).toEqual(['n.mu', 'n.v']))
  it('are what a text writes itself, and not what follows from them alone', () => {
    expect(names('input x\ntarget t\nparam w\nmu = mean over data: x\nv = mean over data: (x - mu)^2\ns = 1/sqrt(v + 1/100)\ny = w s (x - mu)\nloss E = mean over data: (y - t)^2')).toEqual(['mu', 'v'])
  })
  it('are not the loss, nor a part of it', () => {
    expect(names('input x\ntarget t\nparam w\ny = w x\nm_y = mean over data: y\nloss E = (mean over data: (y - t)^2) + m_y^2')).toEqual([])
  })
})

describe('masks', () => {
  const text = 'input x[3], m[3], k[3]\nparam w[3]\nblock f(x[n], keep[n], share):\n  return dropout(x, keep, rate=share)\ny = w . f(relu(dropout(x, m, rate=1/4)), k, share=1/2)'
  it('are found with their shares, inside blocks too', () => expect([...dropoutMasks(readNetwork(text))]).toEqual([['m', 0.25], ['k', 0.5]]))
  it('with two shares are refused', () => {
    expect(() => dropoutMasks(readNetwork('input x[3], m[3]\nparam w[3]\na = dropout(x, m, rate=1/4)\nb = dropout(a, m, rate=1/2)\ny = w . b')))
      .toThrow('m is a mask with a share of zeros of 0.25 in one place, and of 0.5 in another. Each share needs a mask of its own.')
  })
  it('that are computed are refused', () => {
    expect(() => dropoutMasks(readNetwork('input x[3], m[3]\nparam w[3]\nk = m .* m\na = dropout(x, k, rate=1/4)\ny = w . a'))).toThrow('The mask k is no input, so it cannot be drawn. Declare it: input k[...].')
  })
})

describe('in use', () => {
  it('statistics are given, and what reads them stays', () => {
    const n = inferenceNetwork(readNetwork(normed))
    expect(n.byName.get('n.mu')).toMatchObject({ kind: 'given' })
    expect(n.byName.get('n.mu')!.definition).toBeUndefined()
    expect(renderText(indexForm(n.byName.get('n')!.definition!))).toContain('(x_i − n.μ_i) / √(n.v_i')
  })
  it('statistics may stay those of the batch', () => expect(inferenceNetwork(readNetwork(normed), { statistics: 'batch' }).byName.get('n.mu')!.definition).toBeDefined())
  it('a mask is its mean, so dropout does nothing', () => {
    const n = inferenceNetwork(readNetwork('input x[3], m[3]\nparam w[3]\nh = dropout(x, m, rate=1/4)\ny = w . h'))
    expect(n.byName.has('m')).toBe(false)
    expect(definition('input x[3], m[3]\nparam w[3]\nh = dropout(x, m, rate=1/4)\ny = w . h', 'h')).toBe('x_i')
    // a mask below a sum keeps its binder
    expect(definition('input x[3], m[3]\nparam w[3]\nh = dropout(x, m, rate=1/2)\ny = sum_i w[i] h[i] m[i]', 'y')).toBe('1/2 Σ_i w_i h_i')
  })
  it('other networks stay as they are', () => {
    const n = readNetwork('input x\nparam w\ny = w x')
    expect(inferenceNetwork(n)).toBe(n)
  })
})
