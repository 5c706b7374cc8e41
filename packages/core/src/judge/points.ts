/**
 * The points at which the sides of a link are compared: random ones, and, where the exercise gives numbers, the given
 * ones and their neighbourhood. They are drawn once for a scene; each claim computes on them with a memory of its own.
 */
import type { Tensor } from '../expression/index.ts'
import { ChainError } from '../errors.ts'
import { type Dense, type Exact, exact, type Field, floats, freshPoint, type Point, type RandomPoint, randomPoint, scatteredPoints, splitmix32 } from '../evaluate/index.ts'
import { randomEntries } from '../evaluate/facts.ts'
import { wholeSize } from '../evaluate/point.ts'
import { type Rounded, rounded } from '../evaluate/rounding.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { addR, mulR, printSize, type Rational, rational } from '../shape/index.ts'
import { sizesToTry } from './point-sizes.ts'

/** One point, with its numbers in every arithmetic that comparisons use. */
export interface ClaimPoint {
  readonly kind: 'random' | 'near' | 'given'
  readonly source: RandomPoint
  readonly floats: Point<number>
  readonly exact: () => Point<Exact>
  readonly rounded: () => Point<Rounded>
}

export interface ScenePoints {
  /** Random points for the current claim, two or more samples, sizes all different. */
  readonly random: () => readonly ClaimPoint[]
  /** Many points at which every tensor has signs and magnitudes of its own: for sides with kinks and for inequalities. */
  readonly scattered: () => readonly ClaimPoint[]
  /** The given numbers, and points near them on the same side of every kink; where only some are given, several choices of the others. */
  readonly given: () => readonly ClaimPoint[]
  /** Tensors that share their numbers with this one, itself among them; undefined for none. */
  readonly tied: (key: string) => readonly Tensor[] | undefined
  /** A tensor that the judge made beside the network: a learning rate, a differential. */
  readonly isExtra: (key: string) => boolean
  /** Forgets what the claim before computed. */
  readonly renew: () => void
  /** The network's own seed for the points. */
  readonly seed: number
}

export interface PointOptions {
  readonly seed: number
  readonly count: number
  /** Tensors of the judge's own, with values drawn like those of inputs. */
  readonly extras: readonly Tensor[]
  readonly ties: readonly (readonly Tensor[])[]
}

/** Points for sides with kinks. */
const SCATTERED = 32

/** Steps of a neighbourhood: small, so that no kink is crossed, and exact. */
const NEAR = [rational(3, 1024), rational(-5, 1024)]

/** The points of a network. Nothing is drawn before it is asked for. */
export function pointsOf(network: Network, options: PointOptions): ScenePoints {
  let drawn: readonly RandomPoint[] | undefined
  let spread: readonly RandomPoint[] | undefined
  let around: readonly { kind: 'near' | 'given'; point: RandomPoint }[] | undefined
  let live: { random?: readonly ClaimPoint[]; scattered?: readonly ClaimPoint[]; given?: readonly ClaimPoint[] } = {}
  const extras = new Map(options.extras.map(t => [t.key, t]))
  const nodes = [...network.nodes, ...options.extras.map(leafOf)]
  const tied = options.ties.map(g => g.map(t => t.key))
  const random = (): readonly RandomPoint[] => (drawn ??= draw(nodes, network, options, tied))
  const scattered = (): readonly RandomPoint[] => (spread ??= scatter(nodes, network, options, tied))
  const given = (): NonNullable<typeof around> => (around ??= aroundGiven(nodes, network, options, tied))
  return {
    random: () => (live.random ??= random().map(p => claimPoint('random', p))),
    scattered: () => (live.scattered ??= scattered().map(p => claimPoint('random', p))),
    given: () => (live.given ??= given().map(g => claimPoint(g.kind, g.point))),
    tied: key => options.ties.find(g => g.some(t => t.key === key)),
    isExtra: key => extras.has(key),
    renew: () => { live = {} },
    seed: options.seed,
  }
}

/** A point with a memory of its own for one claim. */
function claimPoint(kind: ClaimPoint['kind'], source: RandomPoint): ClaimPoint {
  let inExact: Point<Exact> | undefined
  let inRounded: Point<Rounded> | undefined
  return { kind, source, floats: freshPoint(source.floats), exact: () => (inExact ??= freshPoint(source.exact())), rounded: () => (inRounded ??= freshPoint(source.rounded())) }
}

const leafOf = (t: Tensor): NetworkNode => ({ name: t.name, kind: 'given', tensor: t, indices: [], facts: [], inner: true })

function draw(nodes: readonly NetworkNode[], network: Network, options: PointOptions, tied: readonly (readonly string[])[]): readonly RandomPoint[] {
  const sizes = sizesToTry(network)
  return Array.from({ length: options.count }, (_, k) => {
    const seed = options.seed + k
    const fixed = sizes[k % sizes.length]
    // every other point is positive, so that a ReLU lets something through
    const how = { seed, tied, awayFromKinks: 1e-3, prefer: k % 2 === 0 ? 'signed' as const : 'positive' as const }
    try {
      return randomPoint(nodes, network.dims, { ...how, ...(fixed ? { sizes: fixed } : {}) })
    } catch (error) {
      if (!(error instanceof ChainError) || !fixed) throw error
      return randomPoint(nodes, network.dims, how)
    }
  })
}

/** As many as are found, in sizes that are tried in turn; none where no point is found at all. */
function scatter(nodes: readonly NetworkNode[], network: Network, options: PointOptions, tied: readonly (readonly string[])[]): readonly RandomPoint[] {
  const sizes = sizesToTry(network)
  const made = (fixed: boolean): readonly RandomPoint[] => scatteredPoints(nodes, network.dims, SCATTERED, k => ({ seed: options.seed + 100 + k, tied, awayFromKinks: 1e-3, ...(fixed ? { sizes: sizes[k % sizes.length]! } : {}) }))
  for (const fixed of [true, false]) {
    try {
      return made(fixed)
    } catch (error) {
      if (!(error instanceof ChainError)) throw error
    }
  }
  return []
}

/** Whether the text gives numbers: of everything, or of some tensors while the others stay open. */
export function numbersGiven(network: Network): 'all' | 'some' | 'none' {
  const leaves = network.nodes.filter(n => !n.definition && n.kind !== 'rate')
  const given = leaves.filter(n => n.value !== undefined).length
  return given === 0 ? 'none' : given === leaves.length ? 'all' : 'some'
}

/** Sizes that fit the given numbers: as many samples as are given, two where none are. */
function givenSizes(network: Network): ReadonlyMap<string, number> {
  const sizes = new Map(sizesToTry(network)[0])
  const samples = network.nodes.flatMap(n => (n.tensor.sample && n.value !== undefined && Array.isArray(n.value) ? [(n.value as readonly unknown[]).length] : []))
  if (samples.length > 0) sizes.set(printSize(network.samples), Math.max(...samples))
  return sizes
}

function aroundGiven(nodes: readonly NetworkNode[], network: Network, options: PointOptions, tied: readonly (readonly string[])[]): readonly { kind: 'near' | 'given'; point: RandomPoint }[] {
  const given = numbersGiven(network)
  if (given === 'none') return []
  const sizes = givenSizes(network)
  if (given === 'some') return Array.from({ length: options.count }, (_, k) => ({ kind: 'given' as const, point: randomPoint(nodes, network.dims, { seed: options.seed + k, tied, keepValues: true, sizes, samples: 1 }) }))
  const at = randomPoint(nodes, network.dims, { seed: options.seed, tied, keepValues: true, sizes, samples: 1 })
  const near = NEAR.map((step, k) => {
    const random = splitmix32(options.seed + 17 + k)
    const moved = nodes.map(n => {
      const value = at.leaves.get(n.tensor.key)
      if (!value || n.definition) return n
      return { ...n, value: nested(value, x => addR(x, mulR(step, rational(1 + Math.floor(random() * 5))))) }
    })
    return randomPoint(moved, network.dims, { seed: options.seed + 1 + k, tied, keepValues: true, sizes: at.sizes, samples: 1 })
  })
  return [...near.map(point => ({ kind: 'near' as const, point })), { kind: 'given', point: at }]
}

type Nested = Rational | readonly Nested[]

function nested(d: Dense<Rational>, f: (x: Rational) => Rational): Nested {
  const walk = (axis: number, from: number, length: number): Nested => {
    if (axis === d.shape.length) return f(d.data[from]!)
    const step = length / d.shape[axis]!
    return Array.from({ length: d.shape[axis]! }, (_, k) => walk(axis + 1, from + k * step, step))
  }
  return walk(0, 0, d.data.length)
}

/** Numbers for tensors that a claim brings in, such as differentials: the same at every asking. */
export function ensureTensors(p: ClaimPoint, tensors: readonly Tensor[], seed: number): void {
  const missing = tensors.filter(t => !p.floats.values.has(t.key))
  if (missing.length === 0) return
  const put = <T>(point: Point<T>, field: Field<T>): void => {
    for (const t of missing) {
      if (point.values.has(t.key)) continue
      const shape = t.axes.map(a => wholeSize(a, point.sizes))
      const entries = randomEntries(shape, [], 0, 'signed', splitmix32(seed + t.key.length * 31 + hashOf(t.key)))
      const data = field.alloc(entries.length)
      entries.forEach((q, k) => { data[k] = field.fromRational(q) })
      point.values.set(t.key, { shape, data })
    }
  }
  put(p.floats, floats)
  put(p.exact(), exact)
  put(p.rounded(), rounded)
}

function hashOf(text: string): number {
  let h = 7
  for (let k = 0; k < text.length; k++) h = (h * 33 + text.charCodeAt(k)) | 0
  return h
}
