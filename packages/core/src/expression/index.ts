/** The algebra: interned expressions over tensor entries, normalised as they are built. */
export * from './indices.ts'
export * from './node.ts'
export * from './leaves.ts'
export { add, apply, applyOver, contract, divide, multiply, negate, open, power, reduce, scale, splitCoefficient, substitute, subtract } from './construct.ts'
export { mapChildren, openApply, openReduce } from './traverse.ts'
export { compareExpr, internedNodes } from './intern.ts'
