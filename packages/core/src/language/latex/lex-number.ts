/** Numbers: `12`, `0.3`, `.5`, `1e-4`, `25\,262\,600`, `786,528`, `0{,}3`. */
import { emit, level, type Lexer, placeIn } from './lexer.ts'
import { notRead } from './messages.ts'

/** Thousands apart by a thin space or a comma in braces, and by a comma alone where no list can stand. */
const spaced = /[1-9][0-9]{0,2}(?:(?:\\[,;: ]|~|\{,\}|\{\\,\}|[ \u00a0\u2009\u202f])[0-9]{3})+(?:\.[0-9]+)?(?![0-9])/y
const commas = /[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9]|,[0-9])/y
const decimalComma = /[0-9]+\{,\}[0-9]+/y
const plain = /[0-9]+(?:\.[0-9]+)?|\.[0-9]+/y
const exponent = /[eE][+-]?[0-9]+(?![A-Za-z0-9_^.])/y

/** Reads the number at the cursor, where a digit stands, or a point before a digit. */
export function lexNumber(lexer: Lexer): void {
  const start = lexer.at
  if (lexer.digits > 0 || followsCommand(lexer)) return emit(lexer, { kind: 'number', text: lexer.source[start]! }, start, start + 1)
  const last = lexer.tokens.at(-1)?.kind
  if (last === 'sub' || last === 'sup') return scripted(lexer)
  const grouped = match(spaced, lexer) ?? (commasGroup(lexer) ? match(commas, lexer) : undefined)
  if (grouped !== undefined) return emit(lexer, { kind: 'number', text: grouped.replace(/\\[,;: ]|[^0-9.]/g, '') }, start, start + grouped.length)
  const decimal = match(decimalComma, lexer)
  if (decimal !== undefined) return emit(lexer, { kind: 'number', text: decimal.replace('{,}', '.') }, start, start + decimal.length)
  const digits = match(plain, lexer)!
  const power = match(exponent, lexer, start + digits.length) ?? ''
  if (Math.abs(Number(power.slice(1))) > 60) throw notRead(placeIn(lexer, start, start + digits.length + power.length), 'A number with this exponent')
  emit(lexer, { kind: 'number', text: decimals(digits, power) }, start, start + digits.length + power.length)
}

/** `w_12`, `x^2`: directly behind _ or ^ no groups of thousands go on, and no powers of ten. */
function scripted(lexer: Lexer): void {
  const start = lexer.at
  const digits = match(plain, lexer)!
  emit(lexer, { kind: 'number', text: decimals(digits, '') }, start, start + digits.length)
}

function match(pattern: RegExp, { source, at }: Lexer, from = at): string | undefined {
  pattern.lastIndex = from
  return pattern.exec(source)?.[0]
}

/** `\sqrt2x` takes one digit, as \frac does. */
function followsCommand(lexer: Lexer): boolean {
  const last = lexer.tokens.at(-1)
  return last?.kind === 'command' && last.text === 'sqrt'
}

/** `786,528` is one number, unless it stands in a script, in the arguments of a function, or between the commas and brackets of a list. */
function commasGroup(lexer: Lexer): boolean {
  const { bracket, listed } = level(lexer)
  if (listed) return false
  if (bracket === '' || bracket === 'brace') return true
  const last = lexer.tokens.at(-1)
  if (last === undefined || (last.kind !== 'open' && last.kind !== 'comma')) return true
  const length = match(commas, lexer)?.length ?? 0
  return !/^[ \t]*(?:[,;)\]]|\\[}])/.test(lexer.source.slice(lexer.at + length, lexer.at + length + 8))
}

/** Plain digits: `.5` is 0.5, `1e-4` is 0.0001. */
function decimals(digits: string, power: string): string {
  const text = digits.startsWith('.') ? `0${digits}` : digits
  const shift = Number(power.slice(1))
  if (power === '') return text
  const [whole, part = ''] = text.split('.') as [string, string?]
  const all = whole + part
  const point = whole.length + shift
  const padded = point <= 0 ? '0'.repeat(1 - point) + all : all.padEnd(point, '0')
  const at = Math.max(1, point)
  const result = `${padded.slice(0, at)}.${padded.slice(at)}`
  return result.replace(/\.?0*$/, '').replace(/^0+(?=[0-9])/, '')
}
