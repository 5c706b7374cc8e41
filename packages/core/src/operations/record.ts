/**
 * What an operation is: one record, one file, one line in the list. Everything else (value, shape rule, derivative,
 * lowering, documentation, tests) follows from the definition.
 */
import type { Expr, ScalarFunction } from '../expression/index.ts'

export type Attributes = Readonly<Record<string, unknown>>

interface Common {
  /** As called in a `.chain` text. */
  readonly name: string
  readonly aliases?: readonly string[]
  /** One line: the equation first, or a sentence. */
  readonly doc: string
}

/** A scalar function, applied entry by entry. */
export interface ScalarOperation extends Common {
  readonly kind: 'scalar'
  readonly fn: ScalarFunction
  /** Where tests draw arguments from, one interval per argument. */
  readonly domain: readonly (readonly [number, number])[]
  /** Points in the domain where the derivative jumps. */
  readonly kinks?: readonly number[]
  /** Kink of a function of two arguments: where the given expression is zero. */
  readonly kinkAt?: (args: readonly Expr[]) => Expr
}

/**
 * An operation on whole tensors: a block of `.chain` text. `...` in the signature stands for any leading axes.
 */
export interface TensorOperation extends Common {
  readonly kind: 'tensor'
  /** `conv(x[..., C, H, W], filters, kernel, stride=1, padding=0, dilation=1, groups=1, bias=true)` */
  readonly signature: string
  /**
   * The body of the block, statements as in a `.chain` file ending in `return`. Gets the attributes after defaults
   * (numbers, booleans, strings, lists, sizes as text) and the sizes of the axes bound by the signature as texts.
   */
  readonly definition: (attributes: Attributes, sizes: Readonly<Record<string, string>>) => string
  /** Attributes whose default is stated in every output when the text leaves them out, with the other readings. */
  readonly unstated?: Readonly<Record<string, readonly unknown[]>>
  /** Networks for generated tests: texts of whole small `.chain` files that use the operation, sizes all different. */
  readonly samples: readonly string[]
  /** How a call is written: LaTeX of the function name; default `\mathrm{name}`. */
  readonly latex?: string
  /**
   * Quality override: recognises the definition inside other results, so that `softmax(z)` is printed again
   * instead of its exponentials. Gets an expression and gives the arguments when it is an instance.
   */
  readonly fold?: boolean
}

export type Operation = ScalarOperation | TensorOperation
