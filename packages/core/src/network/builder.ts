/** The network under construction: nodes as drafts, ranks given in the order of use. */
import type { Place } from '../errors.ts'
import { entry, type Expr, freshIndex, type Index, type Tensor } from '../expression/index.ts'
import type { Size, Rational } from '../shape/index.ts'
import { tooLarge } from './messages.ts'
import type { AttributeDefaults, Depth, LayerCall, Nested, NetworkNode, NodeKind } from './types.ts'
import { freshAxes, type Value } from './value.ts'

/** A node before its rank is known: the tensor is made at the first use. */
export interface Draft {
  readonly name: string
  readonly kind: NodeKind
  /** Without the sample axis. */
  readonly axes: readonly Size[]
  readonly sample: boolean
  readonly row: boolean
  readonly indices: readonly Index[]
  readonly definition?: Expr
  readonly value?: Nested<Rational>
  readonly facts: readonly string[]
  readonly layer?: LayerCall
  readonly inner: boolean
  readonly display?: NetworkNode['display']
  readonly operation?: NetworkNode['operation']
  readonly hints?: readonly string[]
  readonly place: Place
  tensor?: Tensor
}

export interface Builder {
  readonly sample: Index
  readonly drafts: Draft[]
  readonly byName: Map<string, Draft>
  /** Nodes that nested calls and argument expressions share, by content. */
  readonly shared: Map<string, Draft>
  /** Symbols of sizes with their numbers; what the options give goes before the defaults of the text. */
  readonly dims: Map<string, number | undefined>
  readonly givenDims: Readonly<Record<string, number>>
  readonly functions: Set<string>
  readonly layers: LayerCall[]
  readonly layerNames: Set<string>
  /** `--let g=sigmoid` */
  readonly replaced: ReadonlyMap<string, string>
  /** Keys of `replaced` that the text has a function for. */
  readonly replacements: Set<string>
  /** Defaults of operations' attributes in place of their own. */
  readonly attributeDefaults: AttributeDefaults
  loss: string | undefined
  depth: Depth | undefined
  /** Counts definitions; what is first used in a definition gets a rank just below it. */
  clock: number
  uses: number
  calls: number
  /** Shapes assumed for layers that the text leaves open, by canonical name. */
  readonly assumed: ReadonlyMap<string, readonly Size[]>
  /** Names on the left sides of the text; all other nodes are inner ones. */
  readonly written: Set<string>
  /** Stable indices for comparing definitions. */
  readonly slots: Map<string, Index>
  /** The line in which the text declares each name. */
  readonly lines: ReadonlyMap<string, number>
  /** Names such as `a^[*]` that a repeated layer defines. */
  readonly layered: Set<string>
}

const most = { nodes: 50_000, calls: 20_000 }
const band: Readonly<Record<NodeKind, number>> = { input: 1, given: 2, param: 3, rate: 4, target: 5, node: 9, loss: 9 }

/** Later than every output, so that y − t prints in this order. */
const AFTER_ALL = 1e9

export function newBuilder(given: Pick<Builder, 'givenDims' | 'replaced' | 'attributeDefaults' | 'assumed' | 'lines'>, samples: Size): Builder {
  return {
    ...given, sample: freshIndex('s', samples, true), drafts: [], byName: new Map(), shared: new Map(), dims: new Map(), functions: new Set(), replacements: new Set(), layers: [], layerNames: new Set(),
    slots: new Map(), written: new Set(), loss: undefined, depth: undefined, clock: 0, uses: 0, calls: 0, layered: new Set(),
  }
}

/** Adds a dim with the default number of the text. */
export function addDim(builder: Builder, name: string, number?: number): void {
  const { givenDims } = builder
  builder.dims.set(name, Object.hasOwn(givenDims, name) ? givenDims[name] : number)
}

/** Adds a node. */
export function addDraft(builder: Builder, draft: Draft): Draft {
  if (builder.drafts.length >= most.nodes) throw tooLarge(draft.place, 'nodes', most.nodes)
  builder.drafts.push(draft)
  builder.byName.set(draft.name, draft)
  if (draft.definition) { tensorOf(builder, draft); builder.clock++; builder.uses = 0 }
  return draft
}

/** Lists a layer. */
export function addLayer(builder: Builder, layer: LayerCall): void {
  builder.layers.push(layer)
  builder.layerNames.add(layer.name)
}

/** The operation that the options put in place of an abstract function, by the first of these names that they give. */
export function replacement(builder: Builder, names: readonly string[]): string | undefined {
  const key = names.find(n => builder.replaced.has(n))
  if (key === undefined) return undefined
  builder.replacements.add(key)
  return builder.replaced.get(key)
}

/** Counts a call that is expanded; too many are an error. */
export function countCall(builder: Builder, place: Place): void {
  if (++builder.calls > most.calls) throw tooLarge(place, 'calls', most.calls)
}

/** The tensor of a node, made now when this is its first use. */
export function tensorOf(builder: Builder, draft: Draft): Tensor {
  if (draft.tensor) return draft.tensor
  const rank = draft.kind === 'target' ? AFTER_ALL + builder.uses++ / 1000 + builder.clock
    : builder.clock * 10 + band[draft.kind === 'node' && !draft.definition ? 'input' : draft.kind] + (draft.definition ? 0 : Math.min(builder.uses++, 900) / 1000)
  const axes = draft.sample ? [builder.sample.size, ...draft.axes] : draft.axes
  const key = `${draft.name}:${axes.map(a => a.key).join(',')}${draft.sample ? ':s' : ''}:${rank}${draft.hints ? `:${draft.hints.join(',')}` : ''}`
  draft.tensor = Object.freeze({ key, name: draft.name, axes, sample: draft.sample, rank, ...(draft.hints ? { hints: draft.hints } : {}) })
  return draft.tensor
}

/** The entry of a node at indices for its axes without the sample axis. */
export const entryOf = (builder: Builder, draft: Draft, indices: readonly Index[]): Expr =>
  entry(tensorOf(builder, draft), draft.sample ? [builder.sample, ...indices] : indices)

/** A node as a value with axes of its own. */
export function valueOf(builder: Builder, draft: Draft): Value {
  const axes = freshAxes(draft.axes, draft.hints)
  return { expr: entryOf(builder, draft, axes), axes, row: draft.row }
}

/** The finished node. */
export function finish(builder: Builder, draft: Draft): NetworkNode {
  const { definition, value, layer, display, operation } = draft
  return Object.freeze({
    name: draft.name, kind: draft.kind, tensor: tensorOf(builder, draft), indices: draft.indices, facts: draft.facts, inner: draft.inner,
    ...(definition && { definition }), ...(value !== undefined && { value }), ...(layer && { layer }), ...(display && { display }), ...(operation && { operation }),
  })
}
