/** Every formula of the tables is read to its tree, loses nothing, and reads back from its print, which KaTeX sets. */
import katex from 'katex'
import { describe, expect, test } from 'vitest'
import { readingOf } from './reading.ts'
import { chains } from './readings/chains.ts'
import { cleanAndDamaged } from './readings/clean-and-damaged.ts'
import { courses } from './readings/courses.ts'
import { lectures } from './readings/lectures.ts'
import { names } from './readings/names.ts'
import { products } from './readings/products.ts'
import { sheets } from './readings/sheets.ts'

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(','))

describe.each([...names, ...products, ...chains, ...cleanAndDamaged, ...sheets, ...lectures, ...courses])('$title', ({ words, letters, rows }) => {
  test.each(rows)('%s', (source, tree) => {
    const reading = readingOf(source, words === undefined || letters === undefined ? undefined : { words: setOf(words), letters: setOf(letters) })
    expect(reading.tree).toBe(tree)
    expect(reading.faults).toEqual([])
    for (const print of reading.prints) katex.renderToString(print, { strict: false })
  })
})
