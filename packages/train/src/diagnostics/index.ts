/** What goes on inside a network while it trains: gradients and updates by layer, units that are dead or saturated, the first number that is none. */
export type { ActivationDiagnosis, Diagnosis, FirstWrong, Inspector, LayerDiagnosis } from './diagnosis.ts'
export { inspector } from './inspector.ts'
export { norm } from './measure.ts'
export { along, steepestOf } from './slopes.ts'
export { firstWrongText, remarks } from './words.ts'
