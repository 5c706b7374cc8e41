/**
 * The tree of a formula in LaTeX: what was written, with the place of every piece. Meaning is given later, by the judge:
 * whether `a(1 - a)` is a call or a product, `^{(i)}` a layer or a sample, `w_{12}` one label or two indices.
 *
 * Every token of the input belongs to exactly one node: to a leaf, or to the `own` places of the node that it shapes
 * (operators, brackets, commands). Only spacing, sizes of brackets and alignment marks carry no meaning, and are owned too.
 */
import type { Span } from '../ast.ts'

export type { Span }

interface Base {
  readonly span: Span
  /** Places of the tokens that are this node's own, in order; the rest of the span belongs to its children. */
  readonly own: readonly Span[]
}

export type Accent = 'hat' | 'bar' | 'tilde' | 'dot' | 'ddot' | 'vec' | 'overline' | 'underline'
export type Font = 'cal' | 'bold' | 'blackboard' | 'roman' | 'fraktur' | 'sans' | 'script'

/** A digit string `12`, `0.3`, `25\,262\,600` (text: `25262600`). */
export interface NumberNode extends Base { readonly kind: 'number'; readonly text: string }

/** A letter, a Greek letter or a word: `w`, `sigma` for \sigma, `Loss`, `log`. Greek letters go by their ASCII names. */
export interface SymbolNode extends Base {
  readonly kind: 'symbol'
  readonly name: string
  readonly accent?: Accent
  readonly font?: Font
}

/** What stands above a symbol or bracket, besides primes. */
export type Raised =
  /** `^{(2)}`, `^{[l-1]}`, `^{(i)}` */
  | (Base & { readonly kind: 'label'; readonly bracket: '(' | '['; readonly inner: Latex })
  /** `^\top`, `^T`, `^t`; `letter` where it could be a variable of that name. */
  | (Base & { readonly kind: 'transpose'; readonly letter?: 'T' | 't' })
  /** `^*`, `^{\star}` */
  | (Base & { readonly kind: 'star' })
  /** `^2`, `^{-1}`, `^{n}`, `^l`; `entrywise` where it says so: `^{\odot 2}`, `^{\circ 2}` */
  | (Base & { readonly kind: 'power'; readonly exponent: Latex; readonly entrywise?: true })

/**
 * Scripts on a base: `w_{2,5}^{(1)}`, `g'`, `(x_2)_d`, `W^{(2)T}`. `sub` holds the items between commas; an item without
 * commas such as `ij` is a product of letters, `11` one number.
 */
export interface ScriptedNode extends Base {
  readonly kind: 'scripted'
  readonly base: Latex
  readonly sub?: readonly Latex[]
  readonly sup: readonly Raised[]
  readonly primes: number
}

/** Brackets around one item, or around several between commas: `(a + b)`, `(32, 1024)`, `\{0, 1\}`. */
export interface GroupNode extends Base { readonly kind: 'group'; readonly bracket: '(' | '[' | '{'; readonly items: readonly Latex[] }

/**
 * Something like a name directly before a round (or square) bracket: a call `g(z)`, `P(y = j)`, or a product `a_2(1 - a_2)`.
 * Scripts behind the bracket belong to the value of a call, or to the bracket of a product: `softmax(z)_i`, `a(1 - a)^2`.
 */
export interface AppliedNode extends Base {
  readonly kind: 'applied'
  readonly head: Latex
  readonly group: GroupNode
  readonly sub?: readonly Latex[]
  readonly sup: readonly Raised[]
  readonly primes: number
}

/** A function word applied without brackets: `\log y_c`, `\tanh z`, `\exp -x` is refused. `head` is the word, scripted as in `\tanh^2 z`. */
export interface PrefixNode extends Base { readonly kind: 'prefix'; readonly head: Latex; readonly argument: Latex }

/** Terms with their signs: `a - b + c`, `-a`. A single negative term is a sum of one. */
export interface SumNode extends Base { readonly kind: 'sum'; readonly terms: readonly { readonly sign: '+' | '-'; readonly body: Latex }[] }

export type ProductOperator =
  | 'juxtapose' // W x
  | 'cdot' // \cdot, ·
  | 'times' // \times, ×
  | 'star' // *, \ast
  | 'odot' // \odot, .*, ⊙, \circ
  | 'otimes' // \otimes, ⊗
  | 'slash' // /, \div
  | 'oslash' // \oslash, ./, ⊘

/** Factors in the order of writing; `operators[k]` stands between factors k and k + 1. A factor may be a sum of one: `a * -b`. */
export interface ProductNode extends Base { readonly kind: 'product'; readonly factors: readonly Latex[]; readonly operators: readonly ProductOperator[] }

/** `\frac{a}{b}`, also \tfrac, \dfrac, \cfrac, `a \over b`. */
export interface FractionNode extends Base { readonly kind: 'fraction'; readonly numerator: Latex; readonly denominator: Latex }

/**
 * `\frac{\partial E}{\partial w}`, `\frac{dL}{dw}`, `\partial E / \partial w`, `\frac{\partial^2 E}{\partial v \partial w}`.
 * In the operator form `\frac{\partial}{\partial h_i} y_j`, `of` is the product that follows and `operator` is true.
 */
export interface DerivativeNode extends Base {
  readonly kind: 'derivative'
  readonly style: 'partial' | 'd'
  readonly of: Latex
  /** By what, with the order of each: `\partial w^2` is `{ variable: w, order: 2 }`. */
  readonly by: readonly { readonly variable: Latex; readonly order: number }[]
  readonly operator: boolean
}

/** `\nabla_W E`, `\nabla E` (no `by`). */
export interface NablaNode extends Base { readonly kind: 'nabla'; readonly by?: Latex; readonly of: Latex }

/**
 * `dx_0`, `d\,xw_0`, `\mathrm{d}z^{[2]}`: a differential, or the name of a gradient, as the exercise says.
 * `partial` where it is written \partial and no quotient makes it a derivative: `\partial W = \delta x^\top`.
 */
export interface DifferentialNode extends Base { readonly kind: 'differential'; readonly of: Latex; readonly partial?: true }

/** `\sum_{j \ne i} body`, `\prod_{l=1}^{L}`, `\max_{k}`, `\min`: the body is the product that follows. */
export interface BigNode extends Base {
  readonly kind: 'big'
  readonly operator: 'sum' | 'product' | 'max' | 'min' | 'argmax' | 'argmin'
  /** What stands below, between commas: a letter, a relation `i = 1`, `j \ne i`, `i \in data`. */
  readonly under: readonly Latex[]
  readonly upper?: Latex
  readonly body: Latex
}

/** `|x|`, `\lVert x \rVert_2^2` (the scripts are on the scripted node around it). */
export interface NormNode extends Base { readonly kind: 'norm'; readonly bars: 1 | 2; readonly inner: Latex }

/** `\lfloor a \rfloor`, `\lceil a \rceil` */
export interface RoundedNode extends Base { readonly kind: 'rounded'; readonly direction: 'floor' | 'ceil'; readonly inner: Latex }

/** `\sqrt{x}`, `\sqrt[3]{x}` */
export interface RootNode extends Base { readonly kind: 'root'; readonly index?: Latex; readonly inner: Latex }

/** `\begin{cases} a & \text{if } i = j \\ b & \text{otherwise} \end{cases}`; a condition is a relation, a list of them, or a text. */
export interface CasesNode extends Base { readonly kind: 'cases'; readonly rows: readonly { readonly value: Latex; readonly condition?: Latex }[] }

export interface MatrixNode extends Base { readonly kind: 'matrix'; readonly rows: readonly (readonly Latex[])[] }

/** `\mathbb{1}\{i = j\}`, `\mathbb{1}_{i = j}`, `[i = j]`: 1 where the relation holds, else 0. */
export interface IndicatorNode extends Base { readonly kind: 'indicator'; readonly relation: Latex }

/** Words between formulas: `\text{if }`, `\mbox{otherwise}`; blanks folded, trimmed. */
export interface TextNode extends Base { readonly kind: 'text'; readonly text: string }

/** `\dots`, `\cdots`, `...` */
export interface DotsNode extends Base { readonly kind: 'dots' }

/** `|` is the bar of a condition, `P(y \mid x)`. */
export type Relation = '=' | '≠' | '<' | '≤' | '>' | '≥' | '≈' | '≡' | ':=' | '←' | '→' | '∈' | ':' | '∝' | '⇒' | '⇔' | '∼' | '|'

/** `a = b = c`: parts with the relations between them. A part is missing (`undefined`) only at the ends: `= c`, `a =`. */
export interface RelationNode extends Base {
  readonly kind: 'relation'
  readonly parts: readonly (Latex | undefined)[]
  readonly relations: readonly Relation[]
}

/** Items between commas where nothing brackets them: `i, j`, `a = 1, b = 2`; also text and formula side by side. */
export interface ListNode extends Base { readonly kind: 'list'; readonly items: readonly Latex[] }

export type Latex =
  | NumberNode | SymbolNode | ScriptedNode | GroupNode | AppliedNode | PrefixNode | SumNode | ProductNode | FractionNode
  | DerivativeNode | NablaNode | DifferentialNode | BigNode | NormNode | RoundedNode | RootNode | CasesNode | MatrixNode
  | IndicatorNode | TextNode | DotsNode | RelationNode | ListNode

/** A formula as read: statements in the order of writing (chains `A = B = C`, expressions, conditions, texts). */
export interface LatexFormula {
  readonly source: string
  readonly statements: readonly Latex[]
  /** Places of tokens that belong to the formula as a whole: environments, line breaks, alignment, closing punctuation, tags. */
  readonly own: readonly Span[]
  /** Every token of the input, in order, for the invariant that each is owned once. */
  readonly tokens: readonly Span[]
}

/** Which words are one name where the letters are written side by side: `xw_0` is one name, `Wx` two. */
export interface Lexicon {
  /** Names of more than one letter that the page may use: `xw`, `Loss`, `data`, `sigmoid`. */
  readonly words: ReadonlySet<string>
  /** Names of one letter that are declared; `d` among them is a variable and no differential. */
  readonly letters: ReadonlySet<string>
}
