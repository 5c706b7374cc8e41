/** A verdict as HTML, to stand behind its formula. */
import { escapeHtml } from '@chainrule/core'
import { type Finding, SIGNS } from '../finding/finding.ts'
import { withFormulas } from '../finding/inline.ts'
import type { ClaimVerdict } from '../judge-types.ts'
import type { Typesetter } from './typeset.ts'

/** The anchor of a claim; nothing of the page's own text is in it. */
export const anchorOf = (claim: Pick<ClaimVerdict, 'offset'>): string => `formula-${claim.offset}`

/** The box: what is found, the slip and the right line, the numbers folded. */
export function verdictBox(claim: ClaimVerdict, finding: Finding, typeset: Typesetter): string {
  const { tone, place, headline, details, readings, evidence, slip, right, counterexample } = finding
  const notes = [...readings, ...evidence]
  return [
    `<aside class="verdict ${tone}" id="${anchorOf(claim)}">`,
    `<p><strong>${SIGNS[tone]} ${escapeHtml(place)}: ${escapeHtml(headline)}.</strong>${details.map(d => ` ${escapeHtml(d)}`).join('')}</p>`,
    ...(slip === undefined ? [] : [`<p>${withFormulas(slip, escapeHtml, latex => typeset(latex, false))}</p>`]),
    ...(right === undefined ? [] : [`<div class="scroll"><span class="word">Right:</span> ${typeset(right.latex, false, { ...right.mark, as: 'right' })}</div>`]),
    ...(counterexample === undefined ? [] : [`<details><summary>Try it: ${escapeHtml(counterexample.values)}</summary>\n<ul>${counterexample.at.map(a => `<li><code>${escapeHtml(a)}</code></li>`).join('')}</ul></details>`]),
    ...(notes.length === 0 ? [] : [`<p class="note">${escapeHtml(notes.join('; '))}</p>`]),
    '</aside>',
  ].join('\n')
}
