/** A point that anyone can repeat: few samples, round numbers, a known function for an abstract one, and both values there. */
import type { Expr, Index, Tensor } from '../expression/index.ts'
import { ChainError } from '../errors.ts'
import { freshPoint, randomPoint, type RandomPoint, splitmix32 } from '../evaluate/index.ts'
import { below } from '../evaluate/generator.ts'
import { inside } from '../evaluate/depends.ts'
import { sigmoid } from '../operations/sigmoid.ts'
import { printSize, type Rational, rational, toNumber, evaluateS, sizeSymbols } from '../shape/index.ts'
import type { NetworkNode } from '../network/types.ts'
import type { Raw } from './compare/raw.ts'
import { hasTensor } from './compare/prove.ts'
import { noteKept } from './kept.ts'
import { type ClaimPoint, numbersGiven } from './points.ts'
import { sizesToTry } from './point-sizes.ts'
import type { Scene } from './scene.ts'
import type { Counterexample } from './types.ts'

type Differs = Extract<Raw, { kind: 'differs' }>

/** Numbers listed in a counterexample at most; beyond, only tensors that the sides name. */
const MOST_NUMBERS = 60
const SEEDS = 5

export interface Found { readonly counterexample: Counterexample; /** Both sides agree where there is one sample. */ readonly oneSampleAgrees: boolean }

/** The counterexample of a difference. */
export function counterexampleOf(raw: Differs, scene: Scene): Found {
  const { left, right, order } = raw.alignment
  if (!hasTensor(left) && !hasTensor(right)) return { counterexample: shown(raw, scene, raw.point, sizesIn(raw)), oneSampleAgrees: false }
  if (raw.point.kind !== 'random' || numbersGiven(scene.network) !== 'none') return { counterexample: shown(raw, scene, raw.point, raw.point.kind === 'given' ? {} : valuesAt(raw, scene, raw.point.source)), oneSampleAgrees: false }
  const nice = simplePoint(raw, scene, 2)
  const found = nice ?? { raw, point: raw.point.source }
  return {
    counterexample: shown(found.raw, scene, found.raw.point, { ...(nice ? functionsIn(scene, left, right) : {}), ...valuesAt(found.raw, scene, found.point) }),
    oneSampleAgrees: order.every(i => !i.literal) && agreesWithOneSample(raw, scene),
  }
}

/** A point of round numbers at which the sides still differ. */
function simplePoint(raw: Differs, scene: Scene, samples: number): { raw: Differs; point: RandomPoint } | undefined {
  for (let k = 0; k < SEEDS; k++) {
    const made = roundPoint(scene, samples, k, raw)
    if (!made) continue
    const v = safely(() => raw.at(asClaimPoint(made)))
    if (v?.kind === 'differs') return { raw: { ...raw, values: v, point: asClaimPoint(made) }, point: made }
  }
  return undefined
}

function agreesWithOneSample(raw: Differs, scene: Scene): boolean {
  return !raw.alignment.order.concat(boundSamples(raw)).every(i => !i.sample) && safely(() => agrees(raw, scene)) === true
}

/** Indices over the data that a sum binds. */
const boundSamples = (raw: Differs): Index[] => [...inside(raw.alignment.left), ...inside(raw.alignment.right)].flatMap(x => (x.kind === 'contraction' ? x.bound.filter(i => i.sample) : []))

function agrees(raw: Differs, scene: Scene): boolean {
  for (let k = 0; k < 2; k++) {
    const made = roundPoint(scene, 1, k, raw)
    if (!made) return false
    if (raw.at(asClaimPoint(made)).kind !== 'equal') return false
  }
  return true
}

/** The value, or nothing where a size does not fit an entry that the page names. */
function safely<T>(f: () => T): T | undefined {
  try {
    return f()
  } catch (error) {
    if (error instanceof ChainError) return undefined
    throw error
  }
}

/** A point with a memory of its own for one claim. */
const asClaimPoint = (p: RandomPoint): ClaimPoint => ({ kind: 'random', source: p, floats: freshPoint(p.floats), exact: () => freshPoint(p.exact()), rounded: () => freshPoint(p.rounded()) })

const drawn = new WeakMap<Scene, Map<string, RandomPoint | undefined>>()

/** Points of a scene, each drawn once; those with tensors of the judge's own are drawn for their claim. */
function roundPoint(scene: Scene, samples: number, seed: number, raw: Differs): RandomPoint | undefined {
  const own = ownLeaves(raw)
  if (own.length > 0) return drawPoint(scene, samples, seed, own)
  const known = drawn.get(scene) ?? new Map<string, RandomPoint | undefined>()
  drawn.set(scene, known)
  const key = `${samples}|${seed}`
  if (!known.has(key)) {
    noteKept()
    known.set(key, drawPoint(scene, samples, seed, []))
  }
  return known.get(key)
}

function drawPoint(scene: Scene, samples: number, seed: number, own: readonly Tensor[]): RandomPoint | undefined {
  const { network } = scene
  const sizes = new Map(sizesToTry(network)[0])
  sizes.set(printSize(network.samples), samples)
  const random = splitmix32(77 + seed)
  const number = (): Rational => rational((below(2, random) === 0 ? -1 : 1) * (1 + below(4, random)), 2)
  const tied = new Map<string, NetworkNode['value']>()
  const valued = network.nodes.map(n => {
    if (n.definition || n.facts.length > 0) return n
    const group = scene.points.tied(n.tensor.key)?.[0]?.key ?? n.tensor.key
    const known = tied.get(group)
    const value = known ?? fill(n.tensor.axes.map(a => { const v = evaluateS(a, s => sizes.get(s)); return v ? Number(v.n) : 1 }), number)
    tied.set(group, value)
    return { ...n, value }
  })
  const extras = own.map((t): NetworkNode => ({ name: t.name, kind: 'given', tensor: t, indices: [], facts: [], inner: true }))
  const functions = new Map(network.functions.map(f => [f, sigmoid] as const))
  try {
    return randomPoint([...valued, ...extras], network.dims, { seed: 1 + seed, sizes, keepValues: true, functions, samples: 1 })
  } catch (error) {
    if (error instanceof ChainError) return undefined
    throw error
  }
}

/** Tensors of the judge's own that the sides read. */
function ownLeaves(raw: Differs): readonly Tensor[] {
  const found = new Map([...inside(raw.alignment.left), ...inside(raw.alignment.right)].flatMap(x => (x.kind === 'symbol' && x.tensor.key.startsWith('page:') ? [[x.tensor.key, x.tensor] as const] : [])))
  return [...found.values()]
}

type Nested = Rational | readonly Nested[]
const fill = (shape: readonly number[], number: () => Rational): Nested => {
  const [n, ...rest] = shape
  return n === undefined ? number() : Array.from({ length: n }, () => fill(rest, number))
}

/** The abstract functions that both sides come from, all of them where a derivative may read any. */
function functionsIn(scene: Scene, ...sides: readonly Expr[]): Record<string, string> {
  const derived = sides.some(s => [...inside(s)].some(x => x.kind === 'derivative'))
  const found: Record<string, string> = derived ? Object.fromEntries(scene.network.functions.map(f => [f, 'sigmoid'])) : {}
  for (const side of sides) for (const x of inside(side)) if (x.kind === 'apply' && x.fn.abstract) found[x.fn.name.replace(/['′″]+$/, '')] = 'sigmoid'
  return found
}

function sizesIn(raw: Differs): Record<string, unknown> {
  const names = new Set<string>()
  for (const side of [raw.alignment.left, raw.alignment.right]) for (const x of inside(side)) if (x.kind === 'symbol' && x.tensor.size) sizeSymbols(x.tensor.size, names)
  return Object.fromEntries([...names].flatMap(n => { const v = raw.point.floats.sizes.get(n); return v === undefined ? [] : [[n, v]] }))
}

function valuesAt(raw: Differs, scene: Scene, point: RandomPoint): Record<string, unknown> {
  const leaves = scene.network.nodes.filter(n => !n.definition && point.leaves.has(n.tensor.key))
  const total = leaves.reduce((s, n) => s + point.leaves.get(n.tensor.key)!.data.length, 0)
  const named = new Set([raw.alignment.left, raw.alignment.right].flatMap(side => [...inside(side)].flatMap(x => (x.kind === 'symbol' ? [x.tensor.key] : []))))
  const kept = total <= MOST_NUMBERS ? leaves : leaves.filter(n => named.has(n.tensor.key) && point.leaves.get(n.tensor.key)!.data.length <= MOST_NUMBERS)
  return Object.fromEntries(kept.map(n => {
    const d = point.leaves.get(n.tensor.key)!
    return [n.name, nestedNumbers(d.shape, Array.from({ length: d.data.length }, (_, k) => toNumber(d.data[k]!)))]
  }))
}

function nestedNumbers(shape: readonly number[], data: readonly number[]): unknown {
  const [n, ...rest] = shape
  if (n === undefined) return short(data[0]!)
  const step = data.length / n
  return Array.from({ length: n }, (_, k) => nestedNumbers(rest, data.slice(k * step, (k + 1) * step)))
}

const short = (x: number): number => Number(x.toPrecision(8))

function shown(raw: Differs, _: Scene, point: ClaimPoint, at: Record<string, unknown>): Counterexample {
  const letters = Object.fromEntries(lettersAt(raw, point))
  const [left, right] = apart(raw.values.left, raw.values.right)
  return { at: { ...at, ...letters }, left, right }
}

/** The letters of the entry at which the sides differ, counted from 1. */
function lettersAt(raw: Differs, point: ClaimPoint): [string, number][] {
  const { order } = raw.alignment
  const extents = order.map(i => sizeOf(i, point))
  let rest = raw.values.entry
  const found: [string, number][] = []
  for (let k = order.length - 1; k >= 0; k--) {
    const at = rest % extents[k]!
    rest = Math.floor(rest / extents[k]!)
    const name = order[k]!.sample ? 'sample' : order[k]!.name
    if (name !== '') found.unshift([name, at + 1])
  }
  return found
}

const sizeOf = (i: Index, point: ClaimPoint): number => { const v = evaluateS(i.size, s => point.floats.sizes.get(s)); return v ? Number(v.n) : 1 }

/** Two numbers with as many digits as it takes to tell them apart, six at least. */
export function apart(a: number, b: number): readonly [string, string] {
  for (let digits = 6; digits <= 17; digits++) {
    const [x, y] = [a, b].map(v => (Number.isInteger(v) && Math.abs(v) < 1e15 ? String(v) : String(Number(v.toPrecision(digits))))) as [string, string]
    if (x !== y || a === b) return [x, y]
  }
  return [String(a), String(b)]
}
