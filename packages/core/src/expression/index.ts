/** The algebra: interned expressions over tensor entries, normalised as they are built. */
export * from './indices.ts'
export * from './node.ts'
export * from './leaves.ts'
export { apply, applyOver, contract, divide, multiply, open, power, reduce, substitute } from './construct.ts'
export { add, negate, scale, splitCoefficient, subtract } from './sums.ts'
export { mapChildren, openApply, openReduce } from './traverse.ts'
export { children, somewhere } from './walk.ts'
export { compareExpr, forgetSince, internedNodes, internMark } from './intern.ts'
