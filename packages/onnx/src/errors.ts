/** What is wrong with a model, one function for each message. */
import { ChainError } from '@chainrule/core'

export const notAModel = (why: string): ChainError => new ChainError({ problem: `This is no ONNX model: ${why}.` })
export const weightShape = (name: string, given: number, wanted: number): ChainError => new ChainError({ problem: `The weights of ${name} are ${given} numbers, its shape has ${wanted}.` })
export const missingBeside = (name: string, file: string): ChainError => new ChainError({ problem: `The numbers of ${name} lie in ${file || 'another file'}, which is not here or too short.` })
