/** What lowering an expression looks at. */
import type { Expr, Index } from '../expression/index.ts'
import type { Rational, Size } from '../shape/index.ts'
import type { Builder, Labelled } from './builder.ts'

export interface Lowering {
  readonly b: Builder
  readonly numberOf: (s: Size) => Rational
  /** The value of a tensor and the indices that its axes stand for, by key. */
  readonly tensors: Map<string, { readonly indices: readonly Index[]; readonly value: Labelled }>
  /** Values of expressions, by id. */
  readonly memo: Map<number, Labelled>
  readonly lower: (e: Expr) => Labelled
}
