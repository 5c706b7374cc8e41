/** What an optimiser is: one record, one file, one line in the list. Its page, its graph and its numbers follow from the update. */
import type { Expr } from '../expression/index.ts'
import type { Rational } from '../shape/index.ts'

/** A number that an optimiser needs beside the learning rate. */
export interface Hyperparameter {
  /** As on paper: `mu`, `beta_1`. */
  readonly name: string
  readonly default: Rational
  readonly doc: string
}

/** A tensor with the shape of the parameter that lives from step to step. It starts at zero. */
export interface StateTensor {
  readonly name: string
  /** Letters it may have on paper, the first that is free. */
  readonly letters: readonly string[]
}

/** What an update speaks of: entries of one parameter and its gradient, and scalars. */
export interface UpdateSymbols {
  readonly parameter: Expr
  readonly gradient: Expr
  readonly state: Readonly<Record<string, Expr>>
  readonly hyper: Readonly<Record<string, Expr>>
  /** The learning rate of this step. */
  readonly rate: Expr
  /** The number of this step, from 1. */
  readonly step: Expr
}

/**
 * Gives a quantity its new value and returns what later equations say for it: on a page its name, in a graph the value.
 * The name is a state tensor's, `parameter`, or any other for a quantity that only abbreviates.
 */
export type Assign = (name: string, value: Expr, note?: string) => Expr

export interface Optimiser {
  /** As asked for: `adam`. */
  readonly name: string
  /** One line: the equation first. */
  readonly doc: string
  readonly hyperparameters: readonly Hyperparameter[]
  readonly state: readonly StateTensor[]
  /** Weight decay as it is meant with this optimiser: part of the gradient, or a pull on the parameter itself. */
  readonly decay: DecayKind
  /** One step, equation by equation, the new parameter last. */
  readonly update: (s: UpdateSymbols, assign: Assign) => Expr
}

/** `l2`: g + decay w takes the place of the gradient g. `decoupled`: rate decay w is taken from the parameter beside the step. */
export type DecayKind = 'l2' | 'decoupled'
