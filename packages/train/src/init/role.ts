/** What a parameter does in a network, read off the equations: a weight that a sum runs over, a bias, a scale. */
import { children, type Expr, evaluateS, type Index, type Network, type NetworkNode, type Selector, type Sym, toNumber } from '@chainrule/core'
import { sizeUnknown } from './messages.ts'

/**
 * A weight's fan in is the number of products that one output sums up, its fan out the number of outputs that one input goes into:
 * n and h for W[h, n] x, c u v and o u v for the kernel W[o, c, u, v] of a convolution, whatever the order of the axes.
 */
export type Role =
  | { readonly kind: 'weight'; readonly fanIn: number; readonly fanOut: number }
  | { readonly kind: 'bias' | 'scale' }

type Sizes = ReadonlyMap<string, number>

/** The role of a parameter at its first use. Throws a ChainError when a size has no number. */
export function roleOf(network: Network, parameter: NetworkNode, sizes: Sizes = new Map()): Role {
  const numbers: Sizes = new Map([...[...network.dims].flatMap(([k, v]) => (v === undefined ? [] : [[k, v] as const])), ...sizes])
  for (const node of network.nodes) {
    const use = node.definition && find(node.definition, parameter.tensor.key, [])
    if (use) return read(use, node, network, numbers)
  }
  return { kind: 'bias' }
}

/** The symbol, and what it stands in, innermost first. */
interface Use { readonly symbol: Sym; readonly inside: readonly Expr[] }

function find(e: Expr, key: string, inside: readonly Expr[]): Use | undefined {
  if (e.kind === 'symbol') return e.tensor.key === key ? { symbol: e, inside } : undefined
  for (const c of children(e)) {
    const use = find(c, key, [e, ...inside])
    if (use) return use
  }
  return undefined
}

function read({ symbol, inside }: Use, node: NetworkNode, network: Network, sizes: Sizes): Role {
  const [product, outer] = inside
  if (product?.kind !== 'contraction') return { kind: product === undefined || product.kind === 'sum' ? 'bias' : 'scale' }
  const size = (i: Index): number => sizeOf(i, symbol.tensor.name, sizes)
  const summed = symbol.indices.filter(i => product.bound.includes(i))
  const others = symbol.indices.filter(i => !product.bound.includes(i) && i.literal === undefined)
  if (summed.length === 0) {
    if (symbol.indices.length > 0) return { kind: 'scale' }
    // a weight between two neurons: the sum it stands in has as many products as the neuron has inputs
    const fanIn = outer?.kind === 'sum' ? outer.terms.filter(t => t.kind === 'contraction').length : 1
    return { kind: 'weight', fanIn, fanOut: 1 }
  }
  const windows = product.factors.filter((f): f is Selector => f.kind === 'selector')
  const slides = (i: Index): boolean => windows.some(w => w.terms.some(t => t.index === i) && w.terms.some(t => node.indices.includes(t.index) || t.index.level === 0))
  const kernel = summed.filter(slides).reduce((n, i) => n * size(i), 1)
  const oneHot = product.factors.some(f => f.kind === 'symbol' && f !== symbol && network.byTensor.get(f.tensor.key)?.facts.includes('one-hot'))
  return { kind: 'weight', fanIn: oneHot ? 1 : summed.reduce((n, i) => n * size(i), 1), fanOut: others.reduce((n, i) => n * size(i), kernel) }
}

function sizeOf(i: Index, name: string, sizes: Sizes): number {
  const value = evaluateS(i.size, s => sizes.get(s))
  if (!value) throw sizeUnknown(name)
  return toNumber(value)
}
