/** Facts of declared tensors that rewrites may use. */
import type { NetworkNode } from '../network/types.ts'
import type { SumsToOne } from './facts.ts'

/** The facts that say: the entries along the last axis sum to 1. */
export const SUM_TO_ONE: readonly string[] = ['one-hot', 'class', 'distribution', 'probability', 'probabilities']

/** Keys of the tensors declared symmetric. */
export const symmetricOf = (nodes: readonly NetworkNode[]): ReadonlySet<string> => new Set(nodes.filter(n => n.facts.includes('symmetric')).map(n => n.tensor.key))

/** All tensors whose entries are declared to sum to 1. */
export const factsOf = (nodes: readonly NetworkNode[]): SumsToOne[] =>
  nodes.filter(n => n.facts.some(f => SUM_TO_ONE.includes(f)) && n.tensor.axes.length > 0).map(n => ({ key: n.tensor.key, name: n.name }))
