/** The summary of a course as a page of the core, which every format can show. */
import type { Page } from '@chainrule/core'
import { summaryOf } from '../finding/finding.ts'
import { withFormulas } from '../finding/inline.ts'
import { printable } from '../finding/printable.ts'
import type { JudgedPage } from '../judged-page.ts'
import { readable } from '../readable/readable.ts'
import { fitting } from '../text/columns.ts'
import { type AnswerGroup, groupsOf, slipsOf, totalCounts } from './groups.ts'
import * as words from './words.ts'

/** Rows of a table at most, and pages up to which each has its row. */
const MOST_ROWS = 20
const MOST_PAGES = 40
const LONGEST_LINE = 100

export interface CourseOptions {
  readonly questions?: readonly { readonly id: string; readonly title?: string }[]
}

/** What a teacher wants to know first: how many hold, which wrong lines are shared, which slips each question invites, what needs a look. */
export function coursePage(pages: readonly JudgedPage[], options: CourseOptions = {}): Page {
  const questions = options.questions ?? []
  const groups = groupsOf(pages, questions)
  const slips = slipsOf(pages, questions)
  const troubled = pages.filter(p => p.problem)
  const counts = totalCounts(pages)
  const marked = pages.some(p => p.marks)
  return {
    title: [words.title(pages.length)],
    preamble: [[summaryOf({ counts })]],
    sections: [
      ...table(words.sharedLines(), ['pages', 'question', 'wrong line', 'slip'], groups.map(g => [String(g.count), g.question ?? '', line(g), said(g.slip?.explanation ?? '')])),
      ...table(words.slips(), ['question', 'slip', 'times', 'pages', 'for example'], slips.map(s => [s.question ?? '', printable(s.name.replaceAll('-', ' ')), String(s.count), String(s.pages.length), said(s.explanation)])),
      ...(pages.length <= MOST_PAGES || marked ? table(words.pages(), ['page', 'hold', 'assuming', 'refuted', 'open', ...(marked ? ['marks', 'of', 'to look at'] : [])], pageRows(pages), Infinity) : []),
      ...table(words.troubled(), ['page', 'problem'], troubled.map(p => [printable(p.path), printable(p.problem!.message)]), Infinity),
    ],
    footer: [],
    data: undefined,
    ok: counts.refuted === 0,
  }
}

const pageRows = (pages: readonly JudgedPage[]): string[][] => pages.map(p => {
  const m = p.marks
  const { proved, agrees, conditional, refuted, undecided, unreadable } = p.counts
  return [printable(p.path), ...[proved + agrees, conditional, refuted, undecided + unreadable, ...(m ? [m.earned, m.of, m.open] : [])].map(String)]
})

/** A table with its heading; nothing where there are no rows. */
function table(heading: string, columns: readonly string[], rows: readonly (readonly string[])[], most = MOST_ROWS): Page['sections'] {
  if (rows.length === 0) return []
  const shown = rows.slice(0, most)
  const rest = rows.length - shown.length
  return [
    { kind: 'table', heading: [heading], columns, rows: shown },
    ...(rest > 0 ? [{ kind: 'text' as const, paragraphs: [[words.more(rest)]] }] : []),
  ]
}

const said = (sentence: string): string => withFormulas(printable(sentence), text => text, latex => readable(latex).text)

/** The wrong link; what stands before it is left out. */
function line({ latex, wrong }: AnswerGroup): string {
  const { text } = readable(printable(wrong))
  const shown = fitting(text, LONGEST_LINE)
  return `${latex.startsWith(wrong) ? '' : '… '}${shown}${shown.length < text.length ? '…' : ''}`
}
