/**
 * Training: data, randomness, initialisers, optimisers, checkpoints, search, and the loop over them. All of it runs in Node and in a
 * browser; files on disk are in `@chainrule/train/node`.
 */
export { type Dense, type Numbers, volume } from './dense.ts'
export * from './random/index.ts'
export * from './files/index.ts'
export * from './data/index.ts'
export * from './init/index.ts'
export * from './optimisers/index.ts'
export * from './checkpoint/index.ts'
export * from './search/index.ts'
export * from './fit/index.ts'
export * from './loop/index.ts'
export * from './diagnostics/index.ts'
export * from './run/index.ts'
export { choose, type Chosen, type Named } from './settings.ts'
