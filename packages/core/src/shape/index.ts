/** Exact numbers and the sizes of axes. */
export * from './rational.ts'
export * from './size.ts'
export { latexSymbol, type Notation, printSize } from './print.ts'
