/** First numbers of parameters, from shape and role. */
export { type Role, roleOf } from './role.ts'
export { type Fans, type Initialiser, initialisers } from './initialisers.ts'
export { checkChoices, initialise, type InitialiserChoice, type Parameter } from './initialise.ts'
