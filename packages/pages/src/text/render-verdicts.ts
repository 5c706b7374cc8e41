/** A judged page as text for a terminal. */
import { renderTextPage } from '@chainrule/core'
import { findingOf, type Finding, SIGNS, summaryOf } from '../finding/finding.ts'
import { withFormulas } from '../finding/inline.ts'
import type { PageMarks } from '../grade/marks.ts'
import { marksPage } from '../grade/marks-page.ts'
import type { ClaimVerdict } from '../judge-types.ts'
import type { JudgedPage } from '../judged-page.ts'
import { readable } from '../readable/readable.ts'
import { columns } from './columns.ts'
import { formulaLine, latexLine } from './formula-line.ts'
import { PLAIN_VERDICTS, type VerdictStyle } from './style.ts'
import { caretsUnder } from './window.ts'
import { wrapText } from './wrap.ts'

export interface VerdictTextOptions {
  /** Columns; at least 40. */
  readonly width?: number
  readonly style?: VerdictStyle
}

const INDENT = '  '

const marksLines = (marks: PageMarks, width: number): string[] => renderTextPage(marksPage(marks), { width }).trimEnd().split('\n').filter(l => l !== '')

/** The page as text that ends in a newline: each formula with its verdict, then the counts, then what is to be said of the page. */
export function renderVerdicts(page: JudgedPage, options: VerdictTextOptions = {}): string {
  const width = Math.max(40, options.width ?? 120)
  const style = options.style ?? PLAIN_VERDICTS
  const blocks = page.claims.map(claim => renderClaim(claim, width, style))
  const remarks = page.remarks.flatMap(({ line, message }) => wrapText(`line ${line}: ${message}`, width))
  const problem = page.problem ? wrapText(page.problem.message, width).map(style.wrong) : []
  // formulas that hold stand line under line, the others apart
  const lines = blocks.flatMap((block, k) => (k > 0 && (block.length > 1 || blocks[k - 1]!.length > 1) ? ['', ...block] : block))
  return `${[lines, remarks.map(style.faint), page.marks ? marksLines(page.marks, width) : [], [...problem, ...wrapText(summaryOf(page), width).map(style.title)]].filter(part => part.length > 0).map(part => part.join('\n')).join('\n\n')}\n`
}

/** One verdict that stands for itself: without the place of its formula on a page. */
export const renderVerdict = (claim: ClaimVerdict, { width = 120, style = PLAIN_VERDICTS }: VerdictTextOptions = {}): string =>
  `${renderClaim(claim, Math.max(40, width), style, '').join('\n')}\n`

function renderClaim(claim: ClaimVerdict, width: number, style: VerdictStyle, place?: string): string[] {
  const finding = findingOf(claim)
  const tone = style[finding.tone]
  const shown = formulaLine(claim, finding.wrong, width - INDENT.length)
  const verdict = [place ?? finding.place, withReadings(finding)].filter(t => t !== '').join(': ')
  const first = `${tone(SIGNS[finding.tone])} ${shown.text}`
  if (finding.tone === 'holds' && finding.details.length === 0) {
    const room = width - INDENT.length - columns(shown.text)
    const gap = INDENT.length + 1
    if (columns(verdict) + gap <= room) return [`${first}${' '.repeat(Math.max(gap, Math.min(room - columns(verdict), 60 - columns(shown.text))))}${style.faint(verdict)}`]
    return [first, ...indented(verdict, width).map(style.faint)]
  }
  return [first, ...(finding.wrong ? [`${INDENT}${tone(caretsUnder(shown))}`] : []), ...said(finding, verdict, width, style)]
}

/** `holds, proved (b stands for b_6)`: of what holds, how it was read belongs to the verdict. */
const withReadings = ({ tone, headline, readings }: Finding): string => (tone === 'holds' && readings.length > 0 ? `${headline} (${readings.join('; ')})` : headline)

function said(finding: Finding, verdict: string, width: number, style: VerdictStyle): string[] {
  const { tone, slip, right, counterexample } = finding
  const notes = tone === 'holds' ? [] : [...finding.readings, ...finding.evidence]
  return [
    ...indented([`${verdict}.`, ...finding.details].join(' '), width),
    ...(slip === undefined ? [] : indented(`slip: ${withFormulas(slip, text => text, latex => readable(latex).text)}`, width)),
    ...(right === undefined ? [] : rightLine(right, width, style)),
    ...(counterexample === undefined ? [] : indented(`try it: ${[...counterexample.at, ''].join(', ').replace(/, $/, ': ')}${counterexample.values}`, width)),
    ...(notes.length === 0 ? [] : indented(`note: ${notes.join('; ')}`, width).map(style.faint)),
  ]
}

const RIGHT = 'right: '

function rightLine({ latex, mark }: NonNullable<Finding['right']>, width: number, style: VerdictStyle): string[] {
  const shown = latexLine(latex, mark, width - INDENT.length - RIGHT.length)
  const carets = `${INDENT}${' '.repeat(RIGHT.length)}${style.holds(caretsUnder(shown))}`
  return [`${INDENT}${RIGHT}${shown.text}`, ...(shown.end > shown.start ? [carets] : [])]
}

const indented = (text: string, width: number): string[] => wrapText(text, width - INDENT.length).map((line, k) => `${INDENT}${k > 0 ? INDENT : ''}${line}`)
