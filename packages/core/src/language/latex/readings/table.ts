/** Formulas with their trees, as `dump.ts` writes them; read the tables to see what the reader decides. */

export interface ReadingTable {
  readonly title: string
  /** What is declared, between commas; without it the reader knows of no lexicon. */
  readonly words?: string
  readonly letters?: string
  /** The formula, and its statements parted by `;`, or the message that refuses it behind `!`. */
  readonly rows: readonly (readonly [source: string, tree: string])[]
}
