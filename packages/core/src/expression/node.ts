/**
 * The node kinds of the algebra: closed, immutable, interned (equal structure is the same object).
 * A tensor is written by its entry; `free` lists the indices that an expression still depends on.
 */
import type { Rational } from '../shape/rational.ts'
import type { Size } from '../shape/size.ts'
import type { Index } from './indices.ts'

/** A named tensor. Identity is the key: two tensors with the same key are the same. */
export interface Tensor {
  readonly key: string
  /** Canonical text name, e.g. `W^(1)`. */
  readonly name: string
  /** One size per axis; with `sample`, the first axis runs over the data. */
  readonly axes: readonly Size[]
  readonly sample: boolean
  /** Place in the order of computation; products print later factors first, sums earlier terms first. */
  readonly rank: number
  /** Wished index letters, one per axis (without the sample axis). */
  readonly hints?: readonly string[]
  /** Set when the symbol stands for a size used as a number (the n of a mean). */
  readonly size?: Size
  /** Set for a fixed irrational number such as pi: its double value. */
  readonly constant?: number
}

/**
 * A scalar function. Known functions carry their maths; an abstract function (g of a sheet) has `partials`:
 * the argument numbers by which it was differentiated, so g'' of one argument is [0, 0].
 */
export interface ScalarFunction {
  /** Unique; for an abstract function its name, e.g. `g` or `g^[l]`. */
  readonly name: string
  readonly arity: number
  readonly abstract: boolean
  readonly partials: readonly number[]
  /** The value at real arguments. Absent for abstract functions. */
  readonly real?: (...x: number[]) => number
  /** The exact value where it is rational, else undefined. */
  readonly exact?: (...x: Rational[]) => Rational | undefined
  /** d f / d x_k as an expression of the arguments. A known function without it has no derivative rule. */
  readonly partial?: (args: readonly Expr[], k: number) => Expr
  /** The definition in simpler functions; absent for primitives. */
  readonly definition?: (args: readonly Expr[]) => Expr
  /** Simplifications at construction, e.g. log(exp(x)) = x. */
  readonly simplify?: (args: readonly Expr[]) => Expr | undefined
  /** f(x)^2 = f(x): indicators. */
  readonly idempotent?: boolean
  /** How it is written: text and LaTeX of the function name (`sigma`, `\sigma`). */
  readonly symbol?: { readonly text: string; readonly latex: string }
  /** Set for a known function of whole tensors, such as the inverse of a matrix. */
  readonly whole?: WholeFunction
  /** What computes it in a tensor program. A function without one is lowered by its definition. */
  readonly kernel?: Kernel
}

/** The functions that every runtime of tensor programs has, stable for large arguments. `inverse` and `det` are of whole matrices. */
export type Kernel =
  | 'exp' | 'log' | 'sqrt' | 'abs' | 'sign' | 'step' | 'max' | 'min' | 'relu' | 'sigmoid' | 'tanh' | 'softplus' | 'erf' | 'sin' | 'cos'
  | 'inverse' | 'det'

/** Numbers of one sort: floats, exact rationals, duals. `toNumber` forgets a tangent. */
export interface Arithmetic<T> {
  readonly zero: T
  readonly one: T
  readonly fromRational: (q: Rational) => T
  readonly toNumber: (x: T) => number
  readonly add: (a: T, b: T) => T
  readonly mul: (a: T, b: T) => T
  readonly power: (base: T, exponent: T) => T
}

/** A known function of whole tensors. Its call binds the axes of argument k in `over[k]`; `at` is `[]`, or one group: the entry of the result. */
export interface WholeFunction {
  /** All entries of the result, row by row, from the entries of argument k, row by row; undefined where there is no value. */
  readonly value: <T>(arithmetic: Arithmetic<T>, args: readonly { readonly sizes: readonly number[]; readonly entries: readonly T[] }[]) => readonly T[] | undefined
  /** d f(x)[at] / d x_k[slot] */
  readonly partial: (call: Apply, k: number, slot: readonly Index[]) => Expr
}

interface Common {
  readonly id: number
  /** Content hash: independent of the order in which parts arrived. */
  readonly hash: number
  /** Free indices (not literals), sorted by id. */
  readonly free: readonly Index[]
  /** Greatest level of an index bound inside; 0 when none. */
  readonly level: number
}

export interface Num extends Common { readonly kind: 'number'; readonly value: Rational }
/** An entry of a named tensor. */
export interface Sym extends Common { readonly kind: 'symbol'; readonly tensor: Tensor; readonly indices: readonly Index[] }
/** Sum of terms, aligned by index (a term without an index is the same for all its values). */
export interface Sum extends Common { readonly kind: 'sum'; readonly terms: readonly Expr[] }
/** coefficient * product of factors, summed over the bound indices. */
export interface Contraction extends Common { readonly kind: 'contraction'; readonly coefficient: Rational; readonly factors: readonly Expr[]; readonly bound: readonly Index[] }
/** 1 where sum of coefficient * index + constant (positions counted from 0) stands in the relation to 0, else 0. */
export interface Selector extends Common { readonly kind: 'selector'; readonly relation: 'eq' | 'le'; readonly terms: readonly SelectorTerm[]; readonly constant: Size }
export interface SelectorTerm { readonly coefficient: Size; readonly index: Index }
/**
 * A function of entries. For an abstract functional (cost(a, y) of whole tensors) `over[k]` binds the axes of
 * argument k, and `at` holds the entries by which it was differentiated, one group per element of `fn.partials`.
 */
export interface Apply extends Common { readonly kind: 'apply'; readonly fn: ScalarFunction; readonly args: readonly Expr[]; readonly over: readonly (readonly Index[])[]; readonly at: readonly (readonly Index[])[] }
/** base^exponent, entry by entry. */
export interface Power extends Common { readonly kind: 'power'; readonly base: Expr; readonly exponent: Expr }
/**
 * max of the body over the bound indices for which all conditions hold; or, with `at`, the indicator that
 * the position `at` is where the max is attained (the first one in index order on a tie).
 */
export interface Reduce extends Common { readonly kind: 'reduce'; readonly op: 'max' | 'argmax'; readonly over: readonly Index[]; readonly where: readonly Expr[]; readonly body: Expr; readonly at: readonly Index[] }
/**
 * An unresolved derivative: what a step still has to do, and the name of an adjoint once it is known.
 * `direct` is the local factor of a path: only the definition of `of` itself is differentiated, every other node held fixed;
 * otherwise the total derivative through the network.
 */
export interface Derivative extends Common { readonly kind: 'derivative'; readonly of: Expr; readonly by: Sym; readonly direct: boolean }

export type Expr = Num | Sym | Sum | Contraction | Selector | Apply | Power | Reduce | Derivative
