/** Hostile and long input ends at once, with an error that says why; the time grows with the length alone. */
import { describe, expect, test } from 'vitest'
import { ChainError } from '../../errors.ts'
import { printLatex, proposeRepairs, readLatex, uncovered } from './index.ts'

function answer(source: string, limits = {}): string {
  try {
    return `${readLatex(source, { limits }).tokens.length} tokens`
  } catch (error) {
    if (error instanceof ChainError) return error.message
    throw error
  }
}

const [long, deep, many] = ['The formula is over the limit of 20,000 characters.', 'The nesting is over the limit of 100 levels.', 'The formula is over the limit of 5,000 tokens.']

describe('limits', () => {
  test.each([
    ['100,000 brackets', '('.repeat(100_000), long], ['1 MB', 'x+'.repeat(500_000), long], ['brackets', '('.repeat(20_000), deep], ['braces', '{'.repeat(20_000), deep],
    ['brackets that close', `${'('.repeat(101)}x${')'.repeat(101)}`, deep], ['environments', '\\begin{cases}'.repeat(1_500), deep], ['norms', '\\left|'.repeat(3_000), deep],
    ['fractions', '\\frac'.repeat(4_000), deep], ['hats', '\\hat'.repeat(4_000), deep], ['sums', '\\sum'.repeat(4_000), deep], ['functions', '\\log'.repeat(4_000), deep], ['fonts', '\\mathbf{'.repeat(2_000), deep],
    ['differentials', '\\mathrm{d}'.repeat(1_500), deep], ['partials', '\\partial'.repeat(2_000), deep], ['gradients', '\\nabla'.repeat(3_000), deep], ['signs', '-'.repeat(4_000), deep], ['signs and more', '-'.repeat(20_000), many],
    ['exponents', 'x^{'.repeat(6_000), deep], ['subscripts', 'x_{'.repeat(6_000), deep], ['roots', '\\sqrt{'.repeat(3_000), deep],
    ['letters', 'ab'.repeat(10_000), many], ['primes', `x${"'".repeat(19_999)}`, many], ['bars', '|'.repeat(20_000), many], ['rows', '\\\\'.repeat(10_000), many], ['spaces', '\\,'.repeat(10_000), many], ['comments', '%\n'.repeat(10_000), many], ['dollars', '$'.repeat(20_000), many],
    ['digits', '1'.repeat(20_000), '1 tokens'], ['blanks', ' '.repeat(20_000), 'Expected a formula, found the end of the formula.'], ['text without an end', '\\text{'.repeat(3_000), '\\text has no argument in braces.'],
    ['a command that repeats itself', '\\def\\x{\\x\\x}\\x', 'A formula does not define commands; \\def is not read. Write out what the command stands for.'],
  ])('%s', (_, source, expected) => {
    const start = performance.now()
    expect(answer(source)).toBe(expected)
    proposeRepairs(source)
    expect(performance.now() - start).toBeLessThan(1_000)
  })

  test('a caller may set its own', () => {
    expect(answer('a + b', { characters: 4 })).toBe('The formula is over the limit of 4 characters.')
    expect(answer('a + b', { tokens: 2 })).toBe('The formula is over the limit of 2 tokens.')
    expect(answer('a + b', { nodes: 2 })).toBe('The formula is over the limit of 2 parts.')
    expect(answer('((a))', { depth: 1 })).toBe('The nesting is over the limit of 1 levels.')
  })

  test('the deepest formula is read and printed', () => {
    const source = `${'f('.repeat(99)}x${')'.repeat(99)}`
    const formula = readLatex(source)
    expect(uncovered(formula)).toEqual([])
    expect(printLatex(formula.statements[0]!)).toBe(source)
  })
})

describe('time', () => {
  const line = '\\frac{\\partial E}{\\partial w_{2,5}} = \\sum_{k=1}^{n} \\delta_k^{[l+1]} g\'(z_i) \\left(1 - \\tanh^2(z)\\right) + 0.5 \\\\\n'
  const page = (lines: number): string => line.repeat(lines).trim()
  const best = (source: string, runs: number): number => {
    const limits = { characters: 200_000, tokens: 200_000, nodes: 200_000 }
    return Math.min(...Array.from({ length: runs }, () => {
      const start = performance.now()
      readLatex(source, { limits })
      return performance.now() - start
    }))
  }

  test('20,000 characters take less than 50 ms, eight times as many about eight times that', () => {
    best(page(20), 20)
    const once = best(page(180), 6)
    expect(page(180).length).toBeGreaterThan(18_000)
    expect(once).toBeLessThan(50)
    expect(best(page(1_440), 3) / once).toBeLessThan(24)
  })

  test.each([['letters', 'loss'.repeat(1_200)], ['sum', 'w_1 + '.repeat(1_200) + 'b'], ['lines', 'a &= b \\\\ '.repeat(800)], ['lines of one chain', '&= b \\\\ '.repeat(1_200)], ['signed lines', '-b \\\\ '.repeat(1_200)], ['products', '(x)'.repeat(1_200)], ['blanks', `a${' '.repeat(19_000)}b`], ['grouped', '1,111+'.repeat(1_500) + '1'], ['labels', 'x^{(2)}'.repeat(600)]])('a long run of %s', (_, source) => {
    best(source, 2)
    expect(best(source, 3)).toBeLessThan(50)
  })
})
