/** Signs inside a sum of products: every difference is read with its earlier term first, whichever way it was built. */
import { expect, test } from 'vitest'
import { add, entry, type Expr, multiply, negate, number, subtract, type Tensor } from '../expression/index.ts'
import { indexForm, renderText } from './index.ts'

let rank = 0
const scalar = (name: string, target = false): Expr => {
  const t: Tensor = { key: name, name, axes: [], sample: false, rank: target ? 1e9 + ++rank : ++rank }
  return entry(t, [])
}
const [w, v, n6, n8] = ['w', 'v', 'n_6', 'n_8'].map(n => scalar(n)) as [Expr, Expr, Expr, Expr]
const [y6, y8] = [scalar('y_6', true), scalar('y_8', true)]

test.each([
  ['as they are', add(multiply(subtract(n6, y6), w), multiply(subtract(n8, y8), v))],
  ['both turned', negate(add(multiply(subtract(y6, n6), w), multiply(subtract(y8, n8), v)))],
  ['one turned', subtract(multiply(subtract(n6, y6), w), multiply(subtract(y8, n8), v))],
])('%s', (_, sum) => {
  expect(renderText(indexForm(multiply(number(2), sum, w)))).toBe('2((n_6 − y_6) w + (n_8 − y_8) v) w')
})

test('three levels', () => {
  const inner = add(multiply(subtract(y6, n6), w), multiply(subtract(y8, n8), v))
  expect(renderText(indexForm(multiply(number(-2), add(multiply(inner, v), multiply(subtract(y6, n6), n8)), w)))).toBe('2((n_6 − y_6) n_8 + ((n_6 − y_6) w + (n_8 − y_8) v) v) w')
})
