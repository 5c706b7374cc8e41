/** Sizes for random points: all different, large enough for the entries that pages name, two or three samples. */
import type { Network } from '../network/types.ts'
import { printSize, sizeSymbols } from '../shape/index.ts'

const POOLS = [[4, 3, 5, 6, 7, 8, 9], [5, 4, 3, 7, 6, 9, 8], [3, 5, 4, 8, 7, 6, 9]]

/** Assignments of numbers to the symbols of sizes, tried in turn; sizes with a number in the text keep it. */
export function sizesToTry(network: Network): readonly ReadonlyMap<string, number>[] {
  const samples = printSize(network.samples)
  const symbols = new Set<string>()
  for (const n of network.nodes) for (const a of n.tensor.axes) sizeSymbols(a, symbols)
  symbols.delete(samples)
  const open = [...symbols].filter(s => network.dims.get(s) === undefined)
  const given = [...symbols].flatMap(s => { const n = network.dims.get(s); return n === undefined ? [] : [[s, n] as const] })
  const taken = new Set(given.map(([, n]) => n))
  return POOLS.map((pool, k) => {
    const free = pool.filter(n => !taken.has(n))
    return new Map([...given, ...open.map((s, j) => [s, free[j % free.length] ?? j + 3] as const), [samples, k === 1 ? 3 : 2] as const])
  })
}
