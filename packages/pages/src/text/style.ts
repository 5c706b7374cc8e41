/** How parts of the text are set off, for instance by colour; every function returns its text with marks that take no column. */
import type { Tone } from '../finding/finding.ts'

export type VerdictStyle = Readonly<Record<Tone | 'title' | 'faint', (text: string) => string>>

const same = (text: string): string => text

/** No marks at all. */
export const PLAIN_VERDICTS: VerdictStyle = { holds: same, conditional: same, wrong: same, open: same, title: same, faint: same }
