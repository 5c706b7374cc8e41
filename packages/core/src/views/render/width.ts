/** Widths on a terminal, words wrapped at a width, and formulas broken before an operator. */

/** Columns that the text takes: combining marks (the hat of ŷ) take none. */
export const width = (text: string): number => Array.from(text.replace(/\p{M}/gu, '')).length

export const padEnd = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)))
export const padStart = (text: string, columns: number): string => ' '.repeat(Math.max(0, columns - width(text))) + text

/** Lines of at most `columns` where words allow it; a no-break space holds its words together and becomes a space. */
export function wrapWords(text: string, columns: number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(/(?<=\S)(?= )/)) {
      if (line !== '' && width(line) + width(word) > columns) {
        lines.push(line)
        line = word.trimStart()
      } else line += word
    }
    lines.push(line)
  }
  return lines.map(line => line.replaceAll('\u00a0', ' ').trimEnd())
}

/** Where a formula may be broken: the column of the blank, and how much a break there hurts. */
interface Break { readonly at: number; readonly cost: number }

const ranks: readonly (readonly [RegExp, number])[] = [
  [/^[=←≈<>≤≥≠]$|^<=$|^>=$/, 0], [/^[+−-]$/, 1], [/^[·×⊙⊘*/]$|^\.[*/]$/, 3],
]

/** Blanks outside of scripts: before a relation, a sign, an operator, or between factors; deeper brackets hurt more. */
function breaks(characters: readonly string[]): Break[] {
  const found: Break[] = []
  let depth = 0
  let scripts = 0
  characters.forEach((c, at) => {
    if ('(['.includes(c)) depth++
    else if (')]'.includes(c)) depth--
    else if (c === '{') scripts++
    else if (c === '}') scripts--
    if (c !== ' ' || scripts > 0 || at === 0) return
    const token = (from: number, step: number): string => {
      let text = ''
      for (let k = from + step; characters[k] !== undefined && characters[k] !== ' '; k += step) text = step > 0 ? text + characters[k] : characters[k]! + text
      return text
    }
    const before = token(at, -1)
    if (ranks.some(([sign]) => sign.test(before)) || /^(?:Σ|Π|max|argmax|sum|prod)(?:_.*)?$/su.test(before) || before.endsWith(',')) {
      if (before.endsWith(',')) found.push({ at, cost: depth * 10 + 2 })
      return
    }
    const after = token(at, 1)
    found.push({ at, cost: depth * 10 + (ranks.find(([sign]) => sign.test(after))?.[1] ?? 4) })
  })
  return found
}

/** A formula on as few lines as its width asks for; `first` columns on the first line, `rest` on the others. A formula without a place to break stays whole. */
export function breakFormula(text: string, first: number, rest: number): string[] {
  const lines: string[] = []
  let characters = Array.from(text)
  let columns = first
  while (width(characters.join('')) > columns) {
    const all = breaks(characters)
    const fits = all.filter(b => b.at <= columns)
    const late = fits.filter(b => b.at > columns * 0.4)
    const pool = late.length > 0 ? late : fits.length > 0 ? fits : all.slice(0, 1)
    const least = Math.min(...pool.map(b => b.cost))
    const chosen = pool.filter(b => b.cost === least).at(-1)
    if (!chosen) break
    lines.push(characters.slice(0, chosen.at).join(''))
    characters = characters.slice(chosen.at + 1)
    columns = rest
  }
  return [...lines, characters.join('')]
}
