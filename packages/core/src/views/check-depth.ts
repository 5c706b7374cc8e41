/** Checking lines of symbolic depth: the layer l and the depth L get numbers, and the line is evaluated in that network. */
import { entry, type Expr, type Index, mapChildren } from '../expression/index.ts'
import type { Derivation, Step } from '../calculus/index.ts'
import { derivativeHook, makePoint, type Point } from '../evaluate/index.ts'
import { sameValue, type Trial } from '../evaluate/compare.ts'
import { randomPoint } from '../evaluate/random.ts'
import type { Network } from '../network/types.ts'
import { readNetwork } from '../network/index.ts'
import { asCheck } from './check-lines.ts'
import type { Check, Inline } from './page.ts'

export interface DepthChecker { readonly check: (step: Step, d: Derivation) => Check; readonly summary: () => Inline[]; readonly ok: () => boolean }

/** (depth, layer): all different, the layer never the last one. */
const PLACES: readonly (readonly [number, number])[] = [[3, 2], [4, 2], [4, 3], [3, 1]]

/** The concrete label of a symbolic one: l is the layer, L the depth. */
function labelAt(text: string, variable: string, symbol: string, layer: number, depth: number): number | undefined {
  const match = /^([A-Za-z]+)(?:([+-])(\d+))?$/.exec(text)
  if (!match) return undefined
  const base = match[1] === variable ? layer : match[1] === symbol ? depth : undefined
  return base === undefined ? undefined : base + (match[2] === '-' ? -1 : 1) * Number(match[3] ?? 0)
}

const renamed = (name: string, n: Network, layer: number, depth: number): string =>
  name.replace(/\[([^\]]*)\]/g, (whole, inner: string) => {
    const k = labelAt(inner, n.depth!.variable, n.depth!.symbol, layer, depth)
    return k === undefined ? whole : `[${k}]`
  })

/** The values of the unrolled network under the symbolic names, sizes included. */
function symbolicPoint(network: Network, layer: number, depth: number, seed: number): Point<number> {
  const unrolled = readNetwork(network.source, network.path, { depth })
  return alias(network, unrolled, randomPoint(unrolled.nodes, unrolled.dims, { seed }).floats, layer, depth)
}

function alias(network: Network, unrolled: Network, from: Point<number>, layer: number, depth: number): Point<number> {
  const sizes = new Map(from.sizes)
  for (const n of network.nodes) for (const a of n.tensor.axes) for (const m of a.monomials) for (const x of m.atoms) {
    if (x.kind !== 'symbol') continue
    const value = from.sizes.get(renamed(x.name, network, layer, depth))
    if (value !== undefined) sizes.set(x.name, value)
  }
  const values = new Map(from.values)
  const concrete = new Map<string, string>()
  for (const n of network.nodes) {
    const twin = unrolled.byName.get(renamed(n.name, network, layer, depth))
    const value = twin && from.values.get(twin.tensor.key)
    if (twin && value) { values.set(n.tensor.key, value); concrete.set(n.tensor.key, twin.tensor.key) }
  }
  const hook = derivativeHook(unrolled.nodes)
  const rename = (e: Expr): Expr => {
    if (e.kind !== 'symbol') return e.kind === 'derivative' ? e : mapChildren(e, rename)
    const twin = unrolled.byTensor.get(concrete.get(e.tensor.key) ?? e.tensor.key)
    return twin ? entry(twin.tensor, e.indices) : e
  }
  return makePoint<number>({
    sizes, values,
    functions: name => from.functions(renamed(name, network, layer, depth)),
    derivative: (d, order, point, field) => {
      const by = rename(d.by)
      if (by.kind !== 'symbol') throw new TypeError('a derivative is by an entry')
      return hook({ ...d, of: rename(d.of), by, id: -1 }, order, { ...point, derivative: hook, values: new Map(point.values), cache: new Map() }, field)
    },
  })
}

/** A checker that tries each line at several depths and layers. */
export function checkerAtDepth(network: Network, options: { seed: number; points: number }): DepthChecker {
  const done = new Map<Step, Check>()
  let trials: Trial[] | undefined
  const ready = (): Trial[] => (trials ??= PLACES.map(([depth, layer], k) => ({ floats: symbolicPoint(network, layer, depth, options.seed + k) })))
  const compare = (step: Step): Check => {
    const order: Index[] = [...new Set([...step.before.free, ...step.after.free])]
    return asCheck(sameValue(step.before, step.after, ready(), order))
  }
  return {
    check(step) {
      let c = done.get(step)
      if (!c) done.set(step, c = compare(step))
      return c
    },
    summary: () => [`checked: ${[...done.values()].filter(c => c.verdict === 'exact' || c.verdict === 'agrees').length} of ${done.size} steps at (L, l) = ${PLACES.map(([L, l]) => `(${L}, ${l})`).join(' ')}, widths all different`],
    ok: () => [...done.values()].every(c => c.verdict !== 'failed'),
  }
}
