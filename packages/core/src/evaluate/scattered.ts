/** Random points whose tensors have signs and magnitudes of their own each, for telling apart what kinks hide. */
import { ChainError } from '../errors.ts'
import { negR, type Rational } from '../shape/index.ts'
import type { Dense } from './dense.ts'
import type { Range } from './facts.ts'
import { below, type Random, shuffled, splitmix32 } from './generator.ts'
import { type DeclaredNode, drawn, pointAt, type RandomOptions, type RandomPoint, randomPoint } from './random.ts'

type Leaves = ReadonlyMap<string, Dense<Rational>>

const RANGES: readonly Range[] = ['signed', 'far', 'far-positive', 'far-negative', 'positive', 'negative', 'small', 'signed']

/** Draws of all tensors at once, before those of a point that is known are changed one by one. */
const DRAWS = 3

/** `count` points, as far as they are found: every node is finite and no kink nearer than `awayFromKinks`. */
export function scatteredPoints(nodes: readonly DeclaredNode[], dims: ReadonlyMap<string, number | undefined>, count: number, options: (k: number) => RandomOptions): readonly RandomPoint[] {
  const leaves = nodes.filter(n => !n.definition)
  const turns = leaves.map((_, k) => shuffled(Array.from({ length: count }, (_, j) => RANGES[j % RANGES.length]!), splitmix32(k + 1)))
  return Array.from({ length: count }, (_, k) => scattered(nodes, dims, leaves.map((n, j) => [n, turns[j]![k]!] as const), options(k))).filter(p => p !== undefined)
}

function scattered(nodes: readonly DeclaredNode[], dims: ReadonlyMap<string, number | undefined>, leaves: readonly (readonly [DeclaredNode, Range])[], options: RandomOptions): RandomPoint | undefined {
  const { seed = 1, awayFromKinks = 0 } = options
  const random = splitmix32(seed)
  const base = randomPoint(nodes, dims, { ...options, prefer: 'positive' })
  const fresh = (n: DeclaredNode, range: Range): Dense<Rational> => drawn(n, base.sizes, false, range, random)
  const found = (made: Leaves): RandomPoint | undefined => {
    const point = finite(() => pointAt(nodes, tied(made, options), base.sizes, seed, options, awayFromKinks))
    return point && point.margin >= awayFromKinks ? point : undefined
  }
  for (let draw = 0; draw < DRAWS; draw++) {
    const point = found(new Map(leaves.map(([n, range]) => [n.tensor.key, fresh(n, range)])))
    if (point) return point
  }
  let point = found(base.leaves)
  for (const [n, range] of point ? shuffled(leaves, random) : []) {
    const key = n.tensor.key
    const whole = found(new Map([...point!.leaves, [key, fresh(n, range)]]))
    // what is declared about a tensor may not allow a single entry to change its sign
    point = whole ?? (n.facts?.length ? undefined : found(new Map([...point!.leaves, [key, oneTurned(point!.leaves.get(key)!, random)]]))) ?? point
  }
  return point
}

/** The numbers with one of them negated. */
function oneTurned(d: Dense<Rational>, random: Random): Dense<Rational> {
  const k = below(d.data.length, random)
  return { shape: d.shape, data: Array.from({ length: d.data.length }, (_, j) => (j === k ? negR(d.data[j]!) : d.data[j]!)) }
}

function tied(leaves: Leaves, options: RandomOptions): Leaves {
  const made = new Map(leaves)
  for (const [first, ...others] of options.tied ?? []) for (const k of others) made.set(k, made.get(first!)!)
  return made
}

function finite(make: () => RandomPoint | undefined): RandomPoint | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof ChainError || error instanceof RangeError) return undefined
    throw error
  }
}
