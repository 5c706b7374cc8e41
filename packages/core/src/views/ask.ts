/** What a question names: `W^(1)`, `s[i]`, `(x_2)_d`, `W^(1)[1, 2]`. */
import { ChainError, nearestName } from '../errors.ts'
import { type Expression, parseExpression } from '../language/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'

/** A node with, per axis, a letter or a position counted from 1; no marks when the whole tensor is meant. */
export interface Asked {
  readonly node: NetworkNode
  readonly marks?: readonly (string | number)[]
}

/** Up to twelve names of nodes of one sort. */
function named(network: Network, which: (n: NetworkNode) => boolean): string {
  const list = network.nodes.filter(which).map(n => n.name)
  return list.length > 12 ? `${list.slice(0, 12).join(', ')}, … (${list.length})` : list.join(', ')
}

function baseName(e: Expression): string | undefined {
  if (e.kind === 'name') return e.name.text
  if (e.kind === 'group') return baseName(e.inner)
  return undefined
}

/** The node that a text names. Throws a ChainError with the nearest name. */
export function askedNode(network: Network, text: string): Asked {
  const exact = network.byName.get(text)
  if (exact) return { node: exact }
  const e = parseExpression(text, 'the question')
  const name = baseName(e.kind === 'entry' ? e.base : e)
  const node = name === undefined ? undefined : network.byName.get(name)
  if (!node) {
    const names = [...network.byName.keys()]
    throw new ChainError({
      problem: `There is no node ${name ?? text} in ${network.path || 'the network'}.`,
      expected: `Its nodes: ${named(network, n => !n.inner)}.${network.nodes.some(n => n.inner && n.kind === 'param') ? ` Parameters of layers: ${named(network, n => n.inner && n.kind === 'param')}.` : ''}`,
      nearest: nearestName(name ?? text, names),
    })
  }
  if (e.kind !== 'entry') return { node }
  const marks = e.indices.map(a => {
    if (a.kind === 'index' && a.value.kind === 'name') return a.value.name.text
    if (a.kind === 'index' && a.value.kind === 'number') return Number(a.value.text)
    throw new ChainError({ problem: `An entry is named by letters or positions, such as ${name}[i] or ${name}[2].`, place: { path: 'the question', source: text, span: a.span } })
  })
  const axes = node.tensor.axes.length - (node.tensor.sample ? 1 : 0)
  if (marks.length !== axes) {
    throw new ChainError({ problem: `${node.name} has ${axes} ${axes === 1 ? 'axis' : 'axes'}, but ${marks.length} ${marks.length === 1 ? 'index was' : 'indices were'} given.`, place: { path: 'the question', source: text, span: e.span } })
  }
  return { node, marks }
}
