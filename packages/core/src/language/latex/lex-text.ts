/** `\text{ }` and its like: one word is a name, more are words between formulas, and `$ $` inside is maths again. */
import { endOfBraces } from './braces.ts'
import { emit, level, type Lexer, placeIn, skip } from './lexer.ts'
import { missingArgument } from './messages.ts'
import { texts } from './words.ts'

const oneWord = /^[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*$/
const styles: Readonly<Record<string, 'bold' | 'sans' | 'roman'>> = { textbf: 'bold', textsf: 'sans', texttt: 'sans', text: 'roman', textrm: 'roman', textup: 'roman', mbox: 'roman', hbox: 'roman', textnormal: 'roman' }

/** Reads a text command; `from` is where its argument starts. */
export function lexText(lexer: Lexer, command: string, from: number): void {
  const start = lexer.at
  const end = endOfBraces(lexer.source, from)
  if (end === undefined) throw missingArgument(placeIn(lexer, start, from), command)
  const raw = lexer.source.slice(from + 1, end - 1)
  if (/(?:^|[^\\])\$/.test(raw)) return enter(lexer, start, from + 1)
  const text = unescaped(raw)
  const single = oneWord.test(text) && (!/^\s|\s$/.test(raw) || lexer.lexicon.words.has(text)) && !texts.has(text)
  if (!single) return words(lexer, text, start, end)
  const font = text.length === 1 ? styles[command] : undefined
  emit(lexer, { kind: 'name', text, ...(font && { font }) }, start, end)
}

/** Goes on with text behind the `$` that ends maths inside of it. */
export function lexTextAgain(lexer: Lexer): void {
  lexer.levels.pop()
  skip(lexer, 'quad', lexer.at, lexer.at + 1)
  enter(lexer, lexer.at, lexer.at)
}

/** Whether a `$` here ends maths inside of text. */
export function isInText(lexer: Lexer): boolean { return level(lexer).text }

/** Reads text up to the `$` that starts maths, or to the closing brace. */
function enter(lexer: Lexer, start: number, from: number): void {
  const rest = /(?:[^$}\\]|\\.)*/sy
  rest.lastIndex = from
  rest.exec(lexer.source)
  const end = rest.lastIndex
  words(lexer, unescaped(lexer.source.slice(from, end)), start, end)
  skip(lexer, 'quad', end, end + 1)
  if (lexer.source[end] === '$') lexer.levels.push({ bracket: '', script: false, roman: false, listed: false, digits: 0, text: true })
}

function words(lexer: Lexer, text: string, start: number, end: number): void {
  if (text === '') skip(lexer, 'blank', start, end)
  else emit(lexer, { kind: 'text', text }, start, end)
}

/** The words that are seen: escapes and commands resolved, blanks folded. */
function unescaped(raw: string): string {
  return raw.replace(/\\([_&%#$])/g, '$1').replace(/\\(?:[A-Za-z]+|[^A-Za-z])|[{}~]/g, ' ').replace(/\s+/g, ' ').trim()
}
