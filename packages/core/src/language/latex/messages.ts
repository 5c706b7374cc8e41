/** Messages of the reader of LaTeX, one function each; those that it shares with networks are in `language/messages.ts`. */
import { ChainError, nearestName, type Place } from '../../errors.ts'

/** A command that is not read. */
export function unknownCommand(place: Place, command: string, known: Iterable<string>): ChainError {
  const nearest = nearestName(command, known)
  return new ChainError({ place, problem: `The command \\${command} is not known.`, nearest: nearest === undefined ? undefined : `\\${nearest}` })
}

/** An environment that is not read. */
export function unknownEnvironment(place: Place, name: string, known: Iterable<string>): ChainError {
  const nearest = nearestName(name, known)
  return new ChainError({ place, problem: `The environment ${name} is not known.`, nearest })
}

/** `\def`, `\newcommand`: a page does not define commands. */
export function definesCommand(place: Place, command: string): ChainError {
  return new ChainError({ place, problem: `A formula does not define commands; \\${command} is not read.`, expected: 'Write out what the command stands for.' })
}

/** A command or character that is known and has no meaning here. */
export function notRead(place: Place, what: string, advice?: string): ChainError {
  return new ChainError({ place, problem: `${what} is not read.`, expected: advice })
}

/** A command whose argument is missing, or is never closed. */
export function missingArgument(place: Place, command: string): ChainError {
  return new ChainError({ place, problem: `\\${command} has no argument in braces.` })
}

/** Two numbers side by side. */
export function numbersSideBySide(place: Place, number: string): ChainError {
  return new ChainError({ place, problem: `The number ${number} stands directly behind a number.`, expected: 'Write \\cdot between them, or 25\\,262\\,600 for one number.' })
}

/** `a = 0,4`. */
export function decimalComma(place: Place, whole: string, part: string): ChainError {
  return new ChainError({ place, problem: `${whole},${part} is one number or two.`, expected: `Write ${whole}.${part}, or ${whole}, ${part}.` })
}

/** `\frac{\partial a + b}{\partial c}` */
export function derivativeOfSum(place: Place): ChainError {
  return new ChainError({ place, problem: 'It is unclear how much of this sum is differentiated.', expected: 'Write round brackets: \\frac{\\partial (a + b)}{\\partial c}.' })
}

/** A second subscript on one symbol. */
export function subscriptTwice(place: Place): ChainError {
  return new ChainError({ place, problem: 'This is a second subscript on one symbol.', expected: 'Write w_{i,j}, or (x_2)_d.' })
}

/** `\hat{a + b}`. */
export function accentOnMany(place: Place, command: string): ChainError {
  return new ChainError({ place, problem: `${command} stands on more than one symbol.`, expected: 'Put it on one symbol, or name the expression.' })
}

/** `{a + b} c`: nobody sees these braces. */
export function braceUnseen(place: Place): ChainError {
  return new ChainError({ place, problem: 'These braces are not seen on the page, so it is unclear what belongs together.', expected: 'Write round brackets.' })
}

/** `\frac{\partial^2 E}{\partial w}`. */
export function orderDiffers(place: Place, above: number, below: number): ChainError {
  return new ChainError({ place, problem: `This derivative is of order ${above} above and ${below} below the bar.` })
}

/** `\sum_i` with nothing to sum. */
export function emptyBody(place: Place, what: string, found: string): ChainError {
  return new ChainError({ place, problem: `Expected what ${what} applies to, found ${found}.` })
}

/** `|_{x = 1}` behind an expression. */
export function evaluationBar(place: Place): ChainError {
  return new ChainError({ place, problem: 'A bar with a subscript, for a value at a point, is not read.', expected: 'Write the value in brackets: f(1).' })
}
