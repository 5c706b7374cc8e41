/** Asking what is in reach where a piece of a page stands. */
import type { Latex } from '../../language/latex/ast.ts'
import type { Env, Letter, Memo } from '../scene.ts'
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

export const newMemo = (): Memo => ({ pieces: new WeakMap(), inner: new Map() })

/** What is in reach inside a sum: one more letter. The same letter for the same key, where the line is read with a memory. */
export function withLetter(env: Env, name: string, key: string | undefined, make: () => Letter): { readonly env: Env; readonly letter: Letter } {
  const { memo, ...bare } = env
  const full = `${name}|${key ?? ''}`
  const known = key === undefined ? undefined : memo?.inner.get(full)
  const letter = known?.letter ?? make()
  const inside = memo && key !== undefined ? known?.memo ?? newMemo() : undefined
  if (memo && inside && !known) memo.inner.set(full, { letter, memo: inside })
  const letters = name === '' ? env.letters : new Map([...env.letters, [name, letter]])
  return { letter, env: { ...bare, letters, ...(inside ? { memo: inside } : {}) } }
}
