import { describe, expect, test } from 'vitest'
import { readable } from './readable.ts'

test.each<[string, string]>([
  ['\\frac{\\partial E}{\\partial n_4}=\\frac{\\partial E}{\\partial n_6}\\frac{\\partial n_6}{\\partial n_4}', '∂E/∂n_4 = (∂E/∂n_6)(∂n_6/∂n_4)'],
  ['\\begin{split}a&=b\\\\&=c\\end{split}', 'a = b = c'],
  ['\\left(2\\sum_{i\\in data}(n_7-y_7^{(i)})\\right)g\'(b+w_{5,7}n_5)\\cdot w_{5,7}', "(2 Σ_{i∈data} (n_7 − y_7⁽ⁱ⁾))g'(b + w_{5,7}n_5) · w_{5,7}"],
  ['\\frac{e^{z_i}}{\\sum_k e^{z_k}}', 'e^{z_i} / (Σ_k e^{z_k})'],
  ['\\tfrac12(a-y)^2', '1/2 (a − y)²'],
  ['\\frac{a+b}{2c}', '(a + b)/(2c)'],
  ['W^{(2)\\top}(y-t)\\odot x^T', 'W⁽²⁾ᵀ(y − t) ⊙ xᵀ'],
  ['\\delta^{[l]}_i=-\\log\\hat y_c', 'δ^{[l]}_i = −log ŷ_c'.normalize('NFC')],
  ['\\begin{cases}a, & \\text{if } i=j\\\\-b & \\text{otherwise}\\end{cases}', '{a, if i = j; −b, otherwise}'],
  ['\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}', '[a, b; c, d]'],
  ['25\\,262\\,600', '25 262 600'],
  ['\\sqrt{x+1}\\,\\sqrt[3]{x}', '√(x + 1) ³√x'],
  ['w:=w-\\lambda g', 'w := w − λg'],
  ['\\mathrm{ReLU}(x)=\\max(0,x)', 'ReLU(x) = max(0, x)'],
  ['\\mathbb{R}^{n\\times m}', 'ℝ^{n×m}'],
  ['\\unknown{x}', '\\unknown x'],
  ['x^{\\prime}+f\'\'(x)', "x' + f''(x)"],
  ['\\textcolor{red}{x}\\label{eq}', 'x'],
  ['}}x{{', '}}x'],
  ['\\frac', '/'],
  ['', ''],
])('%s', (latex, text) => {
  expect(readable(latex).text).toBe(text)
})

describe('places', () => {
  const placed = (latex: string, part: string): string => {
    const start = latex.indexOf(part)
    const { text, place } = readable(latex)
    const at = place({ start, end: start + part.length })
    return text.slice(at.start, at.end)
  }
  test.each<[string, string, string]>([
    ['a=\\left(\\sum_{i}2(n-y)\\right)b', '\\left(\\sum_{i}2(n-y)\\right)', '(Σ_i 2(n − y))'],
    ['a=\\frac{b}{c}d', '\\frac{b}{c}', '(b/c)'.replace(/[()]/g, '')],
    ['a=\\frac{\\partial b}{\\partial c}d', '\\frac{\\partial b}{\\partial c}', '(∂b/∂c)'],
    ['a=\\frac{b+1}{c}', 'b+1', 'b + 1'],
    ['w_{2,5}^{(1)}x', '(1)', '⁽¹⁾'],
    ['w_{2,5}x', '5', '5'],
    ['a-b', '-b', '− b'],
    ['a\\cdot g\'(z)', "g'", "g'"],
  ])('in %s, %s is %s', (latex, part, text) => {
    expect(placed(latex, part)).toBe(text)
  })

  test('what leaves nothing has an empty place', () => {
    const { place } = readable('a\\label{x}=b')
    expect(place({ start: 1, end: 10 })).toEqual({ start: 2, end: 2 })
  })
})

test('formulas that are very long or very deep stay as they stand', () => {
  expect(readable('{'.repeat(100) + '\\alpha').text).toMatch(/\\alpha$/)
  expect(readable('\\alpha '.repeat(4000)).text).toMatch(/^\\alpha \\alpha/)
  for (const hostile of ['{', '\\frac', '\\frac{', '^', '_', '\\left(', '\\begin{cases}', '\\end', '\\hat', '\\text{', '\\sqrt[', '&', '\\\\']) {
    expect(readable(hostile.repeat(15_000)).text.length).toBeGreaterThanOrEqual(0)
  }
})
