/** A page of answers: its text, its claims, and what is to be said of it. */
import { type Claim, claimsOf, type PageRemark } from './claims.ts'
import type { ClaimSource } from './judge-types.ts'
import { pageTooLong, tooManyFormulas } from './messages.ts'
import { annotationsOf, withoutAnnotations } from './scan/annotation.ts'
import { scanMarkdown } from './scan/markdown.ts'
import type { Range, Scan } from './scan/parts.ts'
import { scanTex } from './scan/tex.ts'
import { lineCounter } from './scan/text.ts'

export type { Claim, PageRemark }

export interface AnswerPage {
  readonly path: string
  readonly source: string
  /** The source with blanks in the place of annotations of an earlier run; offsets are the same in both. */
  readonly text: string
  readonly annotations: readonly Range[]
  readonly language: 'markdown' | 'tex'
  readonly claims: readonly Claim[]
  readonly remarks: readonly PageRemark[]
  readonly scan: Scan
}

export interface PageLimits { readonly characters: number; readonly formulas: number }

export const PAGE_LIMITS: PageLimits = { characters: 2_000_000, formulas: 5_000 }

/** A path that ends in `.tex` or `.latex` is TeX, any other Markdown. */
export const languageOf = (path: string): AnswerPage['language'] => (/\.(?:tex|latex)$/i.test(path) ? 'tex' : 'markdown')

/** Reads a page. Throws a ChainError for a page past the limits. */
export function readPage(source: string, path: string, limits: PageLimits = PAGE_LIMITS): AnswerPage {
  if (source.length > limits.characters) throw pageTooLong(source.length, limits.characters)
  const language = languageOf(path)
  const annotations = annotationsOf(source, language)
  const text = withoutAnnotations(source, annotations)
  const scan = language === 'tex' ? scanTex(text) : scanMarkdown(text)
  const { claims, remarks } = claimsOf(text, scan, lineCounter(source), limits.formulas, () => { throw tooManyFormulas(limits.formulas) })
  return { path, source, text, annotations, language, claims, remarks, scan }
}

/** The claims of a page as the judge takes them. */
export const formulasOf = (source: string, path: string): ClaimSource[] => readPage(source, path).claims.map(({ formula: _, paragraph: __, ...claim }) => claim)
