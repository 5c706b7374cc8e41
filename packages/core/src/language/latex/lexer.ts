/** The state of one tokenization, and how tokens get into it. */
import type { ChainError, Place } from '../../errors.ts'
import type { Lexicon, Span } from './ast.ts'
import { overLimit } from '../messages.ts'
import type { Gap, Limits, Spelling, Token } from './token.ts'
import type { RunPlace } from './words.ts'

/** Brackets around the place that is read, as far as the tokenizer needs to know. */
interface Level {
  readonly bracket: string
  /** Inside a subscript or superscript. */
  readonly script: boolean
  /** Inside \mathrm{ }, where letters side by side are one word. */
  readonly roman: boolean
  /** Where digits after a comma start a new item: scripts, arguments of functions. */
  readonly listed: boolean
  /** Single digits that \frac still takes behind this bracket. */
  readonly digits: number
  /** Text goes on behind the maths of this level: `\text{if $i = j$ holds}`. */
  readonly text: boolean
}

export interface Lexer {
  readonly source: string
  readonly path: string
  readonly lexicon: Lexicon
  readonly limits: Limits
  readonly tokens: Token[]
  /** Places that carry no meaning: spaces, sizes without a bracket, labels, comments. */
  readonly loose: Span[]
  readonly levels: Level[]
  at: number
  gap: Gap
  /** How many arguments \frac still takes, each of which may be one digit of a number. */
  digits: number
  /** The next brace opens a word in roman letters. */
  roman: boolean
}

const ground: Level = { bracket: '', script: false, roman: false, listed: false, digits: 0, text: false }
const gaps: readonly Gap[] = ['', 'blank', 'thin', 'quad']

/** A lexer at the beginning of a formula. */
export function lexerOf(source: string, path: string, lexicon: Lexicon, limits: Limits): Lexer {
  return { source, path, lexicon, limits, tokens: [], loose: [], levels: [], at: 0, gap: '', digits: 0, roman: false }
}

export function placeIn(lexer: Lexer, start: number, end: number): Place { return { path: lexer.path, source: lexer.source, span: { start, end } } }

/** The innermost bracket. */
export function level(lexer: Lexer): Level { return lexer.levels.at(-1) ?? ground }

/** What kind of place letters stand in. */
export function runPlace(lexer: Lexer): RunPlace {
  const last = lexer.tokens.at(-1)
  if (last?.kind === 'sup' || last?.kind === 'sub') return 'single'
  return level(lexer).script ? 'script' : 'line'
}

/** Takes the text from `start` to `end` as a token and goes on behind it. */
export function emit(lexer: Lexer, spelling: Spelling, start: number, end: number): void {
  const { kind, text } = spelling
  if (kind === 'open') open(lexer, text, placeIn(lexer, start, end))
  else if (lexer.digits > 0) lexer.digits--
  if (kind === 'close') lexer.digits = lexer.levels.pop()?.digits ?? 0
  lexer.tokens.push({ kind, text, font: spelling.font, accent: spelling.accent, span: { start, end }, gap: lexer.gap, partner: undefined })
  lexer.gap = ''
  lexer.at = end
  if (lexer.tokens.length > lexer.limits.tokens) throw tooMany(lexer, start, end)
}

/** Takes the text from `start` to `end` as something without meaning. */
export function skip(lexer: Lexer, gap: Gap, start: number, end: number): void {
  if (end > start) lexer.loose.push({ start, end })
  widen(lexer, gap)
  lexer.at = end
  if (lexer.loose.length > lexer.limits.tokens) throw tooMany(lexer, start, end)
}

/** The space before the next token is at least this wide. */
export function widen(lexer: Lexer, gap: Gap): void {
  if (gaps.indexOf(gap) > gaps.indexOf(lexer.gap)) lexer.gap = gap
}

function open(lexer: Lexer, bracket: string, place: Place): void {
  if (lexer.levels.length >= lexer.limits.depth) throw overLimit(place, 'The nesting', lexer.limits.depth, 'levels')
  const outer = level(lexer)
  const last = lexer.tokens.at(-1)
  const script = outer.script || last?.kind === 'sup' || last?.kind === 'sub'
  const listed = script || (last?.kind === 'name' && last.text.length > 1) || (outer.listed && bracket === 'brace')
  lexer.levels.push({ bracket, script, listed, roman: lexer.roman || (outer.roman && bracket !== 'brace'), digits: Math.max(0, lexer.digits - 1), text: false })
  lexer.roman = false
  lexer.digits = 0
}

function tooMany(lexer: Lexer, start: number, end: number): ChainError {
  return overLimit(placeIn(lexer, start, end), 'The formula', lexer.limits.tokens, 'tokens')
}
