/** Messages about checkpoints: one function each. */
import { ChainError, nearestName } from '@chainrule/core'

const shapeText = (shape: readonly number[]): string => (shape.length === 0 ? 'one number' : shape.join(' x '))

/** A file that ends before its end. */
export const cutOff = (path: string, given: number, wanted: number): ChainError =>
  new ChainError({ problem: `${path} ends at byte ${given}.`, expected: `Its header says ${wanted} bytes or more.` })

/** A header that is no safetensors header. */
export const badHeader = (path: string, why: string): ChainError => new ChainError({ problem: `${path} is no safetensors file: its header cannot be read (${why}).` })

/** A tensor whose entry in the header is wrong. */
export const badTensor = (path: string, name: string, why: string): ChainError => new ChainError({ problem: `${path}: the tensor ${name} cannot be read: ${why}.` })

/** Bytes that belong to no tensor, or to two. */
export const notCovered = (path: string, name: string, end: number, start: number): ChainError =>
  new ChainError({ problem: `${path}: ${name} is at byte ${start} of the data, what stands before it ends at ${end}.`, expected: 'Tensors lie one after the other, without gaps.' })

/** A sealed file that was changed, or never written whole. */
export const brokenSeal = (path: string): ChainError => new ChainError({ problem: `${path} is damaged: its checksum does not fit.` })

/** A file that is no checkpoint of this program. */
export const noCheckpoint = (path: string, why: string): ChainError =>
  new ChainError({ problem: `${path} is no checkpoint (${why}).`, expected: 'Files with tensors alone can be read as parameters.' })

/** A parameter that a file does not have. */
export const missingParameter = (path: string, name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `${path} has no parameter ${name}.`, expected: `It has ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', ...' : ''}.`, nearest: nearestName(name, known) })

/** A parameter of another shape. */
export const wrongShape = (path: string, name: string, given: readonly number[], wanted: readonly number[]): ChainError =>
  new ChainError({ problem: `${path}: ${name} is ${shapeText(given)}.`, expected: `The network has ${shapeText(wanted)}; the layout is [outputs, inputs, ...], as in PyTorch, and nothing is transposed.` })
