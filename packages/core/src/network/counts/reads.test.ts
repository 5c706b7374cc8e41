import { expect, test } from 'vitest'
import { contract, entry, type Expr, freshIndex, type Index, reduce, selector, type Tensor } from '../../expression/index.ts'
import { printSize, size, sizeSymbol, subS, type Size } from '../../shape/index.ts'
import { readsOf } from './reads.ts'

const tensor = (name: string, ...axes: Size[]): Tensor => ({ key: name, name, axes, sample: false, rank: 0 })
const index = (n: Size | number): Index => freshIndex('i', typeof n === 'number' ? size(n) : n)
const at = (name: string, ...i: Index[]): Expr => entry(tensor(name, ...i.map(x => x.size)), i)
const affine = (p: Index, ...terms: [Size, Index][]): Expr =>
  selector('eq', [{ coefficient: size(1), index: p }, ...terms.map(([c, i]) => ({ coefficient: subS(size(0), c), index: i }))])

/** `W0:` nothing, `x1:stride/extent` for the slot read along the given output index. */
const read = (e: Expr, o: Index): string[] => readsOf(e, s => s).map(r => {
  const reach = r.along.get(o)
  return `${r.tensor}${r.slot}:${reach ? `${printSize(reach.stride)}/${printSize(reach.extent)}` : r.along.size > 0 ? 'other' : 'whole'}`
}).sort()

test('a strided, dilated window', () => {
  const [f, c, o, k, p] = [index(4), index(2), index(9), index(3), index(30)]
  const conv = contract([c, k, p], [at('W', f, c, k), at('x', c, p), affine(p, [size(3), o], [size(2), k])])
  expect(read(conv, o)).toEqual(['W0:other', 'W1:whole', 'W2:whole', 'x0:whole', 'x1:3/5'])
})

test('a window of a symbolic kernel', () => {
  const [o, k, p] = [index(9), index(sizeSymbol('K')), index(30)]
  const conv = contract([k, p], [at('W', k), at('x', p), affine(p, [sizeSymbol('S'), o], [size(1), k])])
  expect(read(conv, o)).toEqual(['W0:whole', 'x0:S/K'])
})

test('the window of a maximum', () => {
  const [o, k, p] = [index(9), index(3), index(30)]
  expect(read(reduce('max', [k, p], at('x', p), [affine(p, [size(2), o], [size(1), k])]), o)).toEqual(['x0:2/3'])
})

test('a reshape is no window', () => {
  const [t, i, j] = [index(12), index(3), index(4)]
  expect(read(contract([i, j], [at('x', i, j), affine(t, [size(4), i], [size(1), j])]), t)).toEqual(['x0:whole', 'x1:whole'])
})
