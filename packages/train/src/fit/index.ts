/** Data fitted to the inputs and targets of a network. */
export { fedAsClasses, fit, type Fit, type FitOptions, fitted, type Leaf } from './fit.ts'
export { type ImageChanges, withImages } from './images.ts'
export type { FieldMap } from './pair.ts'
export type { Conversion } from './shape.ts'
export { textData } from './text-data.ts'
export { constantsOf } from './wanted.ts'
