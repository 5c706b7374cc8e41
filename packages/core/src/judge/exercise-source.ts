/**
 * An exercise as text: fenced blocks of a Markdown file, in order. What the blocks mean is read by `exercise.ts`;
 * finding them in Markdown is the business of @chainrule/pages.
 */

/** A fenced block ```` ```chain graph-1 ````, ```` ```notation ````, ```` ```question B1 ````. */
export interface ExerciseBlock {
  readonly kind: 'chain' | 'notation' | 'question'
  /** The word behind the kind. */
  readonly name?: string
  /** The body at its place in the file: as many line ends as stand before it, then its lines, so that errors name lines of the file. */
  readonly source: string
  /** Line of the opening fence, from 1. */
  readonly line: number
}

export interface ExerciseSource {
  readonly path: string
  readonly blocks: readonly ExerciseBlock[]
}
