/** The blocks of an exercise file: networks, notation, questions. */
import type { ExerciseBlock, ExerciseSource } from '../judge-types.ts'
import { fencedBlocks, type PlainLine } from './fences.ts'

/** A block with what the file calls it. */
export interface TitledBlock extends ExerciseBlock {
  /** The text of the nearest heading above; of a question, what is asked. */
  readonly title?: string
}

export interface TitledSource extends ExerciseSource { readonly blocks: readonly TitledBlock[] }

const KINDS: readonly string[] = ['chain', 'notation', 'question'] satisfies readonly ExerciseBlock['kind'][]

/** The blocks ```` ```chain ````, ```` ```notation ```` and ```` ```question ```` of a Markdown file in order; other blocks are the exercise's own business. */
export function exerciseSource(markdown: string, path: string): TitledSource {
  const { blocks, lines } = fencedBlocks(markdown)
  const headings = headingsOf(lines)
  return {
    path,
    blocks: blocks.filter(b => KINDS.includes(b.language)).map(({ language, name, source, line }) => {
      const title = headings.filter(h => h.line < line).at(-1)?.text
      return { kind: language as ExerciseBlock['kind'], ...(name === undefined ? {} : { name }), source, line, ...(title === undefined ? {} : { title }) }
    }),
  }
}

/** Headings with `#`, and those that are underlined. */
function headingsOf(lines: readonly PlainLine[]): PlainLine[] {
  const found: PlainLine[] = []
  lines.forEach(({ text, line }, k) => {
    const heading = /^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/.exec(text)?.[1]
    const below = lines[k + 1]
    const underlined = heading === undefined && text.trim() !== '' && below?.line === line + 1 && /^ {0,3}(?:=+|-{2,})[ \t]*$/.test(below.text)
    if (heading !== undefined || underlined) found.push({ text: (heading ?? text).replace(/(?<![\p{L}\d])[*_]{1,3}|[*_]{1,3}(?![\p{L}\d])|`/gu, '').trim(), line })
  })
  return found
}
