/** Messages about data: one function each. Rows and columns count from 1. */
import { ChainError, nearestName } from '@chainrule/core'

const many = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`
const shapeText = (shape: readonly number[]): string => (shape.length === 0 ? 'a number' : shape.join(' x '))

// ------------------------------------------------------------------ data sets as such

/** A field that a data set does not have. */
export const noSuchField = (data: string, name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `${data} has no field ${name}.`, expected: `It has ${known.join(', ')}.`, nearest: nearestName(name, known) })

/** A sample number outside the data set. */
export const noSuchSample = (data: string, position: number, count: number): ChainError =>
  new ChainError({ problem: `${data} has no sample ${position}.`, expected: `They count from 0 to ${count - 1}.` })

/** Two parts of one data set that hold different things. */
export const fieldsDiffer = (a: string, b: string): ChainError =>
  new ChainError({ problem: `${a} and ${b} cannot be put together: their samples have different shapes.` })

/** A size of a part that is neither a count nor a share. */
export const badShare = (part: string, given: number): ChainError =>
  new ChainError({ problem: `The ${part} part cannot have the size ${given}.`, expected: 'A whole number of samples, or a share below 1.' })

/** Parts that leave nothing to train on. */
export const nothingLeft = (data: string, count: number, validation: number, test: number): ChainError =>
  new ChainError({ problem: `${data} has ${many(count, 'sample')}; ${validation} for validation and ${test} for testing leave none to train on.` })

/** A batch size that fits no batch. */
export const badBatchSize = (size: number, data: string, count: number): ChainError =>
  new ChainError({ problem: `Batches cannot have ${many(size, 'sample')}.`, expected: `A whole number from 1 to ${count}, the size of ${data}, is wanted.` })

/** Drawing with replacement from what is read in order. */
export const noReplacement = (data: string): ChainError =>
  new ChainError({ problem: `${data} is read in order and cannot be drawn with replacement.`, expected: 'Allow more memory, unpack the file, or draw without replacement.' })

/** A source of data that nothing recognises. */
export const unknownSource = (source: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `${source} is no data that can be read.`, expected: `A file or folder of IDX, CIFAR, CSV, NPY, NPZ or images is, or one of the generated sets ${known.join(', ')}.`, nearest: nearestName(source, known) })

/** A folder in which no format is recognised. */
export const unknownFolder = (path: string): ChainError =>
  new ChainError({ problem: `${path}: no data is recognised in this folder.`, expected: 'IDX files (train-images-idx3-ubyte, ...), CIFAR files (data_batch_1.bin, train.bin), or one folder of PNG, JPEG or PGM images per class.' })

/** Two files that hold different numbers of samples. */
export const countsDiffer = (a: string, countA: number, b: string, countB: number): ChainError =>
  new ChainError({ problem: `${a} has ${many(countA, 'sample')}, ${b} has ${countB}.`, expected: 'Inputs and targets go together one by one.' })

/** A file without any sample. */
export const noSamples = (path: string): ChainError => new ChainError({ problem: `${path} has no samples.` })

/** A number that is not finite. `row` and `column` from 1. */
export const notFinite = (path: string, row: number, column: string, given: string): ChainError =>
  new ChainError({ problem: `${path}: row ${row}, column ${column} is ${given}.`, expected: 'Only finite numbers can be trained on.' })

/** A class number that is none. */
export const badClass = (path: string, row: number, given: number, classes?: number): ChainError =>
  new ChainError({ problem: `${path}: row ${row} has the class ${given}.`, expected: classes === undefined ? 'Classes are whole numbers from 0.' : `Classes go from 0 to ${classes - 1}.` })

// ------------------------------------------------------------------ IDX, CIFAR, NPY, NPZ

/** A file that does not begin as its format says. */
export const wrongMagic = (path: string, format: string, wanted: string, given: string): ChainError =>
  new ChainError({ problem: `${path} is no ${format} file: it begins with ${given}.`, expected: `${format} files begin with ${wanted}.` })

/** A file whose element type is not the one wanted. */
export const wrongType = (path: string, given: string, wanted: string): ChainError =>
  new ChainError({ problem: `${path} holds ${given}.`, expected: `${wanted} are wanted.` })

/** A tensor of the wrong number of axes. */
export const wrongAxes = (path: string, shape: readonly number[], wanted: string): ChainError =>
  new ChainError({ problem: `${path} has the shape ${shape.length === 0 ? 'of one number' : shape.join(' x ')}.`, expected: `${wanted} is wanted.` })

/** A file that is longer or shorter than its header says. */
export const wrongLength = (path: string, given: number, wanted: number, why: string): ChainError =>
  new ChainError({ problem: `${path} has ${given} bytes.`, expected: `${why} make ${wanted}.` })

/** A CIFAR file that ends inside a sample. */
export const partialRecord = (path: string, given: number, record: number): ChainError =>
  new ChainError({ problem: `${path} has ${given} bytes, which is no whole number of samples.`, expected: `A sample has ${record} bytes; the last one lacks ${record - given % record}.` })

/** An NPY header that cannot be read. */
export const badNpyHeader = (path: string, header: string): ChainError =>
  new ChainError({ problem: `${path}: the NPY header ${header.trim().slice(0, 80)} cannot be read.`, expected: "It says descr, fortran_order and shape, as {'descr': '<f4', 'fortran_order': False, 'shape': (60, 4), }." })

/** An array stored column by column. */
export const fortranOrder = (path: string): ChainError =>
  new ChainError({ problem: `${path} is stored column by column (fortran_order).`, expected: 'Save it as numpy.ascontiguousarray(x).' })

/** An NPZ archive that cannot be opened. */
export const badZip = (path: string, why: string): ChainError => new ChainError({ problem: `${path} cannot be opened as an NPZ archive (${why}).` })

/** An NPZ archive whose arrays are not named as wanted. */
export const noSuchArray = (path: string, wanted: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `${path} has no array ${wanted}.`, expected: `It has ${known.join(', ')}.`, nearest: nearestName(wanted, known) })

/** A file that has to be in memory and is too large for that. */
export const tooLarge = (path: string, bytes: number, memory: number, instead: string): ChainError =>
  new ChainError({ problem: `${path} needs ${bytes} bytes of memory, ${memory} are allowed.`, expected: instead })

// ------------------------------------------------------------------ CSV

/** A row with more or fewer fields than the first. */
export const raggedRow = (path: string, row: number, given: number, wanted: number): ChainError =>
  new ChainError({ problem: `${path}: row ${row} has ${many(given, 'field')}.`, expected: `The first row has ${wanted}.` })

/** A field that is no number. */
export const notANumber = (path: string, row: number, column: string, given: string): ChainError =>
  new ChainError({ problem: `${path}: row ${row}, column ${column} is ${given.trim() === '' ? 'empty' : `"${given.slice(0, 40)}"`}.`, expected: 'A finite number is wanted.' })

/** A target that is left out. */
export const emptyTarget = (path: string, row: number, column: string): ChainError =>
  new ChainError({ problem: `${path}: row ${row}, column ${column} is empty.`, expected: 'Every sample has a target.' })

/** A class that did not occur when the file was opened. */
export const unknownClass = (path: string, row: number, column: string, given: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `${path}: row ${row}, column ${column} is "${given.slice(0, 40)}".`, expected: `The classes are ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', ...' : ''}.`, nearest: nearestName(given, known) })

/** A quoted field without an end. */
export const openQuote = (path: string, row: number): ChainError =>
  new ChainError({ problem: `${path}: the quoted field that begins in row ${row} does not end.` })

/** A column that the file does not have. */
export const noSuchColumn = (path: string, given: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `${path} has no column ${given}.`, expected: `It has ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', ...' : ''}.`, nearest: nearestName(given, known) })

// ------------------------------------------------------------------ images

/** An image that cannot be decoded. */
export const badImage = (path: string, why: string): ChainError => new ChainError({ problem: `${path}: the image cannot be read (${why}).` })

/** An image of another size than the first. */
export const sizesDiffer = (path: string, given: readonly number[], first: string, wanted: readonly number[]): ChainError =>
  new ChainError({ problem: `${path} is ${shapeText(given)}.`, expected: `${first} is ${shapeText(wanted)}, and all images have to be alike (channels x height x width).` })

// ------------------------------------------------------------------ generated sets

/** A setting that a generated set does not have, or that is out of range. */
export const badSetting = (set: string, key: string, given: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `${set}: ${key}=${given} cannot be read.`, expected: `Settings are ${known.join(', ')}.`, nearest: nearestName(key, known) })
