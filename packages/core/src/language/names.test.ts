/** Names: every spelling of a name has one canonical text. */
import { describe, expect, test } from 'vitest'
import { parseExpression, parseName, parseReference } from './parse.ts'
import { printExpression } from './print-expression.ts'

const spellings: readonly (readonly [canonical: string, ...others: string[]])[] = [
  ['W^(1)', 'W^{(1)}', 'W⁽¹⁾', 'W^( 1 )', 'W^{ (1) }'],
  ['a^[l-1]', 'a^{[l-1]}', 'a^[l - 1]', 'a^[l−1]'],
  ['w_13', 'w_{13}', 'w₁₃'],
  ['w_{1,3}', 'w_{1, 3}', 'w_{ 1,3 }'],
  ['w_{1,2}^(1)', 'w^(1)_{1,2}', 'w⁽¹⁾_{1,2}', 'w^{(1)}_{1,2}'],
  ['z^(l+1)', 'z⁽ˡ⁺¹⁾', 'z^{(l + 1)}'],
  ['y^*', 'y^{*}', 'y^{ * }'],
  ['y_i^(2)^*', 'y^*_i^(2)', 'y^(2)^*_i'],
  ['n_6^(i)', 'n₆⁽ⁱ⁾', 'n_6^{(i)}'],
  ['sigma', 'σ', 'ς', '𝜎'],
  ['lambda_1', 'λ_1', 'λ₁'],
  ['delta^(2)', 'δ⁽²⁾', 'δ^{(2)}'],
  ['Sigma', 'Σ'],
  ['yhat^(2)', 'ŷ⁽²⁾', 'y\u0302^(2)', 'ŷ^(2)'],
  ['xbar', 'x̄'],
  ['x_sigma', 'x_σ', 'x_{σ}'],
  ['c1.W'],
  ['layer1.2.conv.W'],
  ['z^(1).W', 'z⁽¹⁾.W'],
  ['Loss'],
  ['xw_0', 'xw₀'],
  ['batch_size'],
  ['global_avg_pool', 'global_{avg_pool}'],
  ['é'.normalize('NFC'), 'e\u0301'],
]

describe('one canonical text for all spellings', () => {
  test.each(spellings.map((row) => [row[0], row]))('%s', (canonical, row) => {
    expect(row.map((spelling) => parseName(spelling).text)).toEqual(row.map(() => canonical))
  })
})

test('a name keeps its parts', () => {
  expect(parseName('W^(1)_{i, j}')).toEqual({ text: 'W_{i,j}^(1)', base: 'W', sub: 'i,j', layer: { bracket: '(', text: '1' }, span: { start: 0, end: 12 } })
  expect(parseName('c1.W_a')).toEqual({ text: 'c1.W_a', base: 'c1.W', sub: 'a', span: { start: 0, end: 6 } })
  expect(parseName('y^*')).toEqual({ text: 'y^*', base: 'y', star: true, span: { start: 0, end: 3 } })
})

test.each([
  ['W^(1)', 'W^(1)', ''],
  ['(x_2)_d', 'x_2', 'd'],
  ['x_2[d]', 'x_2', 'd'],
  ['(W⁽¹⁾)_{i, j+1}', 'W^(1)', 'i j + 1'],
  ['(x_2)ᵢ', 'x_2', 'i'],
  ['s[i]', 's', 'i'],
])('the reference %s', (source, name, indices) => {
  const reference = parseReference(source)
  expect([reference.name.text, reference.indices.map((index) => index.kind === 'index' ? printExpression(index.value) : '...').join(' ')]).toEqual([name, indices])
})

test.each([
  ['a.b', 'a.b', 'name'],
  ['a . b', 'a . b', 'binary'],
  ['a·b', 'a . b', 'binary'],
  ['(a).b', '(a) . b', 'binary'],
  ['W^(1)', 'W^(1)', 'name'],
  ['W^1', 'W^1', 'binary'],
  ['W²', 'W^2', 'binary'],
  ['(W)^(1)', '(W)^(1)', 'binary'],
  ['x^*', 'x^*', 'name'],
  ['Wᵀ', 'W^T', 'transpose'],
  ['W^{⊤}', 'W^T', 'transpose'],
  ['W^Ty', 'W^Ty', 'binary'],
  ['x^T_1', 'x^T_1', 'binary'],
])('%s is a %s', (source, text, kind) => {
  const read = parseExpression(source)
  expect([printExpression(read), read.kind]).toEqual([text, kind])
})
