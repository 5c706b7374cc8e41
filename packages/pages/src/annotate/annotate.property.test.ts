import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPage } from '../page.ts'
import { annotateHtml } from '../html/annotate-html.ts'
import type { ClaimVerdict } from '../judge-types.ts'
import { judged } from '../support/verdicts.ts'
import { annotateMarkdown } from './markdown.ts'
import { annotateTex } from './tex.ts'

/** Pieces of which pages are made; every combination of them is a page. */
const MARKDOWN = ['$$a=b$$', '$$', '$c=d$', '$', '$i\\neq j$', 'words', ' ', '\n', '\n\n', '\r\n', '> ', '- ', '1. ', '  ', '    ', '# ', '---\n', '===\n', '|', '`', '```\n', '```math\n', '<!-- id: X -->', '<!-- note -->', '<!--', '\\[', '\\]', 'e^f', '\\begin{align}', '\\end{align}', '\\', '**', '_', '[', '](u)', '<b>', '.', 'if ', '<!-- chainrule -->', '<!-- /chainrule -->', '> **x**\n', '宽', '\t']
const TEX = ['\\[a=b\\]', '$$', '$c=d$', '$', 'words', ' ', '\n', '\n\n', '\r\n', '% id: X\n', '%', '% chainrule: x\n', '\\section{A}', '\\item ', '\\begin{align}', '\\end{align}', '\\begin{verbatim}', '\\end{verbatim}', '\\begin{itemize}', '\\end{document}', '{', '}', '\\verb|', '\\par ', '\\$', '\\\\', 'if ', '.']

const page = (pieces: readonly string[]): fc.Arbitrary<string> => fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map(parts => parts.join(''))
const verdictsOf = (source: string, path: string) => judged(readPage(source, path).claims.map(({ formula: _, paragraph: __, conditions: ___, headings: ____, ...c }, k): ClaimVerdict =>
  ({ ...c, verdict: (['proved', 'refuted', 'unreadable'] as const)[k % 3]!, links: [], firstWrong: null })), { path })
/** Annotations leave blanks, which mean nothing in a formula. */
const latexOf = (source: string, path: string): string[] => readPage(source, path).claims.map(c => c.latex.replace(/\s+/g, ' '))

test('places and texts of the formulas agree', () => {
  fc.assert(fc.property(page(MARKDOWN), source => {
    for (const { latex, offset, line } of readPage(source, 'a.md').claims) {
      const found = source.slice(offset, offset + latex.length)
      expect(found.replace(/([\r\n])([ \t]*>[ \t>]*)/g, (_, end: string, marks: string) => end + ' '.repeat(marks.length))).toBe(latex.replace(/([\r\n])([ \t]*>[ \t>]*)/g, (_, end: string, marks: string) => end + ' '.repeat(marks.length)))
      expect(line).toBe(source.slice(0, offset).split(/\r\n?|\n/).length)
    }
  }), { numRuns: 2000 })
})

test.each([['a.md', MARKDOWN, annotateMarkdown], ['a.tex', TEX, annotateTex]] as const)('annotations are not judged and leave no trace: %s', (path, pieces, annotate) => {
  fc.assert(fc.property(page(pieces), text => {
    const source = annotate(text, judged([]))
    const once = annotate(source, verdictsOf(source, path))
    expect(latexOf(once, path)).toEqual(latexOf(source, path))
    expect(annotate(once, verdictsOf(once, path))).toBe(once)
    expect(annotate(once, judged([]))).toBe(source)
  }), { numRuns: 3000 })
})

test('every verdict is on the HTML page', () => {
  fc.assert(fc.property(page(MARKDOWN), source => {
    const verdicts = verdictsOf(source, 'a.md')
    expect(annotateHtml(source, verdicts).match(/<aside/g)?.length ?? 0).toBe(verdicts.claims.length)
  }), { numRuns: 500 })
})
