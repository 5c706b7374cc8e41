/** What runs tensor programs: one small interface, several runtimes. */
import { lower } from '@chainrule/core'

/** The entries of a tensor, row by row: `float32` or `float64` numbers, or class numbers. */
export type Numbers = Float32Array | Float64Array | BigInt64Array
export type Feeds = Readonly<Record<string, Numbers | number>>

/**
 * A program ready to run. An input that the program also has as an output is state: it is kept where the runtime has it,
 * and every run replaces it by its next value.
 */
export interface Session {
  /** What `run` is given: inputs that are not state. */
  readonly inputs: readonly lower.ProgramInput[]
  /** What `run` returns: outputs that are not state. */
  readonly outputs: readonly string[]
  readonly state: readonly string[]
  /** One run. The arrays of the result are its own until the next run. */
  readonly run: (feeds: Feeds) => Promise<Readonly<Record<string, Numbers>>>
  /** A copy of the present value of a state. */
  readonly read: (name: string) => Numbers
  readonly write: (name: string, values: ArrayLike<number>) => void
  /** Puts the state back to what it was before the last run; once for each run, and before anything is written. */
  readonly undo: () => void
  readonly close: () => Promise<void>
}

export interface SessionOptions {
  /** Threads of one run; 1 by default. */
  readonly threads?: number
  /** Which of several equal ways each part is computed; the first that applies by default. */
  readonly choose?: (site: lower.Site) => string
  /** Where a profile of every operation is written, for runtimes that can. */
  readonly profile?: string
}

export interface Runtime {
  readonly name: string
  readonly precision: 'float32' | 'float64'
  /** Prepares a program. Throws a ChainError when the runtime cannot run here. */
  readonly open: (program: lower.Program, options?: SessionOptions) => Promise<Session>
}

/** Inputs that are outputs too. */
export function stateOf(program: lower.Program): readonly string[] {
  const made = new Set(program.outputs.map(o => o.name))
  return lower.inputsOf(program).map(i => i.name).filter(n => made.has(n))
}
