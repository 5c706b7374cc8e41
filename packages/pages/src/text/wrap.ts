/** Words on lines of a width. */
import { columns, fitting } from './columns.ts'

/** Lines of at most `width` columns, further ones two columns shorter; a word that is longer than a line is cut. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +/)) {
    let rest = word
    const room = (): number => width - (lines.length > 0 ? 2 : 0)
    if (line !== '' && columns(line) + 1 + columns(rest) > room()) {
      lines.push(line)
      line = ''
    }
    if (line !== '') {
      line = `${line} ${rest}`
      continue
    }
    while (columns(rest) > room()) {
      const part = fitting(rest, room())
      lines.push(part)
      rest = rest.slice(part.length)
    }
    line = rest
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}
