/** How parts of the text are set off, for instance by colour; every function returns its text with marks that take no column. */
export interface Style {
  readonly title: (text: string) => string
  readonly heading: (text: string) => string
  readonly number: (text: string) => string
  readonly reason: (text: string) => string
  readonly faint: (text: string) => string
  readonly wrong: (text: string) => string
}

const same = (text: string): string => text
/** No marks at all. */
export const PLAIN: Style = { title: same, heading: same, number: same, reason: same, faint: same, wrong: same }
