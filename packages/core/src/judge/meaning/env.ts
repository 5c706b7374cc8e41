/** What is in reach where a piece of a page stands: the scene, letters that sums bind, the current sample. */
import type { Expr, Index } from '../../expression/index.ts'
import type { Latex } from '../../language/latex/ast.ts'
import type { Scene } from '../scene.ts'
import type { Content, Meaning } from './meaning.ts'
import { ReadingProblem, type Run } from './run.ts'

/** What a letter stands for. The index of an axis letter is made at its first use, which gives the size. */
export type Letter =
  | { readonly kind: 'axis'; readonly name: string; readonly cell: { index: Index | undefined } }
  | { readonly kind: 'data'; readonly index: Index }
  | { readonly kind: 'label'; readonly text: string }
  | { readonly kind: 'value'; readonly expr: Expr; readonly number?: number }

export interface Env {
  readonly scene: Scene
  readonly run: Run
  readonly letters: ReadonlyMap<string, Letter>
  /** The sample that names without a superscript speak of. */
  readonly sample: Index
  /** What a prime behind a bracket differentiates by. */
  readonly variable: Meaning | undefined
  /** The reader of any piece, passed along so that imports point one way. */
  readonly read: (e: Latex, env: Env) => Content
}

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
