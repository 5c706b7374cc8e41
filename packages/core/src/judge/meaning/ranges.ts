/** Limits of sums as sizes: numbers, dims, the number of samples, sums of them. */
import type { Latex } from '../../language/latex/ast.ts'
import { inside } from '../../evaluate/depends.ts'
import type { Network } from '../../network/types.ts'
import { addS, parseRational, size, type Size, sizeSymbol, subS } from '../../shape/index.ts'
import type { Env } from './env.ts'

/** What courses call the number of samples, where the exercise declares no such name. */
export const isSamples = (name: string): boolean => name === 'm' || name === 'N'

const summing = new WeakMap<Network, boolean>()

/** Whether the network sums over its data anywhere. */
export function sumsOverData(network: Network): boolean {
  const known = summing.get(network)
  if (known !== undefined) return known
  const found = network.nodes.some(n => n.definition !== undefined && [...inside(n.definition)].some(x => x.kind === 'contraction' && x.bound.some(i => i.sample)))
  summing.set(network, found)
  return found
}

/** Whether a limit is a name for the number of samples that the exercise does not declare. */
export const isUndeclared = (e: Latex | undefined, network: Network): boolean => e?.kind === 'symbol' && isSamples(e.name) && !network.dims.has(e.name)

/** The size that a limit means; undefined for a name that nothing declares, the page's own word for "all of them". */
export function rangeSize(e: Latex, env: Env): Size | undefined {
  switch (e.kind) {
    case 'number': { const q = parseRational(e.text); return q && size(q) }
    case 'symbol': {
      const letter = env.letters.get(e.name)
      if (letter?.kind === 'value' && letter.number !== undefined) return size(letter.number)
      const label = env.scene.labels.get(e.name)
      if (label !== undefined && /^\d+$/.test(label)) return size(Number(label))
      const { network } = env.scene
      const n = network.dims.get(e.name)
      if (network.dims.has(e.name)) return n === undefined ? sizeSymbol(e.name) : size(n)
      return network.samples === sizeSymbol(e.name) || isSamples(e.name) ? network.samples : undefined
    }
    case 'sum': {
      let total: Size = size(0)
      for (const t of e.terms) {
        const s = rangeSize(t.body, env)
        if (!s) return undefined
        total = t.sign === '+' ? addS(total, s) : subS(total, s)
      }
      return total
    }
    case 'group': return e.items.length === 1 ? rangeSize(e.items[0]!, env) : undefined
    case 'scripted': {
      // n_1, n^{[l]}: a dim with a label
      const { network } = env.scene
      if (e.base.kind !== 'symbol') return undefined
      const sub = e.sub?.[0]
      const label = sub?.kind === 'number' ? sub.text : undefined
      const name = [`${e.base.name}${label ?? ''}`, `${e.base.name}_${label ?? ''}`].find(n => network.dims.has(n))
      if (label === undefined || name === undefined) return undefined
      const n = network.dims.get(name)
      return n === undefined ? sizeSymbol(name) : size(n)
    }
    default: return undefined
  }
}
