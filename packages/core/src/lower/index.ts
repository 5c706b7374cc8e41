/** Lowering: networks to tensor programs. */
export * from './program.ts'
export { MAPS } from './maps.ts'
export { compile, javascriptOf, type Numbers, type Run } from './javascript.ts'
export { forwardProgram, gradientName, gradientProgram, lossOf, parametersOf, type Sizes } from './request.ts'
export { normName, stateName, type StepProgram, type StepRequest, stepProgram } from './step.ts'
export { livePlan, type NumberType, type Plan, type Primitive, type PrimitiveOp, volume, type Windows } from './plan/primitive.ts'
export { planOf, type PlanOptions } from './plan/plan.ts'
export type { Site } from './plan/context.ts'
