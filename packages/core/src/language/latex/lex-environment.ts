/** `\begin{align*}`, `\begin{array}{cc}`, `\end{cases}` */
import { afterBlanks, endOfBraces } from './braces.ts'
import { environmentKind, environmentNames } from './environments.ts'
import { emit, type Lexer, placeIn } from './lexer.ts'
import { missingArgument, unknownEnvironment } from './messages.ts'

const withArgument: ReadonlySet<string> = new Set(['array', 'alignat', 'alignedat', 'IEEEeqnarray', 'numcases'])

/** Reads `\begin` or `\end` with its name; `from` is the end of the command itself. */
export function lexEnvironment(lexer: Lexer, kind: 'begin' | 'end', from: number): void {
  const start = lexer.at
  const open = afterBlanks(lexer.source, from)
  const close = endOfBraces(lexer.source, open)
  if (close === undefined) throw missingArgument(placeIn(lexer, start, from), kind)
  const name = lexer.source.slice(open + 1, close - 1).trim().replace(/\*$/, '')
  if (environmentKind(name) === undefined) throw unknownEnvironment(placeIn(lexer, start, close), name.slice(0, 40), environmentNames())
  emit(lexer, { kind, text: name }, start, kind === 'begin' ? behindArguments(lexer.source, name, close) : close)
}

/** The end of `{cc}` and `[t]` behind the name. */
function behindArguments(source: string, name: string, at: number): number {
  const option = /\[[tbc]\]/y
  option.lastIndex = at
  const from = option.exec(source) === null ? at : option.lastIndex
  if (!withArgument.has(name)) return from
  return endOfBraces(source, afterBlanks(source, from)) ?? from
}
