/** A judged page as one self-contained HTML document. */
import { escapeHtml, renderHtmlBody } from '@chainrule/core'
import { type Finding, findingOf, SIGNS, summaryOf } from '../finding/finding.ts'
import { withFormulas } from '../finding/inline.ts'
import { marksPage } from '../grade/marks-page.ts'
import type { ClaimVerdict } from '../judge-types.ts'
import type { JudgedPage } from '../judged-page.ts'
import { readPage } from '../page.ts'
import { readable } from '../readable/readable.ts'
import { htmlDocument } from './document.ts'
import { markdownProse } from './markdown-prose.ts'
import { shownPage } from './shown-page.ts'
import { texProse } from './tex-prose.ts'
import { typesetter } from './typeset.ts'
import { anchorOf } from './verdict-box.ts'

/** The page with formulas typeset, each followed by its verdict, and a summary on top. All text of the page is escaped. */
export function annotateHtml(source: string, judged: JudgedPage): string {
  const page = readPage(source, judged.path)
  const shown = shownPage(page, judged.claims, typesetter())
  const prose = page.language === 'tex' ? texProse(shown) : markdownProse(shown)
  const title = judged.path.split(/[/\\]/).at(-1)!
  return htmlDocument(title, `${summaryBox(title, judged)}${prose}`)
}

/** The counts, and a list of what needs a look. */
function summaryBox(title: string, judged: JudgedPage): string {
  const attention = judged.claims.map(claim => ({ claim, finding: findingOf(claim) })).filter(({ finding }) => finding.tone === 'wrong' || finding.tone === 'open')
  return [
    '<section class="summary">',
    `<p><strong>${escapeHtml(title)}</strong></p>`,
    `<p>${escapeHtml(summaryOf(judged))}</p>`,
    ...(judged.problem ? [`<p class="wrong">${escapeHtml(judged.problem.message)}</p>`] : []),
    ...(attention.length === 0 ? [] : ['<ul>', ...attention.map(item), '</ul>']),
    ...(judged.marks ? [renderHtmlBody(marksPage(judged.marks), latex => escapeHtml(latex)).replace(/<h1>[^]*?<\/h1>\n/, '').trimEnd()] : []),
    ...(judged.remarks.length === 0 ? [] : [`<p class="note">${judged.remarks.map(r => `line ${r.line}: ${escapeHtml(r.message)}`).join('<br>')}</p>`]),
    '</section>\n',
  ].join('\n')
}

const item = ({ claim, finding }: { claim: ClaimVerdict; finding: Finding }): string =>
  `<li><a class="${finding.tone}" href="#${anchorOf(claim)}">${SIGNS[finding.tone]} ${escapeHtml(finding.place)}</a>: ${escapeHtml(finding.headline)}${finding.slip === undefined ? '' : `. ${withFormulas(finding.slip, escapeHtml, latex => escapeHtml(readable(latex).text))}`}</li>`
