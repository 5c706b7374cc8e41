/** Networks: from a `.chain` text to named nodes, each defined by an expression over earlier ones. */
export type * from './types.ts'
export { elaborate, readNetwork } from './elaborate.ts'
export { batchStatistics, dropoutMasks, inferenceNetwork } from './inference.ts'
