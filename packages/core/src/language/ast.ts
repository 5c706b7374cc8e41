/**
 * The surface syntax of a `.chain` file: what was written, with the place of every piece.
 * Meaning (shapes, indices, sample axis) is given later, in `network/`.
 */

/** A half-open range of character offsets in the source text. */
export interface Span { readonly start: number; readonly end: number }

/**
 * A name as on paper: base, subscript label, layer label, marks.
 * `text` is the canonical text form, equal for every spelling of the same name:
 * `W^{(2)}`, `W^(2)` and `W⁽²⁾` are all `W^(2)`; `w_{13}` and `w_13` are `w_13`; `w_{1,3}` keeps its braces;
 * `y^*` is a star label; dotted names (`c1.W`) are a path of bases joined by `.` without blanks.
 */
export interface Name {
  readonly text: string
  readonly base: string
  /** Subscript label as written between the braces, blanks removed: `1,3`, `1`, `L`; absent when there is none. */
  readonly sub?: string
  /** Layer label: bracket kind and inner text, blanks removed: `(2)` is `{ bracket: '(', text: '2' }`, `[l-1]` is `{ bracket: '[', text: 'l-1' }`. */
  readonly layer?: { readonly bracket: '(' | '['; readonly text: string }
  /** Star label `^*`. */
  readonly star?: boolean
  readonly span: Span
}

/** What stands between the square brackets of an entry `W[i, 2*j-1, ...]`; `...` matches all leading axes. */
export type IndexArg =
  | { readonly kind: 'index'; readonly value: Expression; readonly span: Span }
  | { readonly kind: 'ellipsis'; readonly span: Span }

/** An index that a sum, mean, max or a left side binds: `i`, or `i: H` / `i = 1..H` with its size. */
export interface BoundIndex { readonly name: string; readonly size?: Expression; readonly span: Span }

export type BinaryOperator =
  | '+' | '-'
  | 'juxtapose'      // W x
  | '*' | '.*' | '/' | './' // explicit product; elementwise product (also ⊙); quotient; elementwise quotient (also ⊘)
  | '.'              // dot product `a . b` (also ·)
  | '^'              // power (never a label)
  | '<' | '<=' | '>' | '>=' | '=' | '!=' // only inside an indicator bracket `[i = j]` or an `if`
  | 'and' | 'or'

export type Reduction = 'sum' | 'mean' | 'max' | 'min' | 'prod'

export type Expression =
  | { readonly kind: 'number'; readonly text: string; readonly span: Span }
  | { readonly kind: 'string'; readonly value: string; readonly span: Span }
  | { readonly kind: 'name'; readonly name: Name; readonly span: Span }
  | { readonly kind: 'entry'; readonly base: Expression; readonly indices: readonly IndexArg[]; readonly span: Span }
  /** `f(x, key=value)`, `f'(x)` (primes = 1), `log y` (bare = true: prefix application without brackets). */
  | { readonly kind: 'call'; readonly name: Name; readonly primes: number; readonly args: readonly Expression[]; readonly named: readonly Attribute[]; readonly bare: boolean; readonly span: Span }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression; readonly span: Span }
  | { readonly kind: 'negate'; readonly operand: Expression; readonly span: Span }
  | { readonly kind: 'transpose'; readonly operand: Expression; readonly span: Span }
  /** Round brackets are kept so that printing returns what was written. */
  | { readonly kind: 'group'; readonly inner: Expression; readonly span: Span }
  /** `sum_j body`, `sum_{j,k} body`, `max_{a,b} body`. The body is the product that follows. */
  | { readonly kind: 'reduction'; readonly reduction: Reduction; readonly over: readonly BoundIndex[]; readonly where?: Expression; readonly body: Expression; readonly span: Span }
  /** `sum over data: body`, `mean over data: body`. The body extends to the end of the enclosing group or line. */
  | { readonly kind: 'over-data'; readonly reduction: 'sum' | 'mean'; readonly body: Expression; readonly span: Span }
  /** `[i = j]`, `[j <= i]`: 1 where the relation holds, else 0. */
  | { readonly kind: 'indicator'; readonly relation: Expression; readonly span: Span }
  /** `[[1, 2], [3, 4]]`, or a plain list `[3, 3]` (two or more items, or nested). */
  | { readonly kind: 'array'; readonly items: readonly Expression[]; readonly span: Span }
  /** `|x|` absolute value, `||x||` Euclidean norm. */
  | { readonly kind: 'norm'; readonly bars: 1 | 2; readonly inner: Expression; readonly span: Span }

export interface Attribute { readonly key: string; readonly value: Expression; readonly span: Span }

/** One declared name with its axes, default value and facts: `A[n,n] = [[1,2],[2,5]] symmetric`. */
export interface Declared {
  readonly name: Name
  readonly axes: readonly Expression[]
  readonly value?: Expression
  readonly facts: readonly string[]   // 'one-hot', 'symmetric', 'given', 'class' …; any bare words after the axes or the value
  readonly span: Span
}

export type DeclarationKind = 'dim' | 'input' | 'target' | 'param' | 'given' | 'function' | 'rate'

export type Statement =
  /** `dim n0, n1 = 7, n2 = 10`: items keep their own values. Facts written at the end of the line belong to the last item only. */
  | { readonly kind: 'declare'; readonly declaration: DeclarationKind; readonly items: readonly Declared[]; readonly when?: Expression; readonly comment?: string; readonly span: Span }
  /** `layers l = 1..L`: following lines that mention `^[l]` exist for every l. */
  | { readonly kind: 'layers'; readonly variable: string; readonly from: Expression; readonly to: Expression; readonly comment?: string; readonly span: Span }
  /** `z^(1) = W x`, `z[i] = ...`, `y[o: F, i: H] = ...`, `loss E = ...`, `(h, c) = lstm(...)` (several targets). `when` is a trailing `if cond`. */
  | { readonly kind: 'define'; readonly loss: boolean; readonly targets: readonly Target[]; readonly value: Expression; readonly when?: Expression; readonly comment?: string; readonly span: Span }
  /** `return y` or `return h, c` inside a block. */
  | { readonly kind: 'return'; readonly values: readonly Expression[]; readonly comment?: string; readonly span: Span }
  /** `block bottleneck(x[C, H, W], filters, stride=1):` and its indented lines. */
  | { readonly kind: 'block'; readonly name: Name; readonly parameters: readonly BlockParameter[]; readonly body: readonly Statement[]; readonly comment?: string; readonly span: Span }
  /** A blank line or a comment line, kept for printing. */
  | { readonly kind: 'remark'; readonly comment?: string; readonly span: Span }

/** The left side of a definition: a name and, in index form, its bound indices (`...` = all leading axes). */
export interface Target { readonly name: Name; readonly indices?: readonly (BoundIndex | { readonly ellipsis: true; readonly span: Span })[]; readonly span: Span }

/** A block's parameter: a tensor with axes `x[..., C, H, W]`, or an attribute with an optional default. */
export interface BlockParameter { readonly name: Name; readonly axes?: readonly IndexArg[]; readonly value?: Expression; readonly span: Span }

/** A parsed `.chain` text. */
export interface ChainFile { readonly statements: readonly Statement[]; readonly source: string; readonly path: string }
