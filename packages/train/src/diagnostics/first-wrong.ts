/** The first number that is not finite, in tensors that come in the order of computation. */
import { type Index, indexForm, namesFor, type Network, type NetworkNode, renderText } from '@chainrule/core'
import type { Dense } from '../dense.ts'
import type { FirstWrong } from './diagnosis.ts'
import { tensorsIn } from './layers.ts'

export interface Looked { readonly kind: FirstWrong['kind']; readonly node: NetworkNode; readonly tensor: Dense }

/** The first tensor with an entry that is not finite. `valueOf` knows the numbers of what definitions read. */
export function firstWrongIn(network: Network, looked: readonly Looked[], valueOf: (name: string) => Dense | undefined): FirstWrong | undefined {
  for (const { kind, node, tensor } of looked) {
    const at = tensor.data.findIndex(x => !Number.isFinite(x))
    if (at < 0) continue
    const places = placesOf(at, tensor.shape)
    const [sample, ...rest] = places
    return {
      kind, node: node.name, value: nameOfWrong(tensor.data[at]!), ...(node.tensor.sample ? { sample: sample!, entry: rest } : { entry: places }),
      wrong: Array.from(tensor.data).filter(x => !Number.isFinite(x)).length, of: tensor.data.length,
      ...(kind === 'value' ? { definition: definitionOf(network, node) } : {}), reads: kind === 'value' ? readsOf(network, node, valueOf) : [],
    }
  }
  return undefined
}

const nameOfWrong = (x: number): FirstWrong['value'] => (Number.isNaN(x) ? 'NaN' : x > 0 ? 'Infinity' : '-Infinity')

/** Indices from 1 of an entry, which is counted row by row. */
function placesOf(at: number, shape: readonly number[]): number[] {
  let rest = at
  return [...shape].reverse().map(size => { const k = rest % size; rest = (rest - k) / size; return k + 1 }).reverse()
}

const letters = ['i', 'j', 'k', 'l', 'p', 'q']

function definitionOf(network: Network, node: NetworkNode): string {
  const free = new Map<Index, string>(node.indices.filter(i => !i.sample).map((i, k) => [i, letters[k] ?? `i_${k}`]))
  return renderText(indexForm(node.definition!, { free, nameOf: namesFor(network.nodes) }))
}

function readsOf(network: Network, node: NetworkNode, valueOf: (name: string) => Dense | undefined): FirstWrong['reads'] {
  const keys = tensorsIn(node.definition!)
  return network.nodes.filter(n => keys.has(n.tensor.key)).flatMap(n => {
    const t = valueOf(n.name)
    if (!t || t.data.length === 0) return []
    let [least, greatest] = [Infinity, -Infinity]
    for (const x of t.data) { if (x < least) least = x; if (x > greatest) greatest = x }
    return [{ node: n.name, least, greatest }]
  })
}
