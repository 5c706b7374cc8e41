/** Lowering that does not depend on what was built before: equal requests give equal programs, in this process and in the next one. */
import { forgetSince, type Index, internMark, ownNumbers, substitute } from '../expression/index.ts'
import type { Network } from '../network/types.ts'

/**
 * Runs `make` on the network with indices numbered anew. The order of terms and factors comes from hashes, and the hash of a free index
 * from its number, which counts all indices that the process has made. The expressions that are made on the way are forgotten, so the
 * result must hold none.
 */
export function afresh<T>(network: Network, make: (n: Network) => T): T {
  const mark = internMark()
  const { value, outermost } = ownNumbers(fresh => make(renumbered(network, fresh)))
  if (outermost) forgetSince(mark)
  return value
}

function renumbered(network: Network, fresh: (like: Index) => Index): Network {
  const map = new Map<Index, Index>()
  const to = (i: Index): Index => {
    if (i.level > 0 || i.literal !== undefined) return i
    let made = map.get(i)
    if (!made) map.set(i, made = fresh(i))
    return made
  }
  const sample = to(network.sample)
  const indices = network.nodes.map(n => n.indices.map(to))
  const nodes = network.nodes.map((n, k) => ({ ...n, indices: indices[k]!, ...(n.definition ? { definition: substitute(n.definition, map) } : {}) }))
  return { ...network, sample, nodes, byName: new Map(nodes.map(n => [n.name, n])), byTensor: new Map(nodes.map(n => [n.tensor.key, n])) }
}
