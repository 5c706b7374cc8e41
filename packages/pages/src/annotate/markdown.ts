/** A page of Markdown with its verdicts: a block quote behind each formula, between comments that no reader sees. */
import type { JudgedPage } from '../judged-page.ts'
import { readPage } from '../page.ts'
import { ANNOTATION } from '../scan/annotation.ts'
import { SIGNS } from '../finding/finding.ts'
import { withFormulas } from '../finding/inline.ts'
import { printable } from '../finding/printable.ts'
import { edited } from './edits.ts'
import { wrapped } from './mark.ts'
import { annotationEdits, atEnd, removals, type Written } from './places.ts'

/**
 * The page with each formula followed by its verdict, and the counts at its end. Annotations of an earlier run are
 * replaced; without them the result is the page as it was.
 */
export function annotateMarkdown(source: string, judged: Pick<JudgedPage, 'claims' | 'counts' | 'marks'>): string {
  const page = readPage(source, 'page.md')
  return edited(source, [...removals(page), ...annotationEdits(page, judged.claims, quote), ...atEnd(source, judged, (summary, end) => block('', [`**${summary}**`], end))])
}

function quote(there: readonly Written[], end: string): string {
  const lines = there.flatMap((written, k) => [...(k > 0 ? [''] : []), ...told(written)])
  return block(there[0]!.prefix, lines, end)
}

const block = (prefix: string, lines: readonly string[], end: string): string =>
  end + [ANNOTATION.open, ...lines.map(line => `> ${line}`.trimEnd()), '', ANNOTATION.close].map(line => (prefix + line).trimEnd()).join(end)

function told({ name, finding }: Written): string[] {
  const { tone, headline, details, readings, evidence, slip, right, counterexample } = finding
  const notes = [...readings, ...evidence]
  const id = name === undefined ? '' : `${words(printable(name))}: `
  return [
    `**${SIGNS[tone]} ${id}${words(headline)}.**${[...details, ...(tone === 'holds' && readings.length > 0 ? [`(${readings.join('; ')})`] : [])].map(d => ` ${words(d)}`).join('')}`,
    ...(slip === undefined ? [] : ['', withFormulas(slip, words, latex => `$${inDollars(latex).replaceAll('$', '')}$`)]),
    ...(right === undefined ? [] : ['', `Right: $$${inDollars(underlined(right.latex, right.mark))}$$`]),
    ...(counterexample === undefined ? [] : ['', `Try it: ${code([...counterexample.at, ''].join(', '))}${words(counterexample.values)}`]),
    ...(tone === 'holds' || notes.length === 0 ? [] : ['', `Note: ${words(notes.join('; '))}`]),
  ]
}

/** Words that Markdown would read as markup are escaped; a comment cannot be ended. */
const words = (text: string): string => text.replace(/[\\`*_<>[\]$|#]/g, '\\$&')

const code = (text: string): string => `\`${text.replace(/, $/, '').replaceAll('`', "'").replaceAll('<!--', '< !--')}\`: `

const underlined = (latex: string, mark: { start: number; end: number }): string => wrapped(latex, mark, '\\underline{', '}') ?? latex

/** LaTeX that stays between its dollars, and on its line. */
const inDollars = (latex: string): string => latex.replace(/\s+/g, ' ').replaceAll('$$', '$ $').replaceAll('<!--', '< !--').trim()
