import { expect, test } from 'vitest'
import type { Page } from '../page.ts'
import { INDEX_PAGE, LONG_PAGE, MATRIX_PAGE, VALUES_PAGE } from './page-samples.ts'
import { PLAIN } from './style.ts'
import { renderTextPage } from './text.ts'
import { width } from './width.ts'

test('relations and reasons of a page stand under each other', () => {
  expect(renderTextPage(MATRIX_PAGE, { width: 120 })).toMatchInlineSnapshot(`
    "E = −Σ_c t_c log y⁽²⁾_c, the mean over the data
    ∂E/∂W⁽¹⁾   has the shape of W⁽¹⁾: n1 × n0

      one sample
      1  ∂E/∂z⁽²⁾ = (∂E/∂y⁽²⁾)(∂y⁽²⁾/∂z⁽²⁾)                     chain rule
      2           = ((−t) ⊘ y⁽²⁾)ᵀ (diag(y⁽²⁾) − y⁽²⁾ y⁽²⁾ᵀ)    derivative of log; Jacobian of softmax
      3           = −tᵀ + 1ᵀ t y⁽²⁾ᵀ                            multiply out
      4           = (y⁽²⁾ − t)ᵀ                                 entries of t sum to 1
      5  ∂E/∂y⁽¹⁾ = (y⁽²⁾ − t)ᵀ W⁽²⁾                            z⁽²⁾ = W⁽²⁾ y⁽¹⁾
      6  ∂E/∂z⁽¹⁾ = (y⁽²⁾ − t)ᵀ W⁽²⁾ diag(y⁽¹⁾ ⊙ (1 − y⁽¹⁾))    σ' = σ(1 − σ), entry by entry
      7  ∂E/∂W⁽¹⁾ = (∂E/∂z⁽¹⁾)ᵀ xᵀ                              z⁽¹⁾_u = Σ_v w_uv x_v
                  = [ (y⁽¹⁾ ⊙ (1 − y⁽¹⁾)) ⊙ W⁽²⁾ᵀ (y⁽²⁾ − t) ] xᵀ
      all samples
      8  ∂E/∂W⁽¹⁾ = 1/m Σ_j [ … ]_j                             the mean stays outside; W⁽¹⁾ is shared by all samples

      checked: 8 of 8 lines, shapes and values, n0=5 n1=3 n2=4 m=2, 6 random points; finite differences agree to 2e-10
    "
  `)
})

test('lines, cases and remarks of an index page', () => {
  expect(renderTextPage(INDEX_PAGE)).toMatchInlineSnapshot(`
    "s_i = e^{z_i} / Σ_k e^{z_k}

      1  ∂s_i/∂z_j = (δ_ij e^{z_i} (Σ_k e^{z_k}) − e^{z_i} e^{z_j}) / (Σ_k e^{z_k})²    quotient rule; ∂z_i/∂z_j = δ_ij
      2            = s_i (δ_ij − s_j)                                                   fold e^z / Σ_k e^z = s
      i = j:  s_i (1 − s_i)        i ≠ j:  −s_i s_j
      matrix form:  diag(s) − s sᵀ
    "
  `)
})

test('numbers in a table are aligned at the decimal point', () => {
  expect(renderTextPage(VALUES_PAGE)).toMatchInlineSnapshot(`
    "values of residual.chain

      node   value   ∂z/∂node   local derivatives
      x_0     1          0.94
      w_0     0.3       −0.2
      x_1     0.4       −0.2    ∂x_1/∂(x_0 w_0 + b_0) = 1   (0.4 > 0)
      y_1    −0.38       1      ∂y_1/∂x_1 = w_1 = −0.2, ∂y_1/∂w_1 = x_1 = 0.4
      z       0.62       1      ∂z/∂y_1 = 1, ∂z/∂x_0 = 1   (0.62 > 0)

      relu at exactly 0 has the slope 0 here; no node stands at 0
    "
  `)
})

test('a long formula is broken before an operator, its reason stands below, a failed line is marked', () => {
  expect(renderTextPage(LONG_PAGE, { width: 80 })).toMatchInlineSnapshot(`
    "a long line

      1  ∂E/∂w_{1,3} = 2(n_3 − y_3) g(z_3) w_{3,3} + 2(n_4 − y_4) g(z_4) w_{3,4}
                         + 2(n_5 − y_5) g(z_5) w_{3,5} + 2(n_6 − y_6) g(z_6) w_{3,6}
                         + 2(n_7 − y_7) g(z_7) w_{3,7} + 2(n_8 − y_8) g(z_8) w_{3,8}
                         the sum over all paths from the weight to the loss, of
                         which there are six, one for each neuron of the next layer
    ✗ 2              = 0    a slip; this line fails its check: left 0.25, right 0

      checked: 1 of 2 lines
    "
  `)
})

test('no line is wider than asked for', () => {
  for (const page of [MATRIX_PAGE, INDEX_PAGE, VALUES_PAGE, LONG_PAGE]) {
    for (const columns of [72, 80, 100, 160]) {
      for (const line of renderTextPage(page, { width: columns }).split('\n')) expect(width(line), line).toBeLessThanOrEqual(columns)
    }
  }
})

test('style marks do not move anything', () => {
  const style = Object.fromEntries(Object.keys(PLAIN).map(k => [k, (text: string) => `\u001b[1m${text}\u001b[0m`])) as unknown as typeof PLAIN
  for (const page of [MATRIX_PAGE, VALUES_PAGE, LONG_PAGE]) {
    const marked = renderTextPage(page, { style })
    expect(marked).toContain('\u001b[')
    expect(marked.split('\u001b[1m').join('').split('\u001b[0m').join('')).toBe(renderTextPage(page))
  }
})

test('a wide table wraps its widest column and keeps its numbers whole', () => {
  const page: Page = { ...VALUES_PAGE, preamble: [], footer: [], sections: [{ kind: 'table', columns: ['layer', 'parameters', 'remark'], rows: [['conv', '25,000,100', 'a remark that goes on and on, far longer than the room that a narrow terminal has for it'], ['total', '1', '—']] }] }
  expect(renderTextPage(page, { width: 60 })).toMatchInlineSnapshot(`
    "values of residual.chain

      layer   parameters   remark
      conv    25,000,100   a remark that goes on and on, far
                           longer than the room that a narrow
                           terminal has for it
      total            1   —
    "
  `)
})

test('a derivation that begins anew stands apart', () => {
  const [section] = INDEX_PAGE.sections
  const twice: Page = { ...INDEX_PAGE, sections: [section!, section!] }
  expect(renderTextPage(twice).match(/\n\n {2}1 {2}/g)).toHaveLength(2)
})
