/** Optimisers as training uses them: groups, schedules, hyper-parameters, and the reference. The updates are in the core. */
export { type Group, groupSettings, type GroupSettings } from './groups.ts'
export { hyperOf } from './hyper.ts'
export { type Flat, type ReferenceOptions, referenceStep, startState, stateName } from './reference.ts'
export { type RateOf, rateOf, type Schedule, schedules, type Span } from './schedules.ts'
