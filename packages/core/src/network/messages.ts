/** Every message about the meaning of a text, one function each. */
import { ChainError, nearestName, type Place } from '../errors.ts'
import { listed } from '../language/messages.ts'
import { printSize, type Size } from '../shape/index.ts'
import { isShape, shapeText } from './value.ts'

const error = (place: Place, problem: string, expected?: string, nearest?: string): ChainError => new ChainError({ place, problem, expected, nearest })

/** What stands in an expression: as written, with its shape. */
export interface Operand { readonly text: string; readonly sizes: readonly Size[]; readonly row: boolean }
const operand = (o: Operand): string => `${o.text} ${isShape(o.sizes, o.row)}`

// names
export const declaredTwice = (place: Place, name: string, line: number): ChainError =>
  error(place, `${name} is declared already, in line ${line}.`, 'A name stands for one thing.')
export const isASize = (place: Place, name: string): ChainError => error(place, `${name} is a size already.`, 'A name stands for one thing.')
export const functionNotDeclared = (place: Place, name: string, known: readonly string[]): ChainError =>
  error(place, `The function ${name} is not declared.`, `Write function ${name} for an abstract one.`, nearestName(name, known))
export const letterNotBound = (place: Place, name: string, bound: readonly string[]): ChainError =>
  error(place, `The index ${name} is not bound.`, bound.length ? `Bound here: ${listed(bound)}.` : `Bind it on the left side, z[${name}] = ..., or by sum_${name}.`, nearestName(name, bound))
export const isAFunction = (place: Place, name: string): ChainError => error(place, `${name} is an operation and needs its argument.`, `Write ${name}(x).`)
export const nameOfOperation = (place: Place, name: string): ChainError => error(place, `${name} is an operation already, so it cannot be declared as an abstract function.`, 'Choose another name.')
export const definedLater = (place: Place, name: string, line: number): ChainError => error(place, `${name} is declared only later, in line ${line}.`, 'A line uses what stands above it.')
export const noOperation = (name: string, known: readonly string[]): ChainError => new ChainError({ problem: `There is no operation ${name}.`, nearest: nearestName(name, known) })
export const unknownOption = (what: string, name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `There is no ${what} ${name} in this text.`, expected: known.length ? `There is: ${listed(known)}.` : undefined, nearest: nearestName(name, known) })

// sizes
export const noSize = (place: Place, text: string): ChainError => error(place, `${text} is no size.`, 'A size is a number, a dim or a formula of these, such as floor((n - k)/s) + 1.')
export const sizeNotDeclared = (place: Place, name: string, known: readonly string[]): ChainError =>
  error(place, `The size ${name} is not declared.`, known.length ? `Declared so far: ${listed(known)}.` : undefined, nearestName(name, known))
export const wordIsNoSize = (place: Place, key: string, word: string): ChainError => error(place, `${key} is ${word}, which is no size.`, `Write dim ${word} above for a size of that name.`)
export const badSize = (place: Place, text: string, s: Size): ChainError => error(place, `The size ${text} is ${printSize(s)}.`, 'A size is a whole number from 1 on.')
export const divisionByZero = (place: Place): ChainError => error(place, 'A size is divided by zero.')

// matrix form
export function cannotMultiply(place: Place, a: Operand, b: Operand, advice?: string): ChainError {
  return error(place, `${operand(a)}, ${operand(b)}: they have no matrix product.`, advice)
}
export function innerSizes(place: Place, a: Operand, b: Operand): ChainError {
  return error(place, `${operand(a)}, ${operand(b)}: the last axis of ${a.text} (${printSize(a.sizes.at(-1)!)}) and the first of ${b.text} (${printSize(b.sizes[0]!)}) differ.`)
}
export function shapesDiffer(place: Place, operator: string, a: Operand, b: Operand): ChainError {
  return error(place, `${operand(a)}, ${operand(b)}: ${operator} needs equal shapes or a scalar.`)
}
export const starOfTensors = (place: Place, a: Operand, b: Operand): ChainError =>
  error(place, `${operand(a)}, ${operand(b)}: * multiplies scalars.`, `Write ${a.text} .* ${b.text} entry by entry, ${a.text} ${b.text} for the matrix product.`)
export const quotientOfTensors = (place: Place, a: Operand, b: Operand): ChainError =>
  error(place, `${operand(a)}, ${operand(b)}: / divides by a scalar.`, `Write ${a.text} ./ ${b.text} entry by entry.`)
export const dotOfVectors = (place: Place, a: Operand, b: Operand): ChainError => error(place, `${operand(a)}, ${operand(b)}: a . b is the product of two vectors of one size.`)
export const noTranspose = (place: Place, a: Operand): ChainError => error(place, `${operand(a)} and has no transpose.`, 'Use index form, B[j, i] = A[i, j].')
export const scalarExponent = (place: Place, a: Operand): ChainError => error(place, `The exponent ${operand(a)}.`, 'An exponent is a scalar.')
export const matrixPower = (place: Place, a: Operand): ChainError =>
  error(place, `A negative power of ${a.text}, which ${isShape(a.sizes)}, is unclear.`, `Write inverse(${a.text}) for the inverse matrix, 1 / ${a.text} entry by entry.`)
export const absoluteOfTensor = (place: Place, a: Operand): ChainError => error(place, `${operand(a)}: |.| is for scalars.`, `Write ||${a.text}|| for the norm, abs(${a.text}) entry by entry.`)

// index form
export const wrongNumberOfIndices = (place: Place, a: Operand, given: number): ChainError =>
  error(place, `${operand(a)}: it takes ${a.sizes.length} ${a.sizes.length === 1 ? 'index' : 'indices'}, given ${given}.`)
export const letterSizes = (place: Place, letter: string, origin: string, here: string, size: Size): ChainError =>
  error(place, `${letter} runs over ${origin}, but ${here} has ${printSize(size)} entries.`)
export const letterWithoutSize = (place: Place, letter: string): ChainError =>
  error(place, `The size of ${letter} is unknown: no tensor has ${letter} alone as an index.`, `Write ${letter}: n with its size.`)
export const positionOutside = (place: Place, position: string, size: Size): ChainError => error(place, `Position ${position} does not exist: this axis has ${printSize(size)} entries, counted from 1.`)
export const notAffine = (place: Place, text: string): ChainError => error(place, `${text} is no position.`, 'A position is a sum of indices times sizes, such as s*(i-1)+a-P.')
export const withoutIndices = (place: Place, a: Operand, letters: readonly string[]): ChainError =>
  error(place, `${operand(a)}, but the left side binds ${letters.join(', ')}.`, `Give its indices: ${a.text}[${a.sizes.map((_, k) => letters[k] ?? 'j').join(', ')}].`)
export const letterTwice = (place: Place, letter: string): ChainError => error(place, `The index ${letter} is bound twice here.`)
export const nothingElided = (place: Place): ChainError => error(place, '... stands for leading axes, and no tensor here says how many.')
export const elidedDiffer = (place: Place, a: Operand, here: readonly Size[], before: readonly Size[]): ChainError =>
  error(place, `... is ${shapeText(here)} in ${a.text}, before it was ${shapeText(before)}.`)
export const noRelation = (place: Place, text: string): ChainError => error(place, `${text} is no relation.`, 'Write [i = j], [j <= i] or [x > 0].')
export const productTooLong = (place: Place): ChainError => error(place, 'A product over an index needs a size that is a number up to 64.')
export const meanWhere = (place: Place): ChainError => error(place, 'A mean with a condition is unclear.', 'Write the sum and divide it by the number of its terms.')

// calls
export const argumentCount = (place: Place, name: string, wanted: string, given: number): ChainError => error(place, `${name} takes ${wanted}, given ${given}.`)
export const unknownAttribute = (place: Place, name: string, key: string, known: readonly string[]): ChainError =>
  error(place, `${name} has no argument ${key}.`, known.length ? `It has: ${listed(known)}.` : undefined, nearestName(key, known))
export const givenTwice = (place: Place, key: string): ChainError => error(place, `${key} is given twice.`)
export const missingArgument = (place: Place, name: string, key: string, signature: string): ChainError => error(place, `${name} needs ${key}.`, `Write ${signature}.`)
export const argumentShape = (place: Place, name: string, a: Operand, wanted: string): ChainError => error(place, `${operand(a)}, but ${name} takes ${wanted}.`)
export const badAttributeValue = (place: Place, text: string): ChainError => error(place, `${text} is no attribute.`, 'An attribute is a number, a size, a word, true or false, or a list of these.')
export const undecided = (place: Place, text: string): ChainError => error(place, `Whether ${text} holds is undecided here.`, 'A condition compares attributes and sizes that are known.')
export const entrywiseArguments = (place: Place, name: string, a: Operand, b: Operand): ChainError => error(place, `${operand(a)}, ${operand(b)}: ${name} works entry by entry and needs equal shapes or scalars.`)
export const primesOf = (place: Place, name: string): ChainError => error(place, `${name} has no derivative of this order written with primes.`, 'Primes are for abstract functions and for the first derivative of a function of one argument.')
export const freeLetterInCall = (place: Place, name: string): ChainError => error(place, `${name} makes its own parameters and cannot be called inside an index form.`, 'Give it a line of its own.')
export const inOperation = (place: Place, name: string, inner: ChainError): ChainError => error(place, `In ${name}: ${inner.problem}`, inner.expected, inner.nearest)
export const noReturn = (place: Place, name: string): ChainError => error(place, `The block ${name} returns nothing.`, 'Its last line is return y.')
export const resultCount = (place: Place, name: string, wanted: number, given: number): ChainError => error(place, `${name} returns ${given} ${given === 1 ? 'result' : 'results'}, the left side has ${wanted} ${wanted === 1 ? 'name' : 'names'}.`)
export const severalTargets = (place: Place): ChainError => error(place, 'Several names on the left need a call of a block with several results on the right.')
export const tooDeep = (place: Place, name: string): ChainError => error(place, `${name} calls itself, or blocks are nested too deeply.`)
export const repeatForm = (place: Place): ChainError => error(place, 'repeat takes a number, a block and its arguments.', 'Write repeat(3, dense, x, 64).')

// statements
export const inBlockOnly = (place: Place): ChainError => error(place, 'return stands in a block.')
export const notInBlock = (place: Place, what: string): ChainError => error(place, `${what} does not stand in a block or an operation.`)
export const lossShape = (place: Place, a: Operand): ChainError => error(place, `The loss ${isShape(a.sizes)}.`, 'A loss is a scalar: sum over its entries.')
export const secondLoss = (place: Place, first: string): ChainError => error(place, `${first} is the loss already.`, 'A network has one loss.')
export const leftAxes = (place: Place, a: Operand): ChainError => error(place, `${operand(a)}, but the left side names every index.`)
export const unknownFact = (place: Place, fact: string, known: readonly string[]): ChainError => error(place, `The fact ${fact} is not known.`, `Known facts: ${listed(known)}.`, nearestName(fact, known))
export const factNeeds = (place: Place, fact: string, needs: string): ChainError => error(place, `${fact} needs ${needs}.`)
export const valueShape = (place: Place, name: string, given: string, wanted: string): ChainError => error(place, `The value of ${name} is ${given}, its shape is ${wanted}.`)
export const notANumber = (place: Place, text: string): ChainError => error(place, `${text} is no number.`, 'A value is a number or a nested list of numbers.')
export const noClass = (place: Place, text: string, classes: number): ChainError => error(place, `${text} is no class: there are ${classes}, counted from 0.`)
export const raggedValue = (place: Place): ChainError => error(place, 'The rows of this list differ in length.')
export const layersTwice = (place: Place): ChainError => error(place, 'A text has one layers line.')
export const noLayers = (place: Place | undefined): ChainError => new ChainError({ place, problem: 'A depth is given, but the text has no layers l = 1..L.' })
export const badDepth = (place: Place, text: string): ChainError => error(place, `layers needs whole numbers or one symbol as its end, found ${text}.`, 'Write layers l = 1..L or layers l = 1..3.')
export const tooLarge = (place: Place, what: string, limit: number): ChainError => error(place, `The network is over the limit of ${limit} ${what}.`)

// training and use
export const twoShares = (name: string, first: number, second: number): ChainError =>
  new ChainError({ problem: `${name} is a mask with a share of zeros of ${first} in one place, and of ${second} in another.`, expected: 'Each share needs a mask of its own.' })
export const openShare = (name: string): ChainError => new ChainError({ problem: `The share of zeros of the mask ${name} is no number.` })
export const maskNotAnInput = (name: string): ChainError => new ChainError({ problem: `The mask ${name} is no input, so it cannot be drawn.`, expected: `Declare it: input ${name}[...].` })
