/** Hostile texts end in bounded time with a clear answer. */
import { describe, expect, test } from 'vitest'
import { ChainError } from '../errors.ts'
import { parseChain } from './parse.ts'

function fault(source: string): string {
  try {
    parseChain(source)
  } catch (error) {
    if (error instanceof ChainError) return error.render()
    throw error
  }
  return 'no error'
}

describe('limits', { timeout: 20_000 }, () => {
  const within = (source: string) => {
    const start = performance.now()
    const answer = fault(source).split('\n').at(-1)
    expect(performance.now() - start).toBeLessThan(10_000)
    return answer
  }
  test('size', () => expect(within('x'.repeat(1_000_001))).toBe('  The text is over the limit of 1,000,000 characters.'))
  test('tokens', () => expect(within(`z = ${'x + '.repeat(60_000)}x`)).toBe('  The text is over the limit of 100,000 tokens.'))
  test('brackets', () => expect(within(`z = ${'('.repeat(100_000)}`)).toBe('  The nesting of brackets is over the limit of 200 levels.'))
  test.each(['-', 'log ', 'sum_j ', '2^', '2^-', 'mean over data: '])('nesting by %s', (prefix) => expect(within(`z = ${prefix.repeat(15_000)}x`)).toBe('  The nesting is over the limit of 200 levels.'))
  test('one long chain', () => expect(within(`z = ${'x + '.repeat(5_000)}x`)).toBe('  The expression is over the limit of 1,000 levels.'))
  test.each(['x_{', 'x^(', 'a.', '"', '#', 'x_a', "x'", '⁽', '[i=', 'x[', '||', '1_', '\\\n', '   ', '\n  ', 'Σ', 'ŷ'])('%s many times ends soon', (piece) => void within(`z = ${piece.repeat(300_000 / piece.length)}`))
})
