/** A page: what a report shows, before it becomes text, LaTeX, Markdown, HTML or JSON. */
import type { Formula } from '../print/formula.ts'

/** A piece of running text: words, or a formula set in the line. */
export type Inline = string | Formula

/** The result of checking one line. */
export interface Check {
  /** `exact`: equal as rational numbers; `agrees`: equal within rounding at all points; `failed`; `unchecked` with the reason. */
  readonly verdict: 'exact' | 'agrees' | 'failed' | 'unchecked'
  readonly points: number
  readonly maxError?: number
  readonly reason?: string
}

/** One line of a derivation: `left = right`, with its reasons at the right margin. Without `left` the line goes on from the one before. */
export interface Line {
  readonly number?: number
  readonly left?: Formula
  readonly relation?: '=' | '←' | '≈'
  readonly right: Formula
  readonly notes: readonly (readonly Inline[])[]
  readonly check?: Check
}

export type Cell = Inline | readonly Inline[]

export type Section =
  | { readonly kind: 'lines'; readonly heading?: readonly Inline[]; readonly lines: readonly Line[] }
  | { readonly kind: 'table'; readonly heading?: readonly Inline[]; readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[]; readonly align?: readonly ('left' | 'right')[] }
  | { readonly kind: 'text'; readonly paragraphs: readonly (readonly Inline[])[] }

export interface Page {
  readonly title: readonly Inline[]
  /** Said under the title: shape, layout, conventions. */
  readonly preamble: readonly (readonly Inline[])[]
  readonly sections: readonly Section[]
  /** Said at the end: what was checked, assumptions. */
  readonly footer: readonly (readonly Inline[])[]
  /** What `--json` prints. */
  readonly data: unknown
  /** False when a check failed: exit code 1. */
  readonly ok: boolean
}
