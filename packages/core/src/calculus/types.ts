/** A derivation is data: steps that replay to the answer. */
import type { Expr, Index, Sym } from '../expression/index.ts'
import type { NetworkNode } from '../network/types.ts'
import type { Foldable } from './fold.ts'
import type { SumsToOne } from './facts.ts'

/** Why a step holds: a sentence, or the definition of a node. */
export type Note =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'definition'; readonly node: string }
  | { readonly kind: 'rule'; readonly id: string; readonly name: string; readonly reason: string }

/** One rewrite: `after` is what the rule makes of `before`. */
export interface Step {
  readonly rule: RewriteId
  readonly name: string
  readonly notes: readonly Note[]
  readonly before: Expr
  readonly after: Expr
}

/** The derivation of one derivative: `left` = `before` of the first step = ... = `result`. */
export interface Block {
  /** What is differentiated by which node. */
  readonly by: NetworkNode
  /** `adjoint`: of the loss (or other output) by a node, through its consumers. `local`: of one node by a direct argument. `total`: over all samples. `product`: the answer times a direction. */
  readonly kind: 'adjoint' | 'local' | 'total' | 'product'
  readonly left: Expr
  /** Free indices of `left`: those of the output, then those of `by`. */
  readonly free: readonly Index[]
  readonly steps: readonly Step[]
  readonly result: Expr
  /** Derivations of the local factors that the steps use. */
  readonly locals: readonly Block[]
}

export type RewriteId =
  | 'chain-rule' | 'definition' | 'rules' | 'local' | 'known' | 'written-out' | 'delta' | 'expand' | 'fact' | 'fold' | 'collect' | 'cancel' | 'all-samples' | 'answer'

/** What rewrites look at besides the expression. */
export interface RewriteContext {
  readonly graph: Graph
  readonly foldables: readonly Foldable[]
  readonly facts: readonly SumsToOne[]
  /** Keys of tensors declared symmetric. */
  readonly symmetric: ReadonlySet<string>
  /** Results of earlier blocks by tensor key of the node; short ones are written out wherever they are used, long ones only in the answer. */
  readonly known: Map<string, { readonly by: Sym; readonly result: Expr; readonly long: boolean }>
  /** The answer with all entries free, for a question that goes on from it. */
  readonly answer?: { readonly of: Sym; readonly by: Sym; readonly result: Expr }
  /** Set when the loss sums over the data and the blocks speak of one sample. */
  readonly overData?: OverData
}

/** A whole derivation: blocks from the output towards the variable. */
export interface Derivation {
  /** The nodes it speaks of: the network's own and those it made (the loss of one sample, a gradient to differentiate again). */
  readonly nodes: readonly NetworkNode[]
  readonly of: NetworkNode
  readonly by: NetworkNode
  /** Free indices of the result: those of the output, then those of the variable. */
  readonly free: readonly Index[]
  readonly ofIndices: readonly Index[]
  readonly byIndices: readonly Index[]
  /** The sample that every line of the blocks before `total` speaks of. */
  readonly sample: Index | undefined
  /** What stands around the derivative of one sample's loss when the loss sums over the data. */
  readonly overData: OverData | undefined
  readonly blocks: readonly Block[]
  readonly context: RewriteContext
  /** What was asked for, unresolved: the derivative itself, or its product with a direction. */
  readonly asked: Expr
  readonly result: Expr
}

/** loss = outside * sum over the samples of `perSample` + rest. */
export interface OverData {
  readonly loss: NetworkNode
  readonly perSample: NetworkNode
  readonly outside: Expr
  readonly rest: Expr
}

/** The part of a network that lies between a variable and an output. */
export interface Graph {
  /** The output's entry, with the indices that every line keeps. */
  readonly of: Sym
  /** In order of computation, the output last. */
  readonly nodes: readonly GraphNode[]
  readonly byKey: ReadonlyMap<string, GraphNode>
  /** For each tensor key, the nodes whose definitions mention it. */
  readonly consumers: ReadonlyMap<string, readonly GraphNode[]>
  /** Nodes whose adjoint stays a name: the recursion's next layer. */
  readonly frontier: ReadonlySet<string>
  /** Everything at one and the same sample: no node between mixes samples. */
  readonly sample: Index | undefined
}

export interface GraphNode {
  readonly node: NetworkNode
  readonly definition: Expr
  readonly indices: readonly Index[]
}
