/** Messages about data that should go into a network: one function each. */
import { ChainError, nearestName } from '@chainrule/core'
import type { Field } from '../data/index.ts'

const shapeText = (shape: readonly number[]): string => (shape.length === 0 ? 'one number' : shape.join(' x '))
const listed = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '))
const fieldText = (f: Field): string => `${f.name} (${f.role}, ${f.classes ? `${f.classes.length} classes` : shapeText(f.shape)})`

/** A name in a map that the network does not have. */
export const noSuchLeaf = (name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `The network has no input or target ${name}.`, expected: `It has ${listed(known)}.`, nearest: nearestName(name, known) })

/** A field in a map that the data do not have. */
export const noSuchFieldFor = (data: string, name: string, given: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `${data} has no field ${given} for ${name}.`, expected: `It has ${listed(known)}.`, nearest: nearestName(given, known) })

/** An input or target that no field is left for. */
export const noFieldFor = (name: string, role: string, data: string, left: readonly Field[]): ChainError =>
  new ChainError({ problem: `The network reads the ${role} ${name}, and ${data} has no ${role} for it.`, expected: left.length > 0 ? `Not used yet: ${left.map(fieldText).join(', ')}. Say which with --map ${name}=${left[0]!.name}.` : 'All its fields are used.' })

/** Sizes that do not fit. */
export const sizesDiffer = (name: string, wanted: string, field: string, given: readonly number[]): ChainError =>
  new ChainError({ problem: `${name} is ${wanted} in the network, the field ${field} is ${shapeText(given)}.`, expected: 'The sizes have to agree, or one of the two is a vector with as many entries as the other.' })

/** The same sizes in another order. */
export const axesInOtherOrder = (name: string, wanted: string, field: string, given: readonly number[]): ChainError =>
  new ChainError({ problem: `${name} is ${wanted} in the network, the field ${field} is ${shapeText(given)}: the axes stand in another order.`, expected: 'Images are channels x height x width; --channels-last turns height x width x channels around.' })

/** Images that are smaller by the same border all around. */
export const smallerImages = (name: string, wanted: string, field: string, given: readonly number[], border: number): ChainError =>
  new ChainError({ problem: `${name} is ${wanted} in the network, the field ${field} is ${shapeText(given)}.`, expected: `--pad ${border} puts ${border} rows and columns of zeros around every image.` })

/** More classes than a row has entries. */
export const tooManyClasses = (name: string, room: number | undefined, field: string, classes: readonly string[]): ChainError =>
  new ChainError({ problem: `${name} has ${room ?? 'an unknown number of'} classes in the network, the field ${field} has ${classes.length}.`, expected: `They are ${classes.slice(0, 12).join(', ')}${classes.length > 12 ? ', ...' : ''}. A size can be given with --dim.` })

/** Several classes for a single number. */
export const classesIntoNumber = (name: string, field: string, classes: number): ChainError =>
  new ChainError({ problem: `${name} is one number in the network, the field ${field} has ${classes} classes.`, expected: `Declare target ${name}[${classes}] one-hot for classes; if the field holds numbers, say so with --numbers.` })

/** A row that should have a single 1. */
export const notOneHot = (data: string, sample: number, field: string, given: string): ChainError =>
  new ChainError({ problem: `${data}: the field ${field} of sample ${sample} of a batch is ${given}.`, expected: 'The network declares it one-hot: zeros and a single 1.' })

/** Sizes without a number. */
export const openSizes = (names: readonly string[]): ChainError =>
  new ChainError({ problem: `The size${names.length > 1 ? 's' : ''} ${names.join(', ')} ${names.length > 1 ? 'have' : 'has'} no number: neither the text nor the data say it.`, expected: `Give ${names.map(n => `--dim ${n}=50`).join(' ')}, or write it into the text.` })

/** A number that is missing, or given to nothing. */
export const valueLacks = (name: string, known: readonly string[], asked: boolean): ChainError =>
  (asked ? new ChainError({ problem: `The network has no given or rate ${name}.`, expected: `It has ${listed(known)}.`, nearest: nearestName(name, known) })
    : new ChainError({ problem: `${name} has no value.`, expected: `Give one with --set ${name}=0.1, or write it into the text.` }))

/** A value of another shape. */
export const wrongValue = (name: string, given: number, shape: readonly number[]): ChainError =>
  new ChainError({ problem: `The value of ${name} has ${given} numbers.`, expected: `Its shape is ${shapeText(shape)}.` })

/** Inputs and targets of the text with different numbers of samples. */
export const samplesDiffer = (first: string, a: number, second: string, b: number): ChainError =>
  new ChainError({ problem: `The text gives ${a} sample${a > 1 ? 's' : ''} of ${first} and ${b} of ${second}.`, expected: 'All inputs and targets have as many.' })

/** No data at all. */
export const noData = (without: readonly string[]): ChainError =>
  new ChainError({ problem: `There are no data for ${listed(without)}.`, expected: 'Name some with --data, such as --data digits, a file or a folder; or give the samples in the text.' })

/** A border that is no whole number. */
export const badPad = (given: number): ChainError => new ChainError({ problem: `A border of ${given} rows cannot be put around images.`, expected: 'A whole number from 0 is wanted.' })

/** An image operation on something else. */
export const noImage = (what: string, field: string, shape: readonly number[]): ChainError =>
  new ChainError({ problem: `${what} is for images, and the field ${field} is ${shapeText(shape)}.` })

/** A class of the data that the network was not trained with. */
export const unknownClassName = (data: string, field: string, given: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `${data}: the field ${field} has the class ${given}.`, expected: `The network knows ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', ...' : ''}.`, nearest: nearestName(given, known) })
