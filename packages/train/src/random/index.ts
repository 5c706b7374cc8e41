/** Randomness: generators by purpose, with a state that can be saved. */
export { type GeneratorState, type Random, resume, stream } from './generator.ts'
export { permutation, shuffle } from './permutation.ts'
