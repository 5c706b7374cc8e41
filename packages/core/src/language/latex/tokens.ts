/** A formula to tokens: one token for each name, number, operator and bracket; spaces, sizes and labels apart. */
import { unknownCharacter } from '../messages.ts'
import type { Lexicon } from './ast.ts'
import { emit, type Lexer, lexerOf, placeIn, skip, widen } from './lexer.ts'
import { spellingOf } from './commands.ts'
import { dollar, lexCommand } from './lex-command.ts'
import { lexSwitchedFont } from './lex-font.ts'
import { lexCharacter, lexLetters } from './lex-letters.ts'
import { lexNumber } from './lex-number.ts'
import { notRead } from './messages.ts'
import type { Limits, Spelling } from './token.ts'
import { plainCharacter } from './unicode.ts'

const blanks = /[ \t\r\n]+/y
const comment = /%[^\r\n]*/y
const loneOperator = /\{[ \t]*(?:\\(?:text|display|script)style(?![A-Za-z])[ \t]*)?([-=+<>:*/']|\\[A-Za-z]+)[ \t]*\}/y
const signs = /\.\.\.|\.[ \t]*\*|\.\/|:=|==|<=|>=|!=|=>|->|[-+*/=<>:,;.!?()[\]{}_^'|&]/y

const spelled: Readonly<Record<string, Spelling>> = {
  '...': { kind: 'dots', text: '...' }, '.*': { kind: 'operator', text: 'odot' }, './': { kind: 'operator', text: 'oslash' },
  ':=': { kind: 'relation', text: ':=' }, '==': { kind: 'relation', text: '=' }, '<=': { kind: 'relation', text: '≤' }, '>=': { kind: 'relation', text: '≥' }, '!=': { kind: 'relation', text: '≠' },
  '=>': { kind: 'relation', text: '⇒' }, '->': { kind: 'relation', text: '→' },
  '+': { kind: 'operator', text: '+' }, '-': { kind: 'operator', text: '-' }, '*': { kind: 'operator', text: 'star' }, '/': { kind: 'operator', text: 'slash' },
  '=': { kind: 'relation', text: '=' }, '<': { kind: 'relation', text: '<' }, '>': { kind: 'relation', text: '>' }, ':': { kind: 'relation', text: ':' },
  ',': { kind: 'comma', text: ',' }, ';': { kind: 'comma', text: ';' }, '.': { kind: 'point', text: '.' }, '!': { kind: 'point', text: '!' }, '?': { kind: 'point', text: '?' },
  '(': { kind: 'open', text: '(' }, ')': { kind: 'close', text: '(' }, '[': { kind: 'open', text: '[' }, ']': { kind: 'close', text: '[' },
  '{': { kind: 'open', text: 'brace' }, '}': { kind: 'close', text: 'brace' },
  _: { kind: 'sub', text: '_' }, '^': { kind: 'sup', text: '^' }, "'": { kind: 'prime', text: "'" }, '|': { kind: 'bar', text: '|' }, '&': { kind: 'align', text: '&' },
}

/** The tokens of a formula in order; `lexer.loose` has the places that carry no meaning. */
export function tokenize(source: string, path: string, lexicon: Lexicon, limits: Limits): Lexer {
  const lexer = lexerOf(source, path, lexicon, limits)
  while (lexer.at < source.length) step(lexer)
  return lexer
}

function step(lexer: Lexer): void {
  const { source, at } = lexer
  const character = source[at]!
  if (/[A-Za-z]/.test(character)) return lexLetters(lexer)
  if (/[0-9]/.test(character) || (character === '.' && lexer.digits === 0 && /[0-9]/.test(source[at + 1] ?? ''))) return lexNumber(lexer)
  switch (character) {
    case ' ': case '\t': case '\r': case '\n': widen(lexer, 'blank'); lexer.at = endOf(blanks, source, at); return
    case '\\': return lexCommand(lexer)
    case '%': return skip(lexer, 'blank', at, endOf(comment, source, at))
    case '~': return skip(lexer, 'blank', at, at + 1)
    case '$': return dollar(lexer, source[at + 1] === '$' ? at + 2 : at + 1)
    case '#': case '"': case '`': case '@': throw unknownCharacter(placeIn(lexer, at, at + 1), character)
    case '{': if (lexSwitchedFont(lexer) || wrapped(lexer)) return
  }
  sign(lexer)
}

function sign(lexer: Lexer): void {
  const { source, at } = lexer
  const end = endOf(signs, source, at)
  if (end > at) {
    const text = source.slice(at, end).replace(/[ \t]/g, '')
    if (text === '<' && / <- /.test(source.slice(at - 1, at + 3))) return emit(lexer, { kind: 'relation', text: '←' }, at, at + 2)
    return emit(lexer, spelled[text]!, at, end)
  }
  const plain = plainCharacter(source[at]!)
  if (plain !== undefined && plain in spelled) return emit(lexer, spelled[plain]!, at, at + 1)
  if (source.charCodeAt(at) < 128) throw notRead(placeIn(lexer, at, at + 1), `The character ${JSON.stringify(source[at])}`)
  lexCharacter(lexer)
}

/** `{=}`, `{-}`: an operator in braces is the operator. */
function wrapped(lexer: Lexer): boolean {
  const last = lexer.tokens.at(-1)
  if (last?.kind === 'sup' || last?.kind === 'sub') return false
  loneOperator.lastIndex = lexer.at
  const found = loneOperator.exec(lexer.source)
  const spelling = found === null ? undefined : found[1]!.startsWith('\\') ? commandOperator(found[1]!.slice(1)) : spelled[found[1]!]
  if (spelling === undefined) return false
  emit(lexer, spelling, lexer.at, loneOperator.lastIndex)
  return true
}

function commandOperator(name: string): Spelling | undefined {
  const spelling = spellingOf(name)
  return spelling?.kind === 'operator' || spelling?.kind === 'relation' ? spelling : undefined
}

function endOf(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at
  const found = pattern.exec(source)
  return found === null ? at : at + found[0].length
}
