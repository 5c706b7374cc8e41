/** The names of a network, taken apart, so that a page's `w_{2,5}^{(1)}` finds `W^(1)` and its entry. */
import { type Name, parseName } from '../../language/index.ts'
import type { Network, NetworkNode } from '../../network/types.ts'

/** A node with the parts of its name. */
export interface Named {
  readonly node: NetworkNode
  /** Base with its accent: `yhat`, `w`, `xw`. */
  readonly base: string
  /** Parts of the subscript label: `2,5` is two. */
  readonly sub: readonly string[]
  readonly layer: Name['layer']
  readonly star: boolean
}

export interface NameTable {
  readonly byBase: ReadonlyMap<string, readonly Named[]>
  readonly functions: ReadonlyMap<string, readonly { readonly name: string; readonly sub: readonly string[]; readonly layer: Name['layer'] }[]>
  /** Every base, for messages and for splitting runs of letters. */
  readonly bases: ReadonlySet<string>
}

const partsOf = (sub: string | undefined): readonly string[] => (sub === undefined ? [] : sub.split(','))

/** The table of a network's names; steps inside layers are left out, their parameters are there (`c1.W`). */
export function nameTable(network: Network): NameTable {
  const byBase = new Map<string, Named[]>()
  for (const node of network.nodes) {
    if (node.inner && node.kind === 'node') continue
    const name = readName(node.name)
    if (!name) continue
    const named: Named = { node, base: name.base, sub: partsOf(name.sub), layer: name.layer, star: name.star ?? false }
    byBase.set(name.base, [...byBase.get(name.base) ?? [], named])
  }
  const functions = new Map<string, { name: string; sub: readonly string[]; layer: Name['layer'] }[]>()
  for (const text of network.functions) {
    const name = readName(text)
    if (name) functions.set(name.base, [...functions.get(name.base) ?? [], { name: text, sub: partsOf(name.sub), layer: name.layer }])
  }
  return { byBase, functions, bases: new Set([...byBase.keys(), ...functions.keys()]) }
}

function readName(text: string): Name | undefined {
  try { return parseName(text) } catch { return undefined }
}
