/** Damaged formulas, with the repair that comes first; the reader itself never repairs. */
import { describe, expect, test } from 'vitest'
import { proposeRepairs, readLatex } from './index.ts'

const first: readonly (readonly [damaged: string, repaired: string])[] = [
  [String.raw`\frac{d6(2)i}{d2j} = \begin{cases} 6(2)i \cdot (1-6(2)i), & \text{when } i=j \\ -6(2)i \cdot 6(2)j, & \text{when } i\neq j \end{cases}`,
    String.raw`\frac{d\sigma(z)_i}{dz_j} = \begin{cases} \sigma(z)_i \cdot (1-\sigma(z)_i), & \text{when } i=j \\ -\sigma(z)_i \cdot \sigma(z)_j, & \text{when } i\neq j \end{cases}`],
  [String.raw`= \frac{0 \cdot \xi_{k:1}^{n} e^{2k} - e^{2i} e^{2j}}{\left(\xi_{k:1}^{n} e^{2k}\right)^{2}}`,
    String.raw`= \frac{0 \cdot \sum_{k=1}^{n} e^{z_k} - e^{z_i} e^{z_j}}{\left(\sum_{k=1}^{n} e^{z_k}\right)^{2}}`],
  [String.raw`\frac{(e^{2i})!}{(E_{k=1}^n e^{2k})^2}`,
    String.raw`\frac{(e^{z_i})'}{(\sum_{k=1}^n e^{z_k})^2}`],
  [String.raw`= -\xi_{j} \frac{\partial}{\partial h_{i}} \gamma_{j} \left[h_{j} - \log \left(\xi_{k} \exp (h_{k}) \right) \right]`,
    String.raw`= -\sum_{j} \frac{\partial}{\partial h_{i}} y_{j} \left[h_{j} - \log \left(\sum_{k} \exp (h_{k}) \right) \right]`],
  [String.raw`\frac{\partial E}{\partial x} = -t * log(sigmoid(Wx))' * \frac{\partial sigmoid(Wx)}{\partial x} =`,
    String.raw`\frac{\partial E}{\partial x} = -t * log(sigmoid(Wx))' * \frac{\partial sigmoid(Wx)}{\partial x} `],
  [String.raw`\frac{d z_2}{d z_1} = g_1(\epsilon_1) \cdot (1 - g_1/\epsilon_1)) = a_1(1 - a_1)`,
    String.raw`\frac{d z_2}{d z_1} = g_1(z_1) \cdot (1 - g_1(z_1)) = a_1(1 - a_1)`],
  [String.raw`\frac{d a_2}{d z_2} = \frac{d g_2(z_1)}{d z_2} : g_2(z_2) \cdot (1 - z_2) g_2(z_2)) = a_2(1 - a_2)`,
    String.raw`\frac{d a_2}{d z_2} = \frac{d g_2(z_1)}{d z_2} = g_2(z_2) \cdot (1 - z_2) g_2(z_2) = a_2(1 - a_2)`],
  [String.raw`\frac{\partial z}{\partial w_0} = \frac{\partial z}{\partial y^2} \cdot \frac{\partial y}{\partial y} \cdot \frac{\partial x_0}{\partial x_0} \cdot \frac{$`,
    String.raw`\frac{\partial z}{\partial w_0} = \frac{\partial z}{\partial y^2} \cdot \frac{\partial y}{\partial y} \cdot \frac{\partial x_0}{\partial x_0}`],
  [String.raw`\frac{\partial y}{\partial z} = \begin{cases} \frac{\frac{\partial softmax(z)}{\partial z} = y*(1-y) & for \quad i=j\\ \frac{\partial softmax(z)}{\partial z} = -y_i * y_j & for \quad i \neq j \end{cases}`,
    String.raw`\frac{\partial y}{\partial z} = \begin{cases} \frac{\partial softmax(z)}{\partial z} = y*(1-y) & for \quad i=j\\ \frac{\partial softmax(z)}{\partial z} = -y_i * y_j & for \quad i \neq j \end{cases}`],
  [String.raw`L_1 = 3x3x64`,
    String.raw`L_1 = 3 \times 3 \times 64`],
  [String.raw`x_1 = 0,4`,
    String.raw`x_1 = 0.4`],
  [String.raw`\frac{\delta E}{\delta w} = 2`,
    String.raw`\frac{\partial E}{\partial w} = 2`],
  [String.raw`g^1(z) = 1`,
    String.raw`g'(z) = 1`],
  [String.raw`\frac{\partial E}{\partial w} = (a - b`,
    String.raw`\frac{\partial E}{\partial w} = (a - b)`],
  [String.raw`y = 6(z)`,
    String.raw`y = \sigma (z)`],
  [String.raw`W^{(z)} x`,
    String.raw`W^{(2)} x`],
  [String.raw`\sigma(2)_i = 2_i`,
    String.raw`\sigma(z)_i = z_i`],
  [String.raw`w_1 = w_1 - \lambda \cdot`,
    String.raw`w_1 = w_1 - \lambda`],
  [String.raw`\Sigma_i x_i`,
    String.raw`\sum_i x_i`],
  [String.raw`W^{\tau} x`,
    String.raw`W^{T} x`],
  [String.raw`a_1(1 - a_4) = a_2 x`,
    String.raw`a_1(1 - a_1) = a_2 x`],
  [String.raw`S_{k=1}^n x_k`,
    String.raw`\sum_{k=1}^n x_k`],
  [String.raw`\frac{\partial z}{\partial 2_j}`,
    String.raw`\frac{\partial z}{\partial z_j}`],
  [String.raw`y - t) x`,
    String.raw`y - t x`],
  [String.raw`a \Theta b`,
    String.raw`a \odot b`],
]

test.each(first)('%s', (damaged, repaired) => {
  expect(proposeRepairs(damaged)[0]?.latex).toBe(repaired)
})

describe('proposals', () => {
  test.each(first)('%s: each can be read, says what it changed, and there are at most 16', (damaged) => {
    const proposals = proposeRepairs(damaged)
    expect(proposals.length).toBeLessThanOrEqual(16)
    expect(new Set(proposals.map(({ latex }) => latex)).size).toBe(proposals.length)
    for (const { latex, changes } of proposals) {
      expect(() => readLatex(latex)).not.toThrow()
      let made = ''
      let at = 0
      for (const { span, was, now } of changes) {
        expect(damaged.slice(span.start, span.end)).toBe(was)
        made += damaged.slice(at, span.start) + now
        at = span.end
      }
      expect(made + damaged.slice(at)).toBe(latex)
    }
  })

  test('further readings follow, with fewer changes taken', () => {
    expect(proposeRepairs('\\frac{(e^{2i})!}{(E_{k=1}^n e^{2k})^2}').map(({ latex }) => latex)).toEqual([
      "\\frac{(e^{z_i})'}{(\\sum_{k=1}^n e^{z_k})^2}", "\\frac{(e^{2i})'}{(\\sum_{k=1}^n e^{2k})^2}", "\\frac{(e^{z_i})'}{(E_{k=1}^n e^{z_k})^2}", "\\frac{(e^{2i})'}{(E_{k=1}^n e^{2k})^2}",
    ])
  })

  test.each(['a = b', '\\frac{\\partial E}{\\partial w} = \\sum_{k=1}^n x_k (1 - y)^2', '\\sigma(z)_i (1 - \\sigma(z)_i)', '100 \\cdot 100 = 10000', 'L_1 = 5 \\cdot 5'])('%s is not damaged', (source) => {
    expect(proposeRepairs(source)).toEqual([])
  })

  test('what is declared decides between letters', () => {
    const lexicon = { words: new Set<string>(), letters: new Set(['z']) }
    expect(proposeRepairs('g(\\epsilon_1) = 1', lexicon)[0]?.latex).toBe('g(z_1) = 1')
    expect(proposeRepairs('g(\\epsilon_1) = 1')).toEqual([])
  })
})
