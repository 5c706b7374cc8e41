import { expect, test } from 'vitest'
import { add, contract, entry, type Expr, freshIndex, type Index, number, power, reduce, selector, sizeValue, type Tensor } from '../../expression/index.ts'
import { printSize, rational, type Size, size, sizeSymbol, subS } from '../../shape/index.ts'
import { expressionCost } from './cost.ts'

const tensor = (name: string, ...axes: Size[]): Tensor => ({ key: name, name, axes, sample: false, rank: 0 })
const index = (n: Size | number): Index => freshIndex('i', typeof n === 'number' ? size(n) : n)
const at = (name: string, ...i: Index[]): Expr => entry(tensor(name, ...i.map(x => x.size)), i)

/** [p = s o + a - P] */
const window = (p: Index, s: Size, o: Index, a: Index, P: Size = size(0)): Expr =>
  selector('eq', [{ coefficient: size(1), index: p }, { coefficient: subS(size(0), s), index: o }, { coefficient: size(-1), index: a }], P)

const costOf = (e: Expr, oneHot = '') => {
  const cost = expressionCost(e, { resolve: s => s, isOneHot: key => key === oneHot, wantsGradient: key => key.startsWith('W') })
  return { macs: printSize(cost.macs), backward: printSize(cost.backwardMacs), elementwise: printSize(cost.elementwise) }
}

test('a dense layer: one MAC per weight, the bias is elementwise', () => {
  const [i, j] = [index(3), index(5)]
  expect(costOf(add(contract([j], [at('W', i, j), at('x', j)]), at('b', i)))).toEqual({ macs: '15', backward: '15', elementwise: '3' })
})

test('the order of a product of three: W (V x), not (W V) x', () => {
  const [i, j, k] = [index(3), index(4), index(5)]
  expect(costOf(contract([j, k], [at('W', i, j), at('W2', j, k), at('x', k)])).macs).toBe(String(4 * 5 + 3 * 4))
})

test('sizes stay formulas', () => {
  const [i, j] = [index(sizeSymbol('n')), index(sizeSymbol('k'))]
  expect(costOf(contract([j], [at('W', i, j), at('x', j)])).macs).toBe('k n')
})

test.each([1, 2])('a convolution with stride %i counts output places times kernel entries', stride => {
  const out = Math.floor((11 - 3) / stride) + 1
  const [o, c, i, a, p] = [index(7), index(2), index(out), index(3), index(11)]
  expect(costOf(contract([c, a, p], [at('W', o, c, a), at('x', c, p), window(p, size(stride), i, a)])).macs).toBe(String(7 * 2 * out * 3))
})

test('a convolution that keeps the size by padding', () => {
  const [o, c, i, a, p] = [index(7), index(2), index(11), index(3), index(11)]
  expect(costOf(contract([c, a, p], [at('W', o, c, a), at('x', c, p), window(p, size(1), i, a, size(1))])).macs).toBe(String(7 * 2 * 11 * 3))
})

test('a depthwise convolution has no product over channels', () => {
  const [c, i, a, p] = [index(7), index(9), index(3), index(11)]
  expect(costOf(contract([a, p], [at('W', c, a), at('x', c, p), window(p, size(1), i, a)])).macs).toBe(String(7 * 9 * 3))
})

test('a transposed convolution counts input places times kernel entries', () => {
  const [o, i, a] = [index(5), index(11), index(3)]
  expect(costOf(contract([o, a], [at('W', a), at('x', o), window(i, size(2), o, a)])).macs).toBe('15')
})

test('average and max pooling are no MACs', () => {
  const [i, a, p] = [index(5), index(2), index(10)]
  expect(costOf(contract([a, p], [at('x', p), window(p, size(2), i, a)], rational(1, 2)))).toEqual({ macs: '0', backward: '0', elementwise: '10' })
  expect(costOf(reduce('max', [a, p], at('x', p), [window(p, size(2), i, a)]))).toEqual({ macs: '0', backward: '0', elementwise: '10' })
})

test('a mean, a sum of squares and a scaled tensor are no MACs', () => {
  const [i, n] = [index(6), sizeSymbol('n')]
  const j = index(n)
  expect(costOf(contract([j], [at('x', j), power(sizeValue(n), number(-1))])).macs).toBe('0')
  expect(costOf(contract([i], [power(at('x', i), number(2))])).macs).toBe('0')
  expect(costOf(contract([], [at('W', i), at('x', i)])).macs).toBe('0')
})

test('a one-hot picks a row of a table and multiplies nothing', () => {
  const [t, v, d] = [index(4), index(1000), index(8)]
  const lookup = contract([v], [at('ids', t, v), at('W', v, d)])
  expect(costOf(lookup, 'ids').macs).toBe('0')
  expect(costOf(lookup).macs).toBe(String(4 * 1000 * 8))
})

test('attention counts both products in full and their two gradients', () => {
  const [q, k, d, e] = [index(5), index(6), index(3), index(2)]
  const scores = costOf(contract([d], [at('Wq', q, d), at('Wk', k, d)], rational(1, 2)))
  expect(scores).toEqual({ macs: '90', backward: '180', elementwise: '0' })
  expect(costOf(contract([k], [at('Wa', q, k), at('Wv', k, e)])).macs).toBe('60')
})

test('the samples are not counted', () => {
  const s = freshIndex('s', sizeSymbol('m'), true)
  const [i, j] = [index(3), index(5)]
  const x: Tensor = { ...tensor('x', sizeSymbol('m'), size(5)), sample: true }
  expect(costOf(contract([j], [at('W', i, j), entry(x, [s, j])])).macs).toBe('15')
})
