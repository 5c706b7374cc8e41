/**
 * Matrix expressions: what a term of entries becomes before it is written.
 * Every node knows its shape, so a product can tell scalars from vectors, and its cost, so that of two equal forms
 * the shorter one is printed.
 */
import type { Index } from '../../expression/index.ts'
import type { Rational } from '../../shape/index.ts'
import type { Formula } from '../formula.ts'

export type Shape = 'scalar' | 'column' | 'row' | 'matrix'

/** How a sample index is shown as a superscript; undefined when it is hidden. */
export type ShowSample = (index: Index) => Formula | undefined

interface Common {
  readonly shape: Shape
  /** Length on the page, in letters. */
  readonly cost: number
  /** Greatest place in the order of computation among the tensors inside. */
  readonly rank: number
  /** Content: equal keys are equal expressions. */
  readonly key: string
}

export interface NumberM extends Common { readonly kind: 'number'; readonly value: Rational }
/** A named tensor or a derivative; `samples` are the sample indices that it carries. */
export interface LeafM extends Common { readonly kind: 'leaf'; readonly write: (show: ShowSample) => Formula; readonly samples: readonly Index[]; readonly size?: boolean }
/** The vector (shape column) or the matrix of ones. */
export interface OnesM extends Common { readonly kind: 'ones' }
export interface IdentityM extends Common { readonly kind: 'identity' }
export interface TransposeM extends Common { readonly kind: 'transpose'; readonly body: Mat }
/** The matrix with the column on its diagonal. */
export interface DiagM extends Common { readonly kind: 'diag'; readonly body: Mat }
/** A chain of matrix products; no factor is a scalar. */
export interface ProductM extends Common { readonly kind: 'product'; readonly factors: readonly Mat[] }
/** coefficient * numerators / denominators * body, all but the body scalars. */
export interface ScaledM extends Common { readonly kind: 'scaled'; readonly coefficient: Rational; readonly numerators: readonly Mat[]; readonly denominators: readonly Mat[]; readonly body: Mat | undefined }
/** Entrywise product of columns or of matrices, divided entrywise by the denominators. */
export interface HadamardM extends Common { readonly kind: 'hadamard'; readonly numerators: readonly Mat[]; readonly denominators: readonly Mat[] }
export interface SumM extends Common { readonly kind: 'sum'; readonly terms: readonly Mat[] }
/** How the function of a call is written. */
export interface CallHead {
  readonly name: string
  readonly primes: number
  readonly partials?: readonly number[]
  readonly symbol?: { readonly text: string; readonly latex: string }
}
/** A function entry by entry, or a functional of whole tensors. */
export interface CallM extends Common { readonly kind: 'call'; readonly head: CallHead; readonly args: readonly Mat[] }
export interface InverseM extends Common { readonly kind: 'inverse'; readonly body: Mat }
/** base^exponent entry by entry; the exponent is a scalar or has the shape of the base. */
export interface PowerM extends Common { readonly kind: 'power'; readonly base: Mat; readonly exponent: Mat }
export interface TraceM extends Common { readonly kind: 'trace'; readonly body: Mat }
/** Sum of the squares of all entries. */
export interface SquareNormM extends Common { readonly kind: 'square-norm'; readonly body: Mat }
/** Sum over sample indices; `names` are their letters. */
export interface SamplesM extends Common { readonly kind: 'samples'; readonly over: readonly Index[]; readonly names: readonly Formula[]; readonly body: Mat }

export type Mat = NumberM | LeafM | OnesM | IdentityM | TransposeM | DiagM | ProductM | ScaledM | HadamardM | SumM | CallM | InverseM | PowerM | TraceM | SquareNormM | SamplesM

/** The shape of the transpose. */
export const transposedShape = (s: Shape): Shape => (s === 'column' ? 'row' : s === 'row' ? 'column' : s)

/** How tightly an expression binds: 0 sum, 1 entrywise product, 2 product, 3 atom. */
export function tightness(m: Mat): number {
  switch (m.kind) {
    case 'sum': return 0
    case 'samples': return 0
    case 'hadamard': return 1
    case 'product': return 2
    case 'scaled': return m.coefficient.n < 0n ? 0 : m.body ? Math.min(2, tightness(m.body)) : 2
    case 'number': return m.value.n < 0n ? 0 : 3
    case 'inverse': return 2.5
    default: return 3
  }
}

const PARENTHESES = 0.3
/** The cost of a part inside something that binds as tightly as `level`. */
export const costInside = (m: Mat, level: number): number => m.cost + (tightness(m) < level ? PARENTHESES : 0)

/** The cheaper of two forms, the first on a tie. */
export const cheaper = <T extends { readonly cost: number }>(a: T | null, b: T | null): T | null =>
  a === null ? b : b === null || a.cost <= b.cost + 1e-9 ? a : b

/** The direct parts of an expression. */
export function partsOf(m: Mat): readonly Mat[] {
  switch (m.kind) {
    case 'leaf': case 'number': case 'ones': case 'identity': return []
    case 'transpose': case 'diag': case 'inverse': case 'trace': case 'square-norm': case 'samples': return [m.body]
    case 'product': return m.factors
    case 'scaled': return [...m.numerators, ...m.denominators, ...(m.body ? [m.body] : [])]
    case 'hadamard': return [...m.numerators, ...m.denominators]
    case 'sum': return m.terms
    case 'call': return m.args
    case 'power': return [m.base, m.exponent]
  }
}

/** All leaves inside, one entry for each occurrence. */
export const leavesInside = (m: Mat): readonly LeafM[] => (m.kind === 'leaf' ? [m] : partsOf(m).flatMap(leavesInside))

/** All sample indices that are shown somewhere inside, one entry for each occurrence. */
export function samplesInside(m: Mat): readonly Index[] {
  if (m.kind === 'leaf') return m.samples
  const inside = partsOf(m).flatMap(samplesInside)
  return m.kind === 'samples' ? inside.filter(i => !m.over.includes(i)) : inside
}
