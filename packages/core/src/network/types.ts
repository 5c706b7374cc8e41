/** A network: named nodes in order of computation, each defined by an expression over earlier ones. */
import type { Expr, Index, Tensor } from '../expression/index.ts'
import type { Rational, Size } from '../shape/index.ts'

export type NodeKind = 'input' | 'target' | 'param' | 'given' | 'rate' | 'node' | 'loss'

/** Exact numbers, nested as the axes are (sample axis first where there is one). One number where there are axes stands for every entry. */
export type Nested<T> = T | readonly Nested<T>[]

export interface NetworkNode {
  readonly name: string
  readonly kind: NodeKind
  /** Its tensor; with `tensor.sample` the first axis runs over the data. */
  readonly tensor: Tensor
  /** The indices of the left side, one per axis (the sample index first). Free indices of the definition. */
  readonly indices: readonly Index[]
  /** Absent for inputs, targets, parameters, givens. */
  readonly definition?: Expr
  /** The numbers given in the text. */
  readonly value?: Nested<Rational>
  /** `one-hot`, `symmetric`, `class`, ... */
  readonly facts: readonly string[]
  /** The layer call this node is the output of, or belongs to. */
  readonly layer?: LayerCall
  /** True for a node that the language made itself (a step inside a layer, a nested operation call). */
  readonly inner: boolean
  /**
   * How a nested call is written (`softmax(z)`), when the node has no name of its own on the page. An empty operation
   * marks an expression that is the argument of a call: `args[0]` is its text, and `(x A)` the node's name.
   */
  readonly display?: { readonly operation: string; readonly args: readonly string[] }
  /** The operation whose definition this node's definition is, with its tensor arguments, when it is one whole call. */
  readonly operation?: { readonly name: string; readonly args: readonly string[]; readonly attributes: Readonly<Record<string, AttributeValue>> }
}

export type AttributeValue = number | string | boolean | Size | readonly AttributeValue[]

/** By operation and attribute: what a text that leaves the attribute out is read as. */
export type AttributeDefaults = Readonly<Record<string, Readonly<Record<string, AttributeValue>>>>

/** One call of a layer or block in the text: `c1 = conv(x, filters=100, kernel=5)`. */
export interface LayerCall {
  /** Scope name: `c1`, `stage1.2.conv1`. */
  readonly name: string
  readonly operation: string
  readonly attributes: Readonly<Record<string, AttributeValue>>
  /** Attributes that the text left to their defaults, with the alternatives a reader may have meant. */
  readonly unstated: readonly string[]
  /** Name of the node that is the layer's output. */
  readonly output: string
  /** Names of the tensor arguments. */
  readonly inputs: readonly string[]
  /** The enclosing layer call, for a layer inside a block. */
  readonly parent?: LayerCall
}

/** How a text is read. */
export interface ElaborateOptions {
  /** Numbers for dims, in place of the defaults of the text. */
  readonly dims?: Readonly<Record<string, number>>
  /** The number of layers where the text has `layers l = 1..L`. */
  readonly depth?: number
  /** Operations in place of abstract functions: `{ g: 'sigmoid' }`. */
  readonly functions?: Readonly<Record<string, string>>
  /** Another reading of attributes that the text leaves out: `{ conv: { padding: 'same' } }`. */
  readonly attributeDefaults?: AttributeDefaults
}

/** `layers l = 1..L` kept symbolic. */
export interface Depth { readonly variable: string; readonly symbol: string }

export interface Network {
  /** In order of computation. */
  readonly nodes: readonly NetworkNode[]
  readonly byName: ReadonlyMap<string, NetworkNode>
  readonly byTensor: ReadonlyMap<string, NetworkNode>
  /** The number of samples, a symbol (`m`). */
  readonly samples: Size
  /** The sample axis: the first index of every node that has one. */
  readonly sample: Index
  /** Declared dims: a symbol with its default number, when the text gives one. */
  readonly dims: ReadonlyMap<string, number | undefined>
  /** Abstract functions declared with `function`. */
  readonly functions: readonly string[]
  /** The loss, when one is declared. */
  readonly loss: string | undefined
  readonly layers: readonly LayerCall[]
  readonly depth: Depth | undefined
  readonly source: string
  readonly path: string
  /** How the text was read: with these it gives the same network again. */
  readonly options: ElaborateOptions
}
