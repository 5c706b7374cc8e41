/** Taking a loss that sums or averages over the data apart, so that the derivation can speak of one sample. */
import { add, contract, type Expr, type Index, multiply, open, substitute, type Tensor, ZERO } from '../expression/index.ts'
import type { NetworkNode } from '../network/types.ts'
import { tensorKeys } from './depends.ts'
import { bindsSample, descendants, graphBetween, mixesSamples } from './graph.ts'
import type { OverData } from './types.ts'

interface Part { readonly outside: Expr; readonly inside: Expr }

/** outside * sum over samples of inside, for one term; undefined when the term sums over the data in another way. */
function takeApart(term: Expr, sample: Index): Part | undefined {
  if (term.kind !== 'contraction') return undefined
  const { bound, factors } = open(term)
  const over = bound.filter(b => b.sample)
  if (over.length !== 1 || factors.some(bindsSample)) return undefined
  const s = over[0]!
  const isSize = (f: Expr): boolean => (f.kind === 'symbol' && f.tensor.size !== undefined) || (f.kind === 'power' && isSize(f.base))
  const outside = factors.filter(f => isSize(f) && f.free.length === 0)
  const inside = factors.filter(f => !outside.includes(f)).map(f => substitute(f, new Map([[s, sample]])))
  return { outside: multiply(...outside), inside: contract(bound.filter(b => b !== s), inside, term.coefficient) }
}

/** The key of the loss of one sample. */
export const oneSampleKey = (loss: NetworkNode): string => `${loss.tensor.key}#one`

/** loss = outside * sum over the samples of perSample + rest, where the text has that form. */
function splitOverData(loss: NetworkNode, sample: Index): OverData | undefined {
  const definition = loss.definition
  if (!definition || loss.tensor.sample || loss.tensor.axes.length > 0) return undefined
  const terms = definition.kind === 'sum' ? definition.terms : [definition]
  const parts: Part[] = []
  const rest: Expr[] = []
  for (const t of terms) {
    if (!bindsSample(t)) { rest.push(t); continue }
    const part = takeApart(t, sample)
    if (!part) return undefined
    parts.push(part)
  }
  const outside = parts[0]?.outside
  if (!outside || parts.some(p => p.outside !== outside)) return undefined
  const tensor: Tensor = { key: oneSampleKey(loss), name: loss.name, axes: [sample.size], sample: true, rank: loss.tensor.rank }
  const perSample: NetworkNode = { name: `${loss.name}#one`, kind: 'node', tensor, indices: [sample], definition: add(...parts.map(p => p.inside)), facts: [], inner: true }
  return { loss, perSample, outside, rest: rest.length ? add(...rest) : ZERO }
}

/**
 * The split where a derivation by these variables may speak of one sample: no node on the way mixes samples, and what
 * stands beside the sum over the data reaches a variable directly, not through a node, whose path would be missed.
 */
export function splitFor(loss: NetworkNode, sample: Index, nodes: readonly NetworkNode[], variables: readonly NetworkNode[]): OverData | undefined {
  const split = splitOverData(loss, sample)
  if (!split || graphBetween(nodes, loss, loss.indices, variables).nodes.some(n => n.node !== loss && mixesSamples(n.node))) return undefined
  const read = tensorKeys(split.rest)
  const between = nodes.filter(n => n.definition && read.has(n.tensor.key))
  const through = (v: NetworkNode): boolean => {
    const below = descendants(nodes, [v.tensor.key])
    return between.some(n => n !== v && below.has(n.tensor.key))
  }
  return between.length > 0 && variables.some(through) ? undefined : split
}
