/** Everything that starts with a backslash. */
import { afterBlanks, endOfBraces } from './braces.ts'
import { allCommands, definitions, fonts, idle, idleWithArgument, sizes, spaces, spellingOf, texts } from './commands.ts'
import { emit, level, type Lexer, placeIn, skip } from './lexer.ts'
import { lexFont } from './lex-font.ts'
import { isInText, lexText, lexTextAgain } from './lex-text.ts'
import { definesCommand, missingArgument, notRead, unknownCommand } from './messages.ts'
import { lexEnvironment } from './lex-environment.ts'
import type { Spelling } from './token.ts'

const command = /\\([A-Za-z]+|[^])/y
const annotated = /\\(?:stackrel|overset|underset)/y
const negated = /\\not[ \t]*(=|\\equiv(?![A-Za-z]))/y
const argument = /\\arg[ \t]*(?:\\[,;:! ][ \t]*)*\\(max|min)(?![A-Za-z])/y

/** Reads the command at the cursor. */
export function lexCommand(lexer: Lexer): void {
  const start = lexer.at
  command.lastIndex = start
  const plain = command.exec(lexer.source)?.[1] ?? ''
  const starred = `${plain}*`
  const name = lexer.source[start + 1 + plain.length] === '*' && (starred in fonts || idleWithArgument.has(starred) || definitions.has(starred)) ? starred : plain
  const end = start + 1 + name.length
  if (definitions.has(name)) throw definesCommand(placeIn(lexer, start, end), name)
  if (name in sizes) return size(lexer, name, end)
  if (name in spaces) return skip(lexer, spaces[name]!, start, end)
  if (idle.has(name)) return skip(lexer, '', start, end)
  if (name in fonts) return lexFont(lexer, name, end)
  if (texts.has(name)) return lexText(lexer, name, afterBlanks(lexer.source, end))
  if (idleWithArgument.has(name)) return idleArgument(lexer, name, end)
  if (name === 'begin' || name === 'end') return lexEnvironment(lexer, name, end)
  if ('()[]'.includes(name) && name !== '') return dollar(lexer, end)
  special(lexer, name, end)
}

function special(lexer: Lexer, name: string, end: number): void {
  const start = lexer.at
  switch (name) {
    case 'frac': case 'tfrac': case 'dfrac': case 'cfrac': case 'nicefrac': case 'sfrac':
      emit(lexer, { kind: 'command', text: 'frac' }, start, end)
      lexer.digits = 2
      return
    case 'textcolor': case 'colorbox': {
      const colour = endOfBraces(lexer.source, afterBlanks(lexer.source, end))
      if (colour === undefined) throw missingArgument(placeIn(lexer, start, end), name)
      return emit(lexer, { kind: 'font', text: 'plain' }, start, colour)
    }
    case 'arg': return pattern(lexer, argument, (found) => ({ kind: 'name', text: `arg${found}` }))
    case 'not': return pattern(lexer, negated, () => ({ kind: 'relation', text: '≠' }))
    case 'stackrel': case 'overset': case 'underset': return annotation(lexer, name, end)
    case '#': return emit(lexer, { kind: 'name', text: `#${counted(lexer, end)}` }, start, end + counted(lexer, end).length)
    case 'lim': throw notRead(placeIn(lexer, start, end), 'A limit')
    case 'langle': case 'rangle': throw notRead(placeIn(lexer, start, end), `\\${name}`, 'Write an inner product as w^\\top x.')
    case 'int': case 'iint': case 'oint': throw notRead(placeIn(lexer, start, end), 'An integral')
    case 'pm': case 'mp': throw notRead(placeIn(lexer, start, end), `\\${name}`, 'Write both cases.')
    case '%': throw notRead(placeIn(lexer, start, end), 'A per cent sign', 'Write the number: 0.9 for 90\\%.')
  }
  const spelling = spellingOf(name)
  if (spelling === undefined) return unknown(lexer, name, end)
  emit(lexer, spelling, start, end)
  if (spelling.kind === 'row') rowSpace(lexer)
}

/** The word behind \#, as in `\#weights`. */
function counted({ source }: Lexer, at: number): string {
  const word = /[A-Za-z]*/y
  word.lastIndex = at
  return word.exec(source)![0]
}

function unknown(lexer: Lexer, name: string, end: number): never {
  throw unknownCommand(placeIn(lexer, lexer.at, end), name, allCommands())
}

function pattern(lexer: Lexer, expression: RegExp, spelling: (found: string) => Spelling): void {
  expression.lastIndex = lexer.at
  const found = expression.exec(lexer.source)
  if (found === null) throw notRead(placeIn(lexer, lexer.at, lexer.at + 4), `${lexer.source.slice(lexer.at, lexer.at + 4)} with what follows`)
  emit(lexer, spelling(found[1]!), lexer.at, lexer.at + found[0].length)
}

/** `\\[2ex]` */
function rowSpace(lexer: Lexer): void {
  const space = /\*?\[[0-9.]+[a-z]{2}\]|\*/y
  space.lastIndex = lexer.at
  const found = space.exec(lexer.source)?.[0]
  if (found !== undefined) skip(lexer, '', lexer.at, lexer.at + found.length)
}

/** `$`, `\(`, `\]` around the formula or a part of it. */
export function dollar(lexer: Lexer, end: number): void {
  if (isInText(lexer)) return lexTextAgain(lexer)
  if (level(lexer).bracket !== '') throw notRead(placeIn(lexer, lexer.at, end), `${lexer.source.slice(lexer.at, end)} inside a bracket`)
  skip(lexer, 'quad', lexer.at, end)
}

function idleArgument(lexer: Lexer, name: string, end: number): void {
  const close = endOfBraces(lexer.source, afterBlanks(lexer.source, end))
  if (close === undefined) throw missingArgument(placeIn(lexer, lexer.at, end), name)
  skip(lexer, name.startsWith('hspace') ? 'quad' : '', lexer.at, close)
}

/** `\stackrel{!}{=}` is the relation; the note above it says nothing. `\underset{k}{\max}` stays apart. */
function annotation(lexer: Lexer, name: string, end: number): void {
  annotated.lastIndex = lexer.at
  const first = endOfBraces(lexer.source, afterBlanks(lexer.source, end))
  const from = first === undefined ? -1 : afterBlanks(lexer.source, first)
  const second = first === undefined ? undefined : endOfBraces(lexer.source, from)
  const inner = second === undefined ? '' : lexer.source.slice(from + 1, second - 1).trim()
  const spelling = inner === '=' ? { kind: 'relation', text: '=' } as const : inner.startsWith('\\') ? spellingOf(inner.slice(1)) : undefined
  if (second !== undefined && spelling?.kind === 'relation') return emit(lexer, spelling, lexer.at, second)
  if (name !== 'underset') throw notRead(placeIn(lexer, lexer.at, end), `\\${name} on anything but a relation`)
  emit(lexer, { kind: 'command', text: 'underset' }, lexer.at, end)
}

/** `\left(`, `\Big|`: the size belongs to its bracket; `\left.` is no bracket at all. */
function size(lexer: Lexer, name: string, end: number): void {
  const start = lexer.at
  const at = afterBlanks(lexer.source, end)
  const character = lexer.source[at] ?? ''
  command.lastIndex = at
  const delimiter = character === '\\' ? command.exec(lexer.source)?.[1] ?? '' : character
  const close = at + delimiter.length + (character === '\\' ? 1 : 0)
  if (character === '.') return skip(lexer, '', start, close)
  const spelling = delimiterSpelling(character === '\\' ? `\\${delimiter}` : delimiter, sizes[name]!)
  if (spelling === undefined) throw notRead(placeIn(lexer, start, close), `\\${name}${character === '\\' ? '\\' : ''}${delimiter}`)
  emit(lexer, spelling, start, close)
}

const brackets: Readonly<Record<string, Spelling>> = {
  '(': { kind: 'open', text: '(' }, ')': { kind: 'close', text: '(' }, '[': { kind: 'open', text: '[' }, ']': { kind: 'close', text: '[' },
  '|': { kind: 'bar', text: '|' }, '‖': { kind: 'bar', text: '||' }, '/': { kind: 'operator', text: 'slash' },
}

function delimiterSpelling(delimiter: string, side: 'open' | 'close' | 'bar'): Spelling | undefined {
  const spelling = delimiter.startsWith('\\') ? spellingOf(delimiter.slice(1)) : brackets[delimiter]
  if (spelling?.kind === 'bar' && side !== 'bar') return { kind: side, text: spelling.text }
  return spelling?.kind === 'bar' || spelling?.kind === 'open' || spelling?.kind === 'close' || spelling?.text === 'slash' ? spelling : undefined
}
