/** A page in its own language, with its verdicts. */
import type { JudgedPage } from '../judged-page.ts'
import { languageOf } from '../page.ts'
import { annotateMarkdown } from './markdown.ts'
import { annotateTex } from './tex.ts'

/** TeX with comments, Markdown with block quotes. */
export const annotatePage = (source: string, judged: JudgedPage): string => (languageOf(judged.path) === 'tex' ? annotateTex : annotateMarkdown)(source, judged)
