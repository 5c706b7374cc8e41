/** What a scanner finds on a page: paragraphs of words, formulas and ids, each with its place. Offsets count UTF-16 units of the page. */

/** A half-open range of the page. */
export interface Range { readonly start: number; readonly end: number }

/** Running text; code spans are words too. */
export interface Words extends Range { readonly kind: 'words' }

/** The comment `<!-- id: X -->`, in TeX `% id: X`. */
export interface Id extends Range { readonly kind: 'id'; readonly id: string }

/** A formula with its delimiters from `start` to `end`. */
export interface Formula extends Range {
  readonly kind: 'formula'
  /** On a line of its own (`$$`, `\[`, an environment, a `math` fence) or in the text (`$`, `\(`). */
  readonly display: boolean
  /** Where the LaTeX begins. */
  readonly from: number
  /** The LaTeX without delimiters, as long as it is on the page: what is no part of it (`>` of a quotation, comments) is blank. */
  readonly latex: string
  /** The delimiter that is missing, where the formula is not closed. */
  readonly missing?: string
}

export type Part = Words | Id | Formula

/** A paragraph, an item of a list, a cell of a table, a heading. */
export interface Paragraph extends Range {
  /** Of a heading, from 1; a paragraph of the text has none. */
  readonly level?: number
  readonly parts: readonly Part[]
  /** The number of the list item that begins with it: `2` of `2. $$...$$`. */
  readonly number?: string
  /** What a new line needs at its start to stand in the same list item or quotation: `> `, or blanks. */
  readonly prefix: string
  /** Where something can be inserted behind it: the end of its last line; for a cell, of its table. */
  readonly after: number
  /** Nothing can be inserted in the middle of it: a cell, a heading. */
  readonly whole?: boolean
}

export interface Scan {
  readonly paragraphs: readonly Paragraph[]
  /** Comments, which no reader of the page sees. */
  readonly hidden: readonly Range[]
}
