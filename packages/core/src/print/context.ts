/** What the index form is told by its caller, and what it knows at a place of the expression. */
import type { Expr, Index, Tensor } from '../expression/index.ts'
import type { Affine } from './affine.ts'
import type { Formula } from './formula.ts'

/** An expression that has a name on the page: the argument of g' shown as `z_7`. It matches up to renaming of its free indices. */
export interface Abbreviation {
  readonly expr: Expr
  /** The name without indices; a text is a canonical name. */
  readonly name: Formula | string
  /** The free indices of `expr` in the order in which the name carries them, without the sample index. */
  readonly indices?: readonly Index[]
}

/** How an expression is put on the page. Everything has a default. */
export interface PrintContext {
  /** Printed letters of free indices; others get the name that they wish for. */
  readonly free?: ReadonlyMap<Index, string>
  /** Whether free sample indices are shown as superscripts. Default: hidden. Bound ones are always shown. */
  readonly showSample?: boolean
  /** How a tensor is written, without its indices; `softmax(z)` for an inner node. Default: its name. */
  readonly nameOf?: (tensor: Tensor) => Formula | undefined
  /** Letters that no bound index may get. */
  readonly used?: Iterable<string>
  readonly abbreviations?: readonly Abbreviation[]
  /** Tensors that stand at the head of a product, such as a rate. Default: scalars of rank below 0 or with a bare Greek name. */
  readonly isCoefficient?: (tensor: Tensor) => boolean
  /** Numbers as decimals where they end: 0.3 instead of 3/10. */
  readonly decimals?: boolean
  /** Keeps all but sizes and rates inside the sum over the data, so that a product along a path stays together. */
  readonly wholeDataSum?: boolean
  /** Writes `Σ_{i∈data}` instead of `Σ_i` for the sum over the data. */
  readonly sayData?: boolean
}

/** The letters in force at one place. */
export interface Scope {
  /** The printed position (counted from 1) of every index in scope. */
  readonly places: ReadonlyMap<Index, Affine>
  /** Letters that are taken. */
  readonly letters: ReadonlySet<string>
}

/** The recursion that the parts of the index form share. */
export interface Printer {
  readonly context: PrintContext
  /** Names on the page that no bound index may take. */
  readonly names: ReadonlySet<string>
  readonly form: (e: Expr, scope: Scope) => Formula
}
