/** ONNX models in and out. */
export type { Attribute, Entry, Graph, Model, OnnxNode, TensorData, ValueInfo } from './messages.ts'
export { decodeModel, encodeModel } from './wire.ts'
export { numbersOf, shapeOf, summaryOf } from './read.ts'
export { modelOf, type ModelOptions, nextName, type Written } from './write.ts'
export { type CodeOptions, numpyOf, pytorchOf } from './code/python.ts'
export { javascriptFileOf } from './code/javascript.ts'
export { forwardModel, gradientModel, type JobOptions, stepModel } from './jobs.ts'
