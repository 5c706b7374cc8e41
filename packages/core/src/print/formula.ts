/**
 * A formula is what stands on the page: expressions become formulas (index form, matrix form),
 * formulas become text, LaTeX or HTML. Nothing here computes.
 */
import type { Rational, Size } from '../shape/index.ts'

export type Formula =
  | { readonly kind: 'number'; readonly value: Rational; readonly decimal?: boolean }
  /** A tensor, index, function or size name in canonical text form: `W^(1)`, `w_{1,3}`, `sigma`, `y^*`, `c1.W`. */
  | { readonly kind: 'name'; readonly name: string }
  /** A size used as a number or a bound. */
  | { readonly kind: 'size'; readonly size: Size }
  /** base with index subscripts: `W_{ij}`, in text `W_ij` or `W[i, j]`; `sample` is the superscript of the data index. */
  | { readonly kind: 'entry'; readonly base: Formula; readonly indices: readonly Formula[]; readonly sample?: Formula }
  | { readonly kind: 'sum'; readonly terms: readonly Formula[] }
  | { readonly kind: 'negative'; readonly body: Formula }
  | { readonly kind: 'product'; readonly operator: 'juxtapose' | 'dot' | 'times' | 'hadamard'; readonly factors: readonly Formula[] }
  | { readonly kind: 'fraction'; readonly numerator: Formula; readonly denominator: Formula }
  /** Elementwise quotient, a ⊘ b. */
  | { readonly kind: 'elementwise-quotient'; readonly numerator: Formula; readonly denominator: Formula }
  | { readonly kind: 'power'; readonly base: Formula; readonly exponent: Formula; readonly elementwise?: boolean }
  | { readonly kind: 'exponential'; readonly exponent: Formula }
  | { readonly kind: 'root'; readonly body: Formula }
  | { readonly kind: 'transpose'; readonly body: Formula }
  /**
   * `diag(v)`, `sigma(z)`, `g'(z)`, `log(x)`, `tr(A)`. `symbol` overrides how the name is written;
   * `partials` are argument numbers from 0: [0] is `∂_1 f(x, y)`.
   */
  | { readonly kind: 'call'; readonly name: string; readonly primes: number; readonly args: readonly Formula[]; readonly partials?: readonly number[]; readonly symbol?: { readonly text: string; readonly latex: string } }
  | { readonly kind: 'absolute'; readonly body: Formula }
  | { readonly kind: 'norm'; readonly body: Formula }
  /** `Σ_k body`, `max_{a,b} body`. Over the data the index may read `i ∈ data` (a condition under the sign). */
  | { readonly kind: 'big'; readonly operator: 'sum' | 'max' | 'product' | 'argmax'; readonly under: readonly Formula[]; readonly condition?: Formula; readonly body: Formula }
  /** The vector or matrix of ones, the identity matrix. */
  | { readonly kind: 'ones' }
  | { readonly kind: 'identity' }
  /** ∂ of / ∂ by; `total` for a total derivative written with d. */
  | { readonly kind: 'partial'; readonly of: Formula; readonly by: Formula }
  | { readonly kind: 'differential'; readonly of: Formula }
  | { readonly kind: 'delta'; readonly left: Formula; readonly right: Formula }
  /** 1[left relation right] */
  | { readonly kind: 'indicator'; readonly left: Formula; readonly relation: '=' | '≤' | '>' | '<' | '≥' | '≠'; readonly right: Formula }
  | { readonly kind: 'equation'; readonly left: Formula; readonly relation: '=' | '←' | '≈'; readonly right: Formula }
  | { readonly kind: 'cases'; readonly rows: readonly { readonly value: Formula; readonly condition: Formula }[] }
  | { readonly kind: 'condition'; readonly left: Formula; readonly relation: '=' | '≠' | '<' | '>' | '≤' | '≥' | '∈'; readonly right: Formula }
  | { readonly kind: 'bracket'; readonly body: Formula; readonly square?: boolean; readonly sample?: Formula }
  | { readonly kind: 'list'; readonly items: readonly Formula[] }
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly Formula[])[] }
