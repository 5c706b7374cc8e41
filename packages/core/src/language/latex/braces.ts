/** Arguments in braces, found in the raw text. */

const blanks = /[ \t\r\n]*/y

/** Where the text goes on behind blanks. */
export function afterBlanks(source: string, at: number): number {
  blanks.lastIndex = at
  blanks.exec(source)
  return blanks.lastIndex
}

/** The end of the argument in braces that starts at `at`, behind its closing brace; undefined when none starts there or it has no end. */
export function endOfBraces(source: string, at: number): number | undefined {
  if (source[at] !== '{') return undefined
  let depth = 0
  for (let k = at; k < source.length; k++) {
    const character = source[k]
    if (character === '\\') k++
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return k + 1
  }
  return undefined
}
