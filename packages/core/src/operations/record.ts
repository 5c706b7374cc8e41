/**
 * What an operation is: one record, one file, one line in the list. Everything else (value, shape rule, derivative,
 * lowering, documentation, tests) follows from the definition.
 */
import type { Expr, ScalarFunction } from '../expression/index.ts'
import type { Rational } from '../shape/index.ts'

/** The value of an attribute as a definition sees it; a symbolic size comes as its text (`n1`, `floor(K/2)`). */
export type Attribute = number | string | boolean | readonly Attribute[]
export type Attributes = Readonly<Record<string, Attribute>>

interface Common {
  /** As called in a `.chain` text. */
  readonly name: string
  /** Other names of the same operation. A name that the text declares itself goes before any of these. */
  readonly aliases?: readonly string[]
  /** One line: the equation first, or a sentence. */
  readonly doc: string
}

/** A scalar function, applied entry by entry. */
export interface ScalarOperation extends Common {
  readonly kind: 'scalar'
  readonly fn: ScalarFunction
  /** Names of the arguments, with the number that stands for one that is left out: `leaky_relu(z)` has slope 1/100. */
  readonly arguments: readonly { readonly name: string; readonly default?: Rational }[]
  /** Where tests draw arguments from, one interval per argument. */
  readonly domain: readonly (readonly [number, number])[]
  /** Points in the domain where the derivative jumps. */
  readonly kinks?: readonly number[]
  /** Kink of a function of two arguments: where the given expression is zero. */
  readonly kinkAt?: (args: readonly Expr[]) => Expr
}

/**
 * An operation on whole tensors: a block of `.chain` text. `...` in the signature stands for any leading axes;
 * those of different arguments need not be the same, the body says what has to agree.
 */
export interface TensorOperation extends Common {
  readonly kind: 'tensor'
  /**
   * `conv(x[..., channels, height, width], filters, kernel, stride=1, padding=0, dilation=1, groups=1, bias=true)`.
   * What has brackets is a tensor; `x[...]` is one of any shape. A default that is a bare word (`axis=all`) is that word.
   */
  readonly signature: string
  /**
   * The body of the block, statements as in a `.chain` file ending in `return`. The names of the signature are in
   * scope: tensors, their axes as sizes, attributes that are numbers or sizes. The function gets the attributes after
   * defaults, the sizes of the axes that the signature names, and all axes of each tensor argument (without the sample
   * axis). A size comes as digits or as a name that means it inside the body. Throws a ChainError without a place for attributes that fit no reading.
   */
  readonly definition: (attributes: Attributes, sizes: Readonly<Record<string, string>>, shapes: Readonly<Record<string, readonly string[]>>) => string
  /**
   * True: a call is expanded in place, as if its equation had been written there. The body is then one definition and
   * its `return`, or a `return` alone. Otherwise a call inside an expression becomes a node written `softmax(z)`.
   */
  readonly inline?: boolean
  /** Attributes whose default is stated in every output when the text leaves them out, with all readings, the default first. */
  readonly unstated?: Readonly<Record<string, readonly Attribute[]>>
  /** Arguments that are masks of zeros and ones, each with the attribute that says its share of zeros: drawn anew in every training step. */
  readonly masks?: Readonly<Record<string, string>>
  /** Networks for generated tests: texts of whole small `.chain` files that use the operation, sizes all different. */
  readonly samples: readonly string[]
  /** How a call is written: LaTeX of the function name; default `\mathrm{name}`. */
  readonly latex?: string
  /** True: results are searched for instances of the definition, so that `softmax(z)` is printed again instead of its exponentials. */
  readonly fold?: boolean
}

/**
 * A function of a whole square matrix with a derivative rule of its own (`fn.whole`): a scalar (`det`) or again a matrix (`inverse`).
 * A call is `applyOver(fn, [X[r,c]], [[r, c]], at)` where `at` is `[]` for a scalar and `[[i, j]]`, the entry, for a matrix.
 */
export interface MatrixOperation extends Common {
  readonly kind: 'matrix'
  /** `inverse(X[..., n, n])` */
  readonly signature: string
  readonly fn: ScalarFunction
  readonly result: 'scalar' | 'matrix'
  readonly samples: readonly string[]
  readonly latex?: string
}

export type Operation = ScalarOperation | TensorOperation | MatrixOperation
