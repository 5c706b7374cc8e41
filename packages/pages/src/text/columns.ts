/** Columns of a terminal: wide characters take two, combining marks none. */
import { eastAsianWidth } from 'get-east-asian-width'

/** Columns of one character (a code point). */
export const columnsOf = (character: string): number => (/^(?:\p{M}|\p{Cf})$/u.test(character) ? 0 : eastAsianWidth(character.codePointAt(0)!))

/** Columns of a text. */
export function columns(text: string): number {
  let total = 0
  for (const character of text) total += columnsOf(character)
  return total
}

/** The longest beginning of the text that takes at most so many columns. */
export function fitting(text: string, most: number): string {
  let total = 0
  let end = 0
  for (const character of text) {
    total += columnsOf(character)
    if (total > most) break
    end += character.length
  }
  return text.slice(0, end)
}
