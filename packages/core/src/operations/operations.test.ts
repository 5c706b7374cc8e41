import { describe, expect, it } from 'vitest'
import { parseChain } from '../language/index.ts'
import { type Attribute, findOperation, operationNames, operations, type TensorOperation } from './index.ts'

const tensors = operations.filter((o): o is TensorOperation => o.kind === 'tensor')
const signed = operations.filter(o => o.kind !== 'scalar')
const call = (name: string, attributes: Record<string, Attribute>, shapes: Record<string, string[]>, sizes: Record<string, string> = {}): string =>
  (findOperation(name) as TensorOperation).definition(attributes, sizes, shapes)

describe('the list', () => {
  it('has every name and alias once, found by it', () => {
    expect(new Set(operationNames).size).toBe(operations.reduce((n, o) => n + 1 + (o.aliases?.length ?? 0), 0))
    for (const o of operations) for (const name of [o.name, ...(o.aliases ?? [])]) expect(findOperation(name)).toBe(o)
    expect(findOperation('toString')).toBeUndefined()
  })

  it('has a sentence for each', () => {
    for (const o of operations) expect(o.doc, o.name).toMatch(/\S.*\.$/)
  })

  it('has samples for everything on tensors, with a loss in each', () => {
    for (const o of signed) {
      expect(o.samples.length, o.name).toBeGreaterThan(0)
      for (const sample of o.samples) expect(sample, o.name).toMatch(/^loss /m)
      expect(o.samples.some(s => new RegExp(`\\b${o.name}\\(`).test(s)), o.name).toBe(true)
    }
  })

  it('states only attributes that it has', () => {
    for (const o of tensors) for (const key of Object.keys(o.unstated ?? {})) expect(o.signature).toMatch(new RegExp(`\\b${key}=`))
  })
})

describe.each(signed.map(o => [o.name, o] as const))('%s', (name, o) => {
  it('has a signature and samples that parse', () => {
    const [header] = parseChain(`block ${o.signature}:\n  return 0\n`, 'signature').statements
    expect(header).toMatchObject({ kind: 'block', name: { text: name } })
    for (const sample of o.samples) parseChain(sample, 'sample')
  })
})

describe('signatures', () => {
  it('use no name of an operation for an argument, an axis or an attribute: it would hide the operation inside', () => {
    for (const o of tensors) {
      const words = o.signature.slice(o.name.length).replace(/=[^,)]*/g, '').match(/[A-Za-z_]\w*/g) ?? []
      expect(words.filter(w => findOperation(w)), o.name).toEqual([])
    }
  })
})

describe('definitions', () => {
  it('parse', () => {
    const texts = [
      call('softmax', { axis: 'last' }, { z: ['3'] }),
      call('softmax', { axis: 1 }, { z: ['3', 'n'] }),
      call('batchnorm', { training: true, eps: 1e-5, axis: 1, affine: true }, { x: ['2', '3', 'n'] }),
      call('multihead_attention', { heads: 2, causal: true, bias: true }, { x: ['3', '4'] }, { tokens: '3', width: '4' }),
      call('lstm_cell', { units: 2, bias: true }, { x: ['3'], h: ['2'], c: ['2'] }, { inputs: '3', state: '2' }),
    ]
    for (const text of texts) parseChain(`block f(x):\n${text.replace(/^/gm, '  ')}\n`, 'definition')
  })

  it('names the axes of a sum', () => {
    expect(call('sum', { axis: 'all' }, { x: ['2', '3'] })).toBe('return sum_{i,j} x[i,j]')
    expect(call('mean', { axis: -1 }, { x: ['2', '3'] })).toBe('y[i] = mean_{j} x[i,j]\nreturn y')
    expect(() => call('sum', { axis: 3 }, { x: ['2', '3'] })).toThrow('sum: axis 3 does not exist. Axes count from 1 to 2; -1 is the last.')
  })

  it('writes a convolution as in the books', () => {
    const attributes = { filters: 4, kernel: 'kernel', stride: 'stride', padding: 'padding', dilation: 1, groups: 1, bias: true }
    expect(call('conv', attributes, { x: ['C', 'H', 'W'] }, { channels: 'C', height: 'H', width: 'W' })).toBe([
      'param W[filters, channels, kernel, kernel], b[filters]',
      'y[..., o: filters, i: floor((height + 2*padding - kernel)/stride) + 1, j: floor((width + 2*padding - kernel)/stride) + 1]'
        + ' = sum_{c,u,v} W[o, c, u, v] x[..., c, stride*(i - 1) + 1 + u - 1 - padding, stride*(j - 1) + 1 + v - 1 - padding] + b[o]',
      'return y',
    ].join('\n'))
  })

  it('says which attribute does not fit', () => {
    const attributes = { filters: 4, kernel: 3, stride: 1, padding: 0, dilation: 1, groups: 1, bias: true }
    const conv = (change: Record<string, Attribute>) => () => call('conv', { ...attributes, ...change }, {}, { channels: '3', height: '8', width: '9' })
    expect(conv({ kernel: [3, 3, 3] })).toThrow('conv: kernel = [3, 3, 3] cannot be read. It is 1 or more, or a list of 2.')
    expect(conv({ stride: 0 })).toThrow('conv: stride = 0 cannot be read. It is 1 or more, or a list of 2.')
    expect(conv({ groups: 2 })).toThrow('conv: groups=2 does not divide channels=3.')
    expect(() => call('reshape', { shape: [4, -1] }, { x: ['2', '3'] })).toThrow('reshape: the new shape has 4 entries, the tensor 6.')
  })
})

describe('same padding', () => {
  const at = (height: string, kernel: number, stride: number, dilation = 1) =>
    call('conv1d', { filters: 1, kernel, stride, padding: 'same', dilation, groups: 1, bias: false }, {}, { channels: '1', length: height })

  it('puts the greater half of the zeros after, and keeps ceil(size/stride) places', () => {
    expect(at('7', 4, 1)).toContain('y[..., o: filters, i: length] = sum_{c,u} W[o, c, u] x[..., c, i + u - 1 - 1]')
    expect(at('7', 3, 2)).toContain('i: 4] = sum_{c,u} W[o, c, u] x[..., c, 2*(i - 1) + 1 + u - 1 - 1]')
    expect(at('8', 3, 2)).toContain('i: 4] = sum_{c,u} W[o, c, u] x[..., c, 2*(i - 1) + 1 + u - 1]')
    expect(at('n', 3, 2)).toContain('i: floor((length + 1)/2)]')
    expect(() => at('n', 2, 3)).toThrow('conv1d: how much padding=same adds depends on sizes that are symbols here.')
  })
})
