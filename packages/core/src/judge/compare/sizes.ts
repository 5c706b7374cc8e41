/** Points for claims about sizes and counts alone: many assignments of numbers to the symbols, all different. */
import { type Exact, makePoint, type Point, splitmix32 } from '../../evaluate/index.ts'
import type { Rounded } from '../../evaluate/rounding.ts'
import { demandsOf, fits } from '../../evaluate/sizes.ts'
import type { Network } from '../../network/types.ts'
import type { RandomPoint } from '../../evaluate/index.ts'
import { below } from '../../evaluate/generator.ts'
import type { ClaimPoint } from '../points.ts'

const WANTED = 24
const TRIES = 4000

const memo = new WeakMap<Network, readonly ReadonlyMap<string, number>[]>()

/** Assignments under which every axis of the network is a whole number of positions, at least one. */
export function sizeAssignments(network: Network): readonly ReadonlyMap<string, number>[] {
  const known = memo.get(network)
  if (known) return known
  const demands = demandsOf(network.nodes)
  const given = new Map([...network.dims].flatMap(([k, n]) => (n === undefined ? [] : [[k, n] as const])))
  const open = [...new Set([...demands.symbols, ...network.dims.keys()])].filter(s => !given.has(s)).sort()
  const random = splitmix32(4711)
  const found: Map<string, number>[] = []
  const seen = new Set<string>()
  for (let k = 0; k < TRIES && found.length < (open.length === 0 ? 1 : WANTED); k++) {
    const most = 4 + Math.min(20, Math.floor(k / 40))
    const sizes = new Map([...given, ...open.map(s => [s, 1 + below(most, random)] as const)])
    const key = open.map(s => sizes.get(s)).join()
    if (seen.has(key)) continue
    seen.add(key)
    const distinct = new Set(open.map(s => sizes.get(s))).size
    if (k < TRIES / 2 && distinct < Math.min(open.length, most)) continue
    if (fits(demands, sizes)) found.push(sizes)
  }
  memo.set(network, found)
  return found
}

/** A point that has sizes and nothing else. */
export function sizePoint(sizes: ReadonlyMap<string, number>): ClaimPoint {
  const make = <T>(): Point<T> => makePoint<T>({ sizes })
  const [inFloats, inExact, inRounded] = [make<number>(), make<Exact>(), make<Rounded>()]
  const source: RandomPoint = { seed: 0, sizes, leaves: new Map(), floats: inFloats, exact: () => inExact, rounded: () => inRounded, margin: Infinity }
  return { kind: 'random', source, floats: inFloats, exact: () => inExact, rounded: () => inRounded }
}

