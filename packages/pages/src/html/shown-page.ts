/** What the renderers of prose are given: formulas by number, and how each is shown. */
import { findingOf } from '../finding/finding.ts'
import type { ClaimVerdict } from '../judge-types.ts'
import type { AnswerPage } from '../page.ts'
import type { Formula } from '../scan/parts.ts'
import type { Typesetter } from './typeset.ts'
import { verdictBox } from './verdict-box.ts'

export interface ShownPage {
  readonly page: AnswerPage
  readonly formulas: readonly Formula[]
  /** HTML of a formula. */
  readonly formula: (k: number) => string
  /** HTML of the verdict on a formula; undefined for one that is no claim. */
  readonly verdict: (k: number) => string | undefined
}

export function shownPage(page: AnswerPage, verdicts: readonly ClaimVerdict[], typeset: Typesetter): ShownPage {
  const formulas = page.scan.paragraphs.flatMap(p => p.parts.filter(part => part.kind === 'formula'))
  const byOffset = new Map(verdicts.map(claim => [claim.offset, { claim, finding: findingOf(claim) }]))
  return {
    page, formulas,
    formula: k => {
      const { latex, display, from } = formulas[k]!
      const wrong = byOffset.get(from)?.finding.wrong
      return typeset(latex, display, wrong && { ...wrong, as: 'wrong' })
    },
    verdict: k => {
      const found = byOffset.get(formulas[k]!.from)
      return found && verdictBox(found.claim, found.finding, typeset)
    },
  }
}
