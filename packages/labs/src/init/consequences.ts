/** What follows from claims about the parameters: the network's equations and its derived gradients, with the claims put in. */
import { adjointEntry, cost, entry, type Expr, type Gradients, type Index, type Network, type NetworkNode, overAllSamples, takeSteps, type Tensor, withAdjointTensors, ZERO } from '@chainrule/core'
import { type Known, under } from './known.ts'

/** What is claimed of a parameter: every entry is 0, or entries along an axis are all the same. */
export interface Claim { readonly zero: boolean; readonly same: readonly boolean[] }
export type Claims = ReadonlyMap<string, Claim>

/** An expression over the given indices, as derived and under the claims. */
export interface Consequence {
  readonly node: NetworkNode
  /** The key of the tensor whose entries these are, as later lines read it. */
  readonly key: string
  readonly kind: 'value' | 'adjoint' | 'gradient'
  readonly indices: readonly Index[]
  readonly before: Expr
  readonly after: Expr
}

/** Values of nodes, adjoints and gradients in the order in which they are computed. */
export function consequences(network: Network, g: Gradients, claims: Claims): readonly Consequence[] {
  const knowledge = new Map<string, Known>()
  // adjoints with what they are in place of their names, where that is short
  const spelt = new Map<string, Known>()
  const found: Consequence[] = []
  const learn = (key: string, tensor: Tensor, indices: readonly Index[], after: Expr): void => {
    const known = reduced(tensor, indices, after)
    if (known) knowledge.set(key, known)
  }
  for (const node of network.nodes) {
    const claim = claims.get(node.name)
    if (claim && (claim.zero || claim.same.some(Boolean))) knowledge.set(node.tensor.key, claimed(node, claim))
  }
  for (const node of network.nodes) {
    if (!node.definition || (g.overData && node === g.of)) continue
    const after = under(node.definition, knowledge)
    found.push({ node, key: node.tensor.key, kind: 'value', indices: node.indices, before: node.definition, after })
    learn(node.tensor.key, node.tensor, node.indices, after)
  }
  for (const block of g.blocks) {
    if (block.left.kind !== 'derivative') continue
    const { by } = block.left
    const { tensor: { key }, tensor, indices } = adjointEntry(by, g)
    const before = withAdjointTensors(block.result, g)
    const named = simplest(under(before, knowledge), g)
    const whole = named.kind === 'number' ? named : simplest(under(under(before, spelt), knowledge), g)
    const after = whole.kind === 'number' ? whole : named
    if (cost(whole, SHORT) <= SHORT) spelt.set(key, { indices, value: whole })
    const common = { node: block.by, key }
    if (!claims.has(block.by.name)) { found.push({ ...common, kind: 'adjoint', indices, before, after }); learn(key, tensor, indices, after); continue }
    if (!g.overData) { found.push({ ...common, kind: 'gradient', indices, before, after }); continue }
    const all = overAllSamples(g, by.indices, block.by)
    const total = (one: Expr): Expr => under(all.expr, new Map([...knowledge, [key, { indices, value: one }]]))
    found.push({ ...common, kind: 'gradient', indices: all.order, before: under(all.expr, new Map([[key, { indices, value: before }]])), after: simplest(total(after), g) })
  }
  return found
}

/** The entry of a parameter as claimed: 0, or an entry of a tensor that lacks the axes along which all are the same. */
function claimed(node: NetworkNode, { zero, same }: Claim): Known {
  const kept = node.indices.filter((_, k) => !same[k])
  return { indices: node.indices, value: zero ? ZERO : entry(without(node.tensor, node.indices, kept), kept) }
}

/** Numbers stand for themselves; a tensor that does not depend on all its axes becomes one that has only the others. */
function reduced(tensor: Tensor, indices: readonly Index[], after: Expr): Known | undefined {
  if (after.kind === 'number') return { indices, value: after }
  const kept = indices.filter(i => after.free.includes(i))
  return kept.length === indices.length ? undefined : { indices, value: entry(without(tensor, indices, kept), kept) }
}

function without(tensor: Tensor, indices: readonly Index[], kept: readonly Index[]): Tensor {
  const places = indices.flatMap((i, k) => (kept.includes(i) ? [k] : []))
  const { hints, ...rest } = tensor
  const shift = tensor.sample ? 1 : 0
  return {
    ...rest, key: `${tensor.key}|${places.join(',')}`, axes: places.map(k => tensor.axes[k]!), sample: tensor.sample && places[0] === 0,
    ...(hints ? { hints: places.filter(k => k >= shift).map(k => hints[k - shift]!) } : {}),
  }
}

/** Longer expressions are not multiplied out; longer adjoints keep their names. */
const [LONGEST, SHORT] = [400, 60]

/** Multiplied out where declared facts then take something away. */
function simplest(e: Expr, g: Gradients): Expr {
  if (e.kind === 'number' || cost(e, LONGEST) > LONGEST) return e
  const other = takeSteps(['expand', 'fact'], e, g.context).at(-1)?.after ?? e
  return other.kind === 'number' || other.free.length < e.free.length ? other : e
}
