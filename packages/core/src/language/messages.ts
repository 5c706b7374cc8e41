/** Every message of the surface language, one function each: what was expected, what was given, where, the nearest valid name. */
import { ChainError, nearestName, type Place } from '../errors.ts'

const longest = 12

/** Names joined by commas; a long list is cut and says how many are left out. */
export function listed(names: readonly string[]): string {
  if (names.length <= longest) return names.join(', ')
  return `${names.slice(0, longest).join(', ')} and ${names.length - longest} more`
}

/** A name is used that nothing declares. */
export function notDeclared(place: Place, name: string, declared: readonly string[]): ChainError {
  const expected = declared.length === 0 ? 'Nothing is declared so far.' : `Declared so far: ${listed(declared)}.`
  return new ChainError({ place, problem: `${name} is not declared.`, expected, nearest: nearestName(name, declared) })
}

/** One thing was expected and another stands there; `found` is the text as written. */
export function expectedButFound(place: Place, expected: string, found: string, advice?: string): ChainError {
  return new ChainError({ place, problem: `Expected ${expected}, found ${found}.`, expected: advice })
}

/** The first word of a line is no keyword and no definition follows it. */
export function unknownStatement(place: Place, word: string, found: string, keywords: readonly string[]): ChainError {
  const nearest = nearestName(word, keywords)
  const expected = nearest === undefined ? `A line declares (${keywords.join(', ')}) or defines (name = expression).` : undefined
  return new ChainError({ place, problem: `Expected = after ${word}, found ${found}.`, expected, nearest })
}

/** A character that the language does not use. */
export function unknownCharacter(place: Place, character: string): ChainError {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  const shown = /\p{C}|\p{Z}/u.test(character) ? `U+${code}` : `${character} (U+${code})`
  return new ChainError({ place, problem: `The character ${shown} has no meaning here.`, expected: character === '½' ? 'Write 1/2.' : undefined })
}

/** A bracket that is never closed. */
export function neverClosed(place: Place, bracket: string): ChainError {
  return new ChainError({ place, problem: `This ${bracket} is never closed.` })
}

/** A closing bracket without its opening one, or of another kind. */
export function wrongClosing(place: Place, given: string, wanted: string | undefined): ChainError {
  return new ChainError({ place, problem: wanted === undefined ? `This ${given} closes nothing.` : `Expected ${wanted} before this ${given}.` })
}

/** A string without its closing quote on the same line. */
export function unfinishedString(place: Place): ChainError {
  return new ChainError({ place, problem: 'This string has no closing " on its line, or an escape that is not known.' })
}

/** A subscript that is not a label: empty, nested or without its closing brace. */
export function badSubscript(place: Place): ChainError {
  return new ChainError({ place, problem: 'This subscript is not a label.', expected: 'Write x_1, x_ab or x_{1,3}; an entry is x[i].' })
}

/** `^( )` behind a name whose inside is no layer label. */
export function badLayerLabel(place: Place): ChainError {
  return new ChainError({ place, problem: 'Behind a name, ^( ) and ^[ ] hold a layer label such as (2), [l-1].', expected: 'Write a power as x^2 or x^{a/b}.' })
}

/** The same kind of label twice on one name. */
export function labelTwice(place: Place, kind: 'subscript' | 'layer label' | 'star'): ChainError {
  return new ChainError({ place, problem: `A name has one ${kind}; this is a second one.` })
}

/** A power whose base is a name and whose exponent stands in round brackets after a blank. */
export function labelOrPower(place: Place): ChainError {
  return new ChainError({ place, problem: 'A name with ^( ) is ambiguous here.', expected: 'Write W^(1) without blanks for a layer label, x^{a+b} for a power.' })
}

/** Square or round brackets glued to a power. */
export function bracketThePower(place: Place): ChainError {
  return new ChainError({ place, problem: 'It is unclear what these brackets belong to.', expected: 'Write (x^n)[i] or x^{n[i]}; a product has a blank: x^n (a+b).' })
}

/** A number directly behind another factor. */
export function numberSideBySide(place: Place, number: string): ChainError {
  return new ChainError({ place, problem: `The number ${number} stands behind a factor.`, expected: 'Write the number first, or put * between them.' })
}

/** A number such as `.5`. */
export function leadingDot(place: Place): ChainError {
  return new ChainError({ place, problem: 'A number starts with a digit.', expected: 'Write 0.5 for .5.' })
}

/** `exp -x`, `log^2 x`: what a function name without brackets applies to is unclear. */
export function bareFunction(place: Place, name: string, found: string): ChainError {
  return new ChainError({ place, problem: `It is unclear what ${name} applies to: ${found} follows it.`, expected: `Write ${name}(x), or (${name} x)^2 for a power.` })
}

/** `x^log y`: a function name without brackets as an exponent. */
export function functionAsExponent(place: Place, name: string): ChainError {
  return new ChainError({ place, problem: `It is unclear what ${name} applies to in this exponent.`, expected: `Write x^{${name} y} or x^{${name}(y)}.` })
}

/** `sum x` without an index. */
export function reductionWithoutIndex(place: Place, word: string): ChainError {
  return new ChainError({ place, problem: `${word} has no index.`, expected: `Write ${word}_i x[i], ${word}_{i,j} x[i,j], ${word}(x) or ${word} over data: x.` })
}

/** `mean_x = …`: a name that starts like a reduction. */
export function reductionAsName(place: Place, word: string): ChainError {
  return new ChainError({ place, problem: `${word}_ starts a ${word} over an index, so it cannot start a name.`, expected: 'Choose another name.' })
}

/** A word of the language where a name belongs. */
export function reservedWord(place: Place, word: string): ChainError {
  return new ChainError({ place, problem: `${word} is a word of the language and cannot be a name.` })
}

/** `a < b < c`. */
export function relationChain(place: Place): ChainError {
  return new ChainError({ place, problem: 'A relation has two sides.', expected: 'Write a <= b and b <= c.' })
}

/** `i = 0..n`. */
export function rangeFromOne(place: Place, found: string): ChainError {
  return new ChainError({ place, problem: `An index runs from 1, found ${found}.`, expected: 'Write i = 1..n, or i: n.' })
}

/** A prime on a name that is not applied. */
export function primeWithoutCall(place: Place, name: string): ChainError {
  return new ChainError({ place, problem: `${name}' is a derivative and needs its argument.`, expected: `Write ${name}'(z).` })
}

/** A norm directly inside a norm. */
export function nestedNorm(place: Place): ChainError {
  return new ChainError({ place, problem: 'A norm inside a norm needs round brackets.', expected: 'Write |(|x|) + y|.' })
}

/** A line that is indented without a block above it, or not like its neighbours. */
export function badIndentation(place: Place, wanted: number, given: number): ChainError {
  return new ChainError({ place, problem: `This line is indented by ${blanks(given)}, expected ${blanks(wanted)}.`, expected: 'Only the lines of a block are indented, all alike.' })
}

/** A block header without lines. */
export function emptyBlock(place: Place, name: string): ChainError {
  return new ChainError({ place, problem: `The block ${name} has no lines.`, expected: 'Indent the lines that belong to it.' })
}

/** `key=value` before a plain argument. */
export function positionalAfterNamed(place: Place): ChainError {
  return new ChainError({ place, problem: 'An argument without a name stands after one with a name.', expected: 'Put it before key=value.' })
}

/** A text that goes over a limit; limits keep every answer within bounded time. */
export function overLimit(place: Place, what: string, limit: number, unit: string): ChainError {
  return new ChainError({ place, problem: `${what} is over the limit of ${thousands(limit)} ${unit}.` })
}

function blanks(count: number): string { return count === 1 ? '1 blank' : `${count} blanks` }

function thousands(count: number): string { return String(count).replace(/\B(?=(?:[0-9]{3})+$)/g, ',') }
