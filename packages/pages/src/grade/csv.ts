/** Tables as CSV (RFC 4180), safe to open in a spreadsheet. */
import { type ClaimVerdict } from '../judge-types.ts'
import type { JudgedPage } from '../judged-page.ts'
import type { Gradebook } from './gradebook.ts'

/** Lines end in CR LF; cells with commas, quotes or line ends stand in quotes, quotes are doubled. */
export const csv = (rows: readonly (readonly (string | number | undefined)[])[]): string => rows.map(row => `${row.map(cell).join(',')}\r\n`).join('')

function cell(value: string | number | undefined): string {
  if (value === undefined) return ''
  const text = typeof value === 'number' ? String(value) : inert(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A spreadsheet takes a text for a formula that begins with one of these; behind an apostrophe it is a text. */
const inert = (text: string): string => (/^[\s]*[=+\-@\t\r|%]/.test(text) ? `'${text}` : text).replaceAll('\0', '')

/** One row for each page: marks of each question, the total, what is to be looked at. */
export const gradebookCsv = ({ questions, pages }: Gradebook): string => csv([
  ['page', ...questions.map(q => q.id), 'total', 'of', 'to look at', 'outside of the questions', 'problem'],
  ...pages.map(p => [p.path, ...p.questions.map(q => q.earned), p.earned, p.of, p.open, p.outside, p.problem]),
])

/** One row for each formula. */
export const claimsCsv = (pages: readonly JudgedPage[]): string => csv([
  ['page', 'line', 'id', 'question', 'verdict', 'links', 'first wrong', 'slip', 'explanation', 'follows', 'problem', 'latex'],
  ...pages.flatMap(page => [
    ...page.claims.map((c: ClaimVerdict) => [
      page.path, c.line, c.id, c.question, c.verdict, c.links.length, c.firstWrong ?? undefined, c.slip?.name, c.slip?.explanation,
      c.follows ? c.followsFrom ?? 'yes' : undefined, c.problem?.message, c.latex,
    ]),
    ...(page.problem ? [[page.path, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, page.problem.message, undefined]] : []),
  ]),
])
