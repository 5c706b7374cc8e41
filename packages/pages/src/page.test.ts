import { describe, expect, test } from 'vitest'
import { hostilePages } from './hostile-pages.ts'
import { PAGE_LIMITS, readPage } from './page.ts'

describe.each(['page.md', 'page.tex'])('%s', path => {
  test.each(Object.entries(hostilePages(150_000)))('a page of %s is read or refused', (_, source) => {
    try {
      const { claims, remarks } = readPage(source, path)
      expect(claims.length).toBeLessThanOrEqual(PAGE_LIMITS.formulas)
      expect(remarks.length).toBeLessThanOrEqual(50)
    } catch (error) {
      expect((error as Error).message).toBe('The page has more than 5000 formulas. Split it, or check its parts one by one.')
    }
  })
})

test('a page that is too long is refused', () => {
  expect(() => readPage('aaaa', 'a.md', { characters: 3, formulas: 1 })).toThrow('The page has 4 characters. It may have 3.')
  expect(() => readPage('$$a$$ $$b$$', 'a.md', { characters: 99, formulas: 1 })).toThrow('The page has more than 1 formulas.')
})
