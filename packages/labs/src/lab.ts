/** A lab: a question of a course, answered by derivation, by numbers and by a picture. */
import { type ElaborateOptions, type Network, type Page, readNetwork } from '@chainrule/core'
import type { Figure } from '@chainrule/plot'
import type { LabCard, LabValue } from './card.ts'
import { settingsOf } from './settings.ts'

/** The text of a network of one's own, and how it is read. */
export interface NetworkSource { readonly text: string; readonly path: string; readonly options: ElaborateOptions }

/** What a lab found: a page for reading, its `data` for programs, and a picture. All of it follows from the settings. */
export interface LabResult { readonly page: Page; readonly figure: Figure }

/** Settings by the names of a card's options. */
export type GivenSettings = Readonly<Record<string, LabValue | undefined>>

export interface Lab {
  readonly card: LabCard
  /** Runs the lab; settings that are left out have the values of the card. Throws a ChainError for settings that it cannot have. */
  readonly run: (given?: GivenSettings, source?: NetworkSource) => Promise<LabResult>
}

/** A lab from its card and what it does with complete settings. */
export const lab = <S>(card: LabCard, run: (settings: S, source: NetworkSource | undefined) => Promise<LabResult>): Lab => ({
  card,
  // async, so that a wrong setting is a rejection like everything else that goes wrong
  run: async (given = {}, source) => run(settingsOf(card, given, source !== undefined) as S, source),
})

/** The network of a source, read with more options than the source has. */
export const networkOf = ({ text, path, options }: NetworkSource, more: ElaborateOptions = {}): Network =>
  readNetwork(text, path, { ...options, ...more, functions: { ...options.functions, ...more.functions }, dims: { ...options.dims, ...more.dims } })
