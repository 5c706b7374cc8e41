/** What the tokenizer makes of a formula. */
import type { Accent, Font, Span } from './ast.ts'

/** What stands between a token and the one before: nothing, a blank, a thin space such as `\,`, a wide one such as `\quad`. */
export type Gap = '' | 'blank' | 'thin' | 'quad'

export type TokenKind =
  | 'name' // a letter, a Greek letter, a word: `w`, `sigma`, `Loss`
  | 'number' // text in plain digits: `25262600`, `0.3`
  | 'text' // words between formulas
  | 'open' | 'close' // text: `(` `[` `{` for \{, `brace` for {, `half` for \left\{ without its other end, `|` `||` for bars with a side, `floor`, `ceil`
  | 'bar' // a bar without a side, `|` or `||`
  | 'operator' // `+` `-` or a ProductOperator
  | 'relation' // a Relation
  | 'sup' | 'sub' | 'prime'
  | 'comma' // `,` or `;`
  | 'point' // `.` `!` `?`
  | 'dots'
  | 'command' // frac, over, sqrt, sum, prod, partial, nabla, top, substack, underset, braced
  | 'accent' // text: an Accent
  | 'font' // text: a Font, or `plain` for commands that change only the looks
  | 'begin' | 'end' // text: the name of an environment
  | 'row' | 'align' // `\\` and `&`
  | 'finish'

/** A token; its span is empty where the source has no character for it, as the ^ of `x²`. */
export interface Token {
  readonly kind: TokenKind
  readonly text: string
  readonly span: Span
  readonly gap: Gap
  readonly font?: Font | undefined
  readonly accent?: Accent | undefined
  /** Place of the other end in the list of tokens, for brackets and environments. */
  readonly partner?: number | undefined
}

/** What a spelling stands for, without its place. */
export type Spelling = Pick<Token, 'kind' | 'text' | 'font' | 'accent'>

/** Limits on a formula; beyond them the reader answers with an error. */
export interface Limits { readonly characters: number; readonly tokens: number; readonly depth: number; readonly nodes: number }

export const defaultLimits: Limits = { characters: 20_000, tokens: 5_000, depth: 100, nodes: 5_000 }
