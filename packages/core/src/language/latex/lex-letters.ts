/** Runs of letters, and what stands for them in Unicode. */
import { raisedRun, loweredRun } from '../letters.ts'
import { unknownCharacter } from '../messages.ts'
import { emit, level, type Lexer, placeIn, runPlace, skip } from './lexer.ts'
import { plainCharacter, spellingOfCharacter, wideBlanks } from './unicode.ts'
import { splitRun, sureTexts, texts } from './words.ts'

const run = /[A-Za-z]+(?:\\_[A-Za-z0-9]+)*/y
const character = /.\p{M}*/suy
const marked = /[A-Za-z]\p{M}+/uy

/** Reads the letters at the cursor. */
export function lexLetters(lexer: Lexer): void {
  const start = lexer.at
  const letters = take(run, lexer, start)!
  if (/\p{M}/u.test(lexer.source[start + letters.length] ?? '')) return lexMarked(lexer, letters)
  if (letters.includes('\\')) return emit(lexer, { kind: 'name', text: letters.replaceAll('\\', '') }, start, start + letters.length)
  if (isText(letters, lexer)) return emit(lexer, { kind: 'text', text: letters }, start, start + letters.length)
  if (level(lexer).roman && !isDifferential(letters, lexer.lexicon.words)) return emit(lexer, { kind: 'name', text: letters }, start, start + letters.length)
  names(lexer, splitRun(letters, lexer.lexicon, runPlace(lexer)))
}

function names(lexer: Lexer, pieces: readonly string[]): void {
  for (const text of pieces) emit(lexer, { kind: 'name', text }, lexer.at, lexer.at + text.length)
}

/** `dL` in roman letters is d and L. */
export function isDifferential(letters: string, words: ReadonlySet<string>): boolean {
  return letters.startsWith('d') && !words.has(letters) && (letters.length === 2 || words.has(letters.slice(1)))
}

/** The last of the letters has a mark above: `xŷ` in two characters. */
function lexMarked(lexer: Lexer, letters: string): void {
  if (letters.length > 1) names(lexer, splitRun(letters.slice(0, -1), lexer.lexicon, runPlace(lexer)))
  other(lexer, take(marked, lexer, lexer.at)!)
}

/** `if` where a clause may begin: behind a comma, an alignment, a wide space, or other words. */
function isText(letters: string, lexer: Lexer): boolean {
  if (sureTexts.has(letters)) return true
  const last = lexer.tokens.at(-1)
  if (!texts.has(letters) || lexer.lexicon.words.has(letters)) return false
  if (last?.kind === 'align' || last?.kind === 'text' || lexer.gap === 'quad') return true
  return letters.length > 1 && last?.kind === 'comma' && lexer.gap !== '' && level(lexer).bracket === ''
}

/** Reads a character beyond ASCII. */
export function lexCharacter(lexer: Lexer): void {
  const start = lexer.at
  const blank = wideBlanks[lexer.source[start]!]
  if (blank !== undefined) return skip(lexer, blank, start, start + 1)
  const raised = raisedRun(lexer.source, start)
  if (raised !== '') return script(lexer, 'sup', raised)
  const lowered = loweredRun(lexer.source, start)
  if (lowered !== '') return script(lexer, 'sub', lowered)
  other(lexer, take(character, lexer, start)!)
}

function other(lexer: Lexer, text: string): void {
  const { at } = lexer
  const spelling = spellingOfCharacter(text) ?? lone(plainCharacter(text))
  if (spelling === undefined) throw unknownCharacter(placeIn(lexer, at, at + text.length), text)
  const summed = /^(?:Sigma|Pi)$/.test(spelling.text) && (lexer.source[at + 1] === '_' || loweredRun(lexer.source, at + 1) !== '')
  emit(lexer, summed ? { kind: 'command', text: spelling.text === 'Sigma' ? 'sum' : 'prod' } : spelling, at, at + text.length)
}

/** `x²` is `x^{2}`: the ^ and the braces have no place of their own. */
function script(lexer: Lexer, kind: 'sup' | 'sub', text: string): void {
  const pieces = text.match(/[0-9]+|[^0-9]/g)!
  const { at } = lexer
  emit(lexer, { kind, text: kind }, at, at)
  emit(lexer, { kind: 'open', text: 'brace' }, at, at)
  for (const piece of pieces) emit(lexer, scriptPiece(piece), lexer.at, lexer.at + piece.length)
  emit(lexer, { kind: 'close', text: 'brace' }, lexer.at, lexer.at)
}

function scriptPiece(piece: string) {
  if (/^[0-9]/.test(piece)) return { kind: 'number', text: piece } as const
  if (/^[A-Za-z]/.test(piece)) return { kind: 'name', text: piece } as const
  return lone(piece)!
}

const singles: Readonly<Record<string, 'open' | 'close' | 'operator' | 'comma' | 'relation'>> = { '(': 'open', ')': 'close', '+': 'operator', '-': 'operator', ',': 'comma', ';': 'comma', '=': 'relation', ':': 'relation', '<': 'relation', '>': 'relation', '*': 'operator' }

function lone(piece: string | undefined) {
  const kind = piece === undefined ? undefined : singles[piece]
  return kind === undefined ? undefined : { kind, text: piece === ')' ? '(' : piece === '*' ? 'star' : piece! }
}

function take(pattern: RegExp, { source }: Lexer, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0]
}
