/** The guide in docs/guide is what the corpus says today, and its formulas can be set. */
import { readFileSync } from 'node:fs'
import katex from 'katex'
import { expect, test } from 'vitest'
import { guidePages } from './guide/pages.ts'

const pages = [...guidePages(new URL('./', import.meta.url))]

test.each(pages)('docs/guide/%s is up to date (npm run guide)', (name, text) => {
  expect(readFileSync(new URL(`../docs/guide/${name}`, import.meta.url), 'utf8')).toBe(text)
})

test.each(pages)('KaTeX accepts every formula of %s', (_, text) => {
  const prose = text.replace(/^```[^]*?^```$/gm, '')
  for (const [, display, inline] of prose.matchAll(/\$\$([^$]+)\$\$|(?<!\\)\$([^$\n]+)\$/g)) {
    katex.renderToString((display ?? inline)!, { throwOnError: true, displayMode: display !== undefined, strict: 'ignore' })
  }
})
