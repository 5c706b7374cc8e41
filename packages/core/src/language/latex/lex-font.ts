/** Fonts: a letter, a Greek letter or a word in one is one name; anything longer is read inside of it. */
import type { Font } from './ast.ts'
import { afterBlanks, endOfBraces } from './braces.ts'
import { fonts, spellingOf } from './commands.ts'
import { emit, type Lexer } from './lexer.ts'
import { isDifferential } from './lex-letters.ts'
import type { Spelling } from './token.ts'

const word = /^[A-Za-z](?:[A-Za-z0-9]|\\_|-|\\[,;:! ]|[~\s])*$/
const switched = /\{[ \t]*\\(rm|bf|cal|it|sf|tt)(?![A-Za-z])[ \t]*([A-Za-z]+)[ \t]*\}/y

/** Reads a font command; `from` is the end of the command itself. */
export function lexFont(lexer: Lexer, command: string, from: number): void {
  const start = lexer.at
  const font = fonts[command]!
  const argument = afterBlanks(lexer.source, from)
  const end = endOfBraces(lexer.source, argument)
  if (end !== undefined) {
    const name = inFont(lexer.source.slice(argument + 1, end - 1).trim(), font, lexer)
    if (name !== undefined) return emit(lexer, name, start, end)
    if (font === 'roman' && differential(lexer, start, argument, end)) return
    lexer.roman = joins(font)
  } else {
    const next = /\\[A-Za-z]+|[A-Za-z1]/y
    next.lastIndex = argument
    const symbol = next.exec(lexer.source)?.[0]
    const name = symbol === undefined ? undefined : inFont(symbol, font, lexer)
    if (name !== undefined) return emit(lexer, name, start, argument + symbol!.length)
  }
  const digits = lexer.digits
  const { roman } = lexer
  emit(lexer, { kind: 'font', text: font === 'word' ? 'plain' : font }, start, from)
  lexer.digits = digits
  lexer.roman = roman
}

/** `\mathrm{dL}` is d and L: the command goes with the one, the closing brace with the other. */
function differential(lexer: Lexer, start: number, argument: number, end: number): boolean {
  const content = lexer.source.slice(argument + 1, end - 1)
  if (!/^[A-Za-z]+$/.test(content) || !isDifferential(content, lexer.lexicon.words)) return false
  emit(lexer, { kind: 'name', text: 'd', font: 'roman' }, start, argument + 2)
  emit(lexer, { kind: 'name', text: content.slice(1) }, argument + 2, end)
  return true
}

/** `{\rm Loss}`, `{\cal L}`: the old way to write a font. */
export function lexSwitchedFont(lexer: Lexer): boolean {
  switched.lastIndex = lexer.at
  const found = switched.exec(lexer.source)
  if (found === null) return false
  const name = inFont(found[2]!, fonts[found[1]!]!, lexer)
  if (name === undefined) return false
  emit(lexer, name, lexer.at, lexer.at + found[0].length)
  return true
}

const joins = (font: Font | 'plain' | 'word'): boolean => font === 'roman' || font === 'sans' || font === 'word'

/** The name that an argument is in this font, if it is one name. */
function inFont(content: string, font: Font | 'plain' | 'word', lexer: Lexer): Spelling | undefined {
  const kept = font === 'plain' || font === 'word' ? undefined : font
  if (/^[A-Za-z]$/.test(content) || (content === '1' && (font === 'bold' || font === 'blackboard'))) return { kind: 'name', text: content, ...(kept && { font: kept }) }
  const command = /^\\([A-Za-z]+)$/.exec(content)?.[1]
  const spelling = command === undefined ? undefined : spellingOf(command)
  if (spelling?.kind === 'name') return { ...spelling, ...(kept && spelling.font === undefined && !joins(font) && { font: kept }) }
  if (!joins(font) || !word.test(content)) return undefined
  const text = content.replace(/\\[,;:! ]|[~\s\\]/g, '')
  return isDifferential(text, lexer.lexicon.words) ? undefined : { kind: 'name', text }
}
