/** Random points of a network: sizes all different, tensors that fit their facts, everything finite. */
import { ChainError } from '../errors.ts'
import type { ScalarFunction } from '../expression/index.ts'
import type { Rational } from '../shape/index.ts'
import type { Dense } from './dense.ts'
import { type Exact, exact } from './exact.ts'
import { type Range, randomEntries } from './facts.ts'
import { type Field, floats } from './field.ts'
import { splitmix32 } from './generator.ts'
import { watching } from './kinks.ts'
import { derivativeHook, evaluateNodes, type NodeLike } from './network.ts'
import { makePoint, type Point, randomFunctions, wholeSize } from './point.ts'
import { type Rounded, rounded } from './rounding.ts'
import { demandsOf, randomSizes } from './sizes.ts'

/** Exact numbers, nested as the axes are. */
export type Nested = Rational | readonly Nested[]

/** A node with what is declared about its numbers. */
export interface DeclaredNode extends NodeLike {
  readonly facts?: readonly string[]
  readonly value?: Nested
}

export interface RandomOptions {
  readonly seed?: number
  /** Sizes that are not drawn. */
  readonly sizes?: ReadonlyMap<string, number>
  /** True: declared numbers and the numbers of `dims` are kept, only the rest is drawn. */
  readonly keepValues?: boolean
  /** The least distance to a kink that is tried for; what is reached is in `margin`. */
  readonly awayFromKinks?: number
  /** The least number of samples; two unless given, since one hides what is wrong about a sum over the data. */
  readonly samples?: number
  /** Groups of tensor keys that have the same numbers. */
  readonly tied?: readonly (readonly string[])[]
  /** Which numbers are tried first: of both signs, or positive ones, under which a ReLU is active. */
  readonly prefer?: 'signed' | 'positive'
  /** What abstract functions stand for, by name; the others are random. */
  readonly functions?: ReadonlyMap<string, ScalarFunction>
}

/** A point in doubles and, on demand, the same point in exact numbers. */
export interface RandomPoint {
  readonly seed: number
  readonly sizes: ReadonlyMap<string, number>
  /** The numbers that were drawn or given, by tensor key. */
  readonly leaves: ReadonlyMap<string, Dense<Rational>>
  readonly floats: Point<number>
  readonly exact: () => Point<Exact>
  readonly rounded: () => Point<Rounded>
  /** Distance to the nearest kink; Infinity when it was not asked for or there is none. */
  readonly margin: number
}

const ranges: readonly Range[] = ['signed', 'signed', 'positive', 'positive', 'unit', 'small', 'unit', 'small']

/** A point at which every node is finite. Throws ChainError when none is found. `dims` are default sizes, used with `keepValues`. */
export function randomPoint(nodes: readonly DeclaredNode[], dims: ReadonlyMap<string, number | undefined> = new Map(), options: RandomOptions = {}): RandomPoint {
  const { seed = 1, keepValues = false, awayFromKinks = 0 } = options
  const random = splitmix32(seed)
  const fixed = new Map(options.sizes)
  if (keepValues) for (const [name, n] of dims) if (n !== undefined && !fixed.has(name)) fixed.set(name, n)
  const demands = demandsOf(nodes, options.samples)
  const sizes = randomSizes({ ...demands, symbols: new Set([...demands.symbols, ...dims.keys()]) }, fixed, random)
  let best: RandomPoint | undefined
  let reason: Error | undefined
  let rounds = 0
  const first = options.prefer === 'positive' ? [...ranges.slice(2), ...ranges.slice(0, 2)] : ranges
  for (const range of Array.from({ length: 4 }, () => first).flat()) {
    if (best && (best.margin >= awayFromKinks || ++rounds > 12)) break
    const leaves = new Map(nodes.filter(n => !n.definition || (keepValues && n.value !== undefined))
      .map(n => [n.tensor.key, drawn(n, sizes, keepValues, range, random)]))
    for (const [first, ...others] of options.tied ?? []) for (const k of others) leaves.set(k, leaves.get(first!)!)
    try {
      const point = pointAt(nodes, leaves, sizes, seed, options, awayFromKinks)
      if (point && (!best || point.margin > best.margin)) best = point
    } catch (error) { reason = error as Error }
  }
  if (best) return best
  throw reason ?? new ChainError({ problem: 'No random point was found at which every node is finite.' })
}

export function drawn(n: DeclaredNode, sizes: ReadonlyMap<string, number>, keepValues: boolean, range: Range, random: () => number): Dense<Rational> {
  const shape = n.tensor.axes.map(a => wholeSize(a, sizes))
  if (keepValues && n.value !== undefined) return { shape, data: flat(n.value) }
  return { shape, data: randomEntries(shape, n.facts ?? [], n.tensor.axes.length - (n.tensor.sample ? 1 : 0), range, random) }
}

const isNumber = (x: Nested): x is Rational => !Array.isArray(x)
const flat = (x: Nested): Rational[] => (isNumber(x) ? [x] : x.flatMap(flat))

/** The point with these leaves; undefined where a node is not finite. */
export function pointAt(nodes: readonly DeclaredNode[], leaves: ReadonlyMap<string, Dense<Rational>>, sizes: ReadonlyMap<string, number>, seed: number, options: RandomOptions, margin: number): RandomPoint | undefined {
  const inField = <T>(field: Field<T>): Point<T> => {
    const values = new Map([...leaves].map(([k, d]): [string, Dense<T>] => {
      const data = field.alloc(d.data.length)
      for (let j = 0; j < data.length; j++) data[j] = field.fromRational(d.data[j]!)
      return [k, { shape: d.shape, data }]
    }))
    const point = makePoint<T>({ sizes, values, functions: randomFunctions(seed, options.functions), derivative: derivativeHook(nodes) })
    return evaluateNodes(nodes, point, field)
  }
  const point = inField(floats)
  for (const d of point.values.values()) for (let k = 0; k < d.data.length; k++) if (!Number.isFinite(d.data[k])) return undefined
  let distance = Infinity
  if (margin > 0) { const watch = watching(); inField(watch.field); distance = watch.distance() }
  let made: Point<Exact> | undefined
  let bounded: Point<Rounded> | undefined
  return { seed, sizes, leaves, floats: point, exact: () => (made ??= inField(exact)), rounded: () => (bounded ??= inField(rounded)), margin: distance }
}
