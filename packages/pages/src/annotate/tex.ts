/** A page of TeX with its verdicts: comment lines behind each formula. */
import { SIGNS } from '../finding/finding.ts'
import { printable } from '../finding/printable.ts'
import type { JudgedPage } from '../judged-page.ts'
import { readPage } from '../page.ts'
import { TEX_ANNOTATION } from '../scan/annotation.ts'
import { edited } from './edits.ts'
import { annotationEdits, atEnd, removals, type Written } from './places.ts'

/** The page with each formula followed by its verdict as comments. Annotations of an earlier run are replaced. */
export function annotateTex(source: string, judged: Pick<JudgedPage, 'claims' | 'counts' | 'marks'>): string {
  const page = readPage(source, 'page.tex')
  return edited(source, [...removals(page), ...annotationEdits(page, judged.claims, comments), ...atEnd(source, judged, (summary, end) => lines([summary], end))])
}

const lines = (all: readonly string[], end: string): string => all.map(line => `${end}${TEX_ANNOTATION}${printable(line).replace(/ +/g, ' ')}`).join('')

const comments = (there: readonly Written[], end: string): string => lines(there.flatMap(told), end)

function told({ name, finding }: Written): string[] {
  const { tone, headline, details, readings, evidence, slip, right, counterexample } = finding
  const notes = tone === 'holds' ? readings : [...readings, ...evidence]
  return [
    `${SIGNS[tone]} ${name === undefined ? '' : `${name}: `}${[`${headline}.`, ...details].join(' ')}`,
    ...(slip === undefined ? [] : [slip]),
    ...(right === undefined ? [] : [`right: ${right.latex}`]),
    ...(counterexample === undefined ? [] : [`try it: ${counterexample.at.join(', ')}: ${counterexample.values}`]),
    ...(notes.length === 0 ? [] : [`note: ${notes.join('; ')}`]),
  ]
}
