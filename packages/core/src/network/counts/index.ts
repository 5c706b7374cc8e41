/** Counts of a network: parameters, multiply-adds, receptive fields, values in memory. */
export { bytes, countNetwork, flops, type NetworkCounts, type NodeCount, trainingMacs } from './count.ts'
export { type CostContext, expressionCost } from './cost.ts'
export { addCost, type Cost, nothing } from './merge.ts'
export { type ParameterCount, parameterCounts } from './parameters.ts'
export { receptiveFields } from './receptive-field.ts'
export { axesOf, type Resolve, resolver } from './sizes.ts'
export { type CountedLayer, type CountTotal, layerTree, namedOutputs, totalOf } from './layers.ts'
