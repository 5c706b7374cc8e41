/** In Jacobian layout a gradient through several layers is a chain of Jacobians; in gradient layout it stays a column. */
import { expect, it } from 'vitest'
import { apply, contract, entry, type Index, multiply, scale, subtract } from '../../expression/index.ts'
import { rational } from '../../shape/index.ts'
import { axis, fn, primed, printed, tensor } from './check.test-helper.ts'

const g = fn('g', true)
const [W, V] = [tensor('W', [5, 3]), tensor('V', [3, 2])]
const [a, y, t, z, v] = [tensor('a', [3]), tensor('y', [5]), tensor('t', [5]), tensor('z', [5]), tensor('v', [3])]
const [j, k, i] = [axis('j', 5), axis('k', 3), axis('i', 2)]
const slope = (x: typeof z, at: Index) => apply(primed(g), [entry(x, [at])])
const start = [subtract(entry(y, [j]), entry(t, [j])), slope(z, j)]
const rows = { layout: 'jacobian' } as const

it('through one layer and through two', () => {
  const one = contract([j], [...start, entry(W, [j, k])])
  const two = contract([j, k], [...start, entry(W, [j, k]), slope(v, k), entry(V, [k, i])])
  expect(printed(one, { column: k }, rows)).toBe('(y − t)ᵀ diag(g\'(z)) W')
  expect(printed(two, { column: i }, rows)).toBe('(y − t)ᵀ diag(g\'(z)) W diag(g\'(v)) V')
  expect(printed(scale(rational(2), two), { column: i }, rows)).toBe('2(y − t)ᵀ diag(g\'(z)) W diag(g\'(v)) V')
  expect(printed(two, { row: i })).toBe('Vᵀ (g\'(v) ⊙ Wᵀ (g\'(z) ⊙ (y − t)))')
})

it('a row without a chain stays as it is', () => {
  expect(printed(multiply(entry(a, [k]), slope(v, k)), { column: k }, rows)).toBe('(g\'(v) ⊙ a)ᵀ')
})
