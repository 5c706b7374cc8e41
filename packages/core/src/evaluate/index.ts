/** Values: fields of numbers, evaluation, differentiation by dual numbers, random points, comparisons, gradient checks. */
export * from './field.ts'
export { type Exact, exact, isExact } from './exact.ts'
export { type Dual, duals, dualsOver, hyperduals } from './duals.ts'
export type { Dense } from './dense.ts'
export { type AbstractValue, type Place, randomFunction } from './abstract.ts'
export { type DerivativeHook, makePoint, type Point, type PointParts, randomFunctions } from './point.ts'
export { evaluate } from './evaluate.ts'
