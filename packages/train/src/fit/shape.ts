/** How the shape of a field becomes that of an input or target. What cannot change the meaning of a number is done; the rest is refused. */
import { printSize, type Size, sizeSymbols } from '@chainrule/core'
import { volume } from '../dense.ts'
import type { Field } from '../data/index.ts'
import { axesInOtherOrder, classesIntoNumber, smallerImages, sizesDiffer, tooManyClasses } from './messages.ts'
import { type Dims, sizeAt, type Wanted } from './wanted.ts'

/**
 * `same`; `flattened`: row by row into a vector; `reshaped`: a vector row by row into axes, or axes of size 1 put in or left out;
 * `classes`: class numbers that stand for rows with a single 1; `rows`: such rows, read as class numbers; `number`: class 0 or 1 as a number.
 */
export type Conversion = 'same' | 'flattened' | 'reshaped' | 'classes' | 'rows' | 'number'

/** `room`: the classes that the network has place for. */
export interface Fitted { readonly conversion: Conversion; readonly shape: readonly number[]; readonly room?: number }

/** The number of an axis; a symbol without one takes what the data have, and keeps it. */
function settle(axis: Size, given: number, dims: Map<string, number>): number | undefined {
  const known = sizeAt(axis, dims)
  if (known !== undefined) return known
  const [name, more] = [...sizeSymbols(axis)].filter(s => !dims.has(s))
  if (name === undefined || more !== undefined || printSize(axis) !== name) return undefined
  dims.set(name, given)
  return given
}

/** Shapes with the same number of axes: each axis agrees, or takes its size from the data. Nothing is kept where one does not. */
function unified(axes: readonly Size[], given: readonly number[], dims: Map<string, number>): boolean {
  if (axes.length !== given.length) return false
  const trial = new Map(dims)
  if (!axes.every((a, k) => settle(a, given[k]!, trial) === given[k])) return false
  trial.forEach((n, name) => dims.set(name, n))
  return true
}

/** The conversion of a field, sizes settled in `dims`. Throws a ChainError that says what is wanted and what is given. */
export function fitShape(w: Wanted, f: Field, dims: Map<string, number>, numbersOf: (axes: readonly Size[]) => string = textOf(dims)): Fitted {
  const shape = (): number[] => w.axes.map(a => sizeAt(a, dims)!)
  if (f.classes) return fitClasses(w, f as Field & { classes: readonly string[] }, dims, numbersOf)
  if (unified(w.axes, f.shape, dims)) return w.hot ? { conversion: 'rows', shape: shape().slice(0, -1) } : { conversion: 'same', shape: shape() }
  if (w.axes.length === 1 && f.shape.length > 1 && unified(w.axes, [volume(f.shape)], dims)) return { conversion: 'flattened', shape: shape() }
  // a symbol can take the size of an axis only when every other axis of the two is 1
  const [wide, given] = [w.axes.filter(a => sizeAt(a, dims) !== 1), f.shape.filter(n => n !== 1)]
  if (unified(wide, given, dims)) return { conversion: 'reshaped', shape: shape() }
  const sizes = w.axes.map(a => sizeAt(a, dims))
  if (f.shape.length === 1 && sizes.every(n => n !== undefined) && volume(sizes) === f.shape[0]) return { conversion: 'reshaped', shape: shape() }
  if (sameInAnotherOrder(sizes, f.shape)) throw axesInOtherOrder(w.name, numbersOf(w.axes), f.name, f.shape)
  const border = borderOf(sizes, f.shape)
  if (border !== undefined) throw smallerImages(w.name, numbersOf(w.axes), f.name, f.shape, border)
  throw sizesDiffer(w.name, numbersOf(w.axes), f.name, f.shape)
}

function fitClasses(w: Wanted, f: Field & { classes: readonly string[] }, dims: Map<string, number>, numbersOf: (axes: readonly Size[]) => string): Fitted {
  const count = f.classes.length
  const lead = w.axes.slice(0, -1)
  const isNumber = w.axes.every(a => sizeAt(a, dims) === 1)
  if (isNumber) {
    if (count > 2) throw classesIntoNumber(w.name, f.name, count)
    return { conversion: 'number', shape: w.axes.map(() => 1) }
  }
  if (!unified(lead, f.shape, dims)) throw sizesDiffer(w.name, numbersOf(w.axes), f.name, [...f.shape, count])
  const room = settle(w.axes.at(-1)!, count, dims)
  if (room === undefined || count > room) throw tooManyClasses(w.name, room, f.name, f.classes)
  return { conversion: 'classes', shape: f.shape, room }
}

const sorted = (list: readonly number[]): string => [...list].sort((a, b) => a - b).join()
const sameInAnotherOrder = (wanted: readonly (number | undefined)[], given: readonly number[]): boolean =>
  wanted.length === given.length && wanted.length > 1 && wanted.every(n => n !== undefined) && sorted(wanted) === sorted(given)

/** The same zeros all around that would make the last two axes fit. */
function borderOf(wanted: readonly (number | undefined)[], given: readonly number[]): number | undefined {
  const [h, w] = [wanted.at(-2), wanted.at(-1)]
  const [gh, gw] = [given.at(-2), given.at(-1)]
  if (h === undefined || w === undefined || gh === undefined || gw === undefined) return undefined
  const border = (h - gh) / 2
  return border > 0 && Number.isInteger(border) && w - gw === 2 * border ? border : undefined
}

/** Axes as numbers where they have some, else as they are written. */
export const textOf = (dims: Dims) => (axes: readonly Size[]): string => (axes.length === 0 ? 'one number' : axes.map(a => sizeAt(a, dims) ?? printSize(a)).join(' x '))
