/** Asking what is in reach where a piece of a page stands. */
import type { Latex } from '../../language/latex/ast.ts'
import type { Env, Letter } from '../scene.ts'
import type { Meaning } from './meaning.ts'
import { ReadingProblem } from './run.ts'

export type { Env, Letter, Memo } from '../scene.ts'

/** The meaning of a piece that is no tuple. */
export function readTensor(e: Latex, env: Env): Meaning {
  const m = env.read(e, env)
  if (m.kind === 'tuple') throw new ReadingProblem('form', 'A list stands where one value is expected.', e.span)
  return m
}

/** The text that a letter has as a label. */
export const labelValue = (env: Env) => (letter: string): string | undefined => {
  const bound = env.letters.get(letter)
  if (bound) return bound.kind === 'label' ? bound.text : bound.kind === 'value' && bound.number !== undefined ? String(bound.number) : undefined
  return env.scene.labels.get(letter)
}

export const withLetters = (env: Env, letters: Iterable<readonly [string, Letter]>): Env => ({ ...env, letters: new Map([...env.letters, ...letters]) })
