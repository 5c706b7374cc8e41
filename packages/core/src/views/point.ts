/** A point from numbers that people give: the values in the network's text, and `--at point.json`. */
import { ChainError, nearestName } from '../errors.ts'
import { type Dense, type Exact, makePoint, type Point, randomFunctions } from '../evaluate/index.ts'
import { holdFacts } from './facts-hold.ts'
import type { Nested, Network, NetworkNode } from '../network/types.ts'
import { evaluateS, fromNumber, parseRational, printSize, type Rational, rational, textR } from '../shape/index.ts'

/** Numbers by name, as JSON gives them: numbers, decimal texts, nested arrays. */
export type Given = Readonly<Record<string, unknown>>

const isNested = (v: unknown): v is readonly unknown[] => Array.isArray(v)

function exactOf(v: unknown, name: string): Nested<Rational> {
  if (isNested(v)) return v.map(x => exactOf(x, name))
  if (typeof v === 'number' && Number.isFinite(v)) return fromNumber(v)
  if (typeof v === 'string') {
    const q = parseRational(v) ?? fraction(v)
    if (q) return q
  }
  throw new ChainError({ problem: `The value of ${name} holds ${JSON.stringify(v)}, which is no finite number.`, expected: 'Give numbers, decimal texts such as "0.3", fractions such as "1/3", or nested arrays of them.' })
}

function fraction(text: string): Rational | undefined {
  const [n, d, more] = text.split('/')
  const [a, b] = [parseRational(n ?? ''), parseRational(d ?? '')]
  return a && b && b.n !== 0n && more === undefined ? rational(a.n * b.d, a.d * b.n) : undefined
}

function shapeOf(v: Nested<Rational>, name: string): number[] {
  if (!Array.isArray(v)) return []
  const inner = v.map(x => shapeOf(x as Nested<Rational>, name))
  if (inner.some(s => s.join() !== inner[0]!.join())) throw new ChainError({ problem: `The value of ${name} is ragged: its rows have different lengths.` })
  return [v.length, ...(inner[0] ?? [])]
}

const flat = (v: Nested<Rational>): Rational[] => (Array.isArray(v) ? v.flatMap(x => flat(x as Nested<Rational>)) : [v as Rational])

/** Class numbers become one-hot rows. */
function oneHot(v: Nested<Rational>, classes: number, name: string): Nested<Rational> {
  if (Array.isArray(v)) return v.map(x => oneHot(x as Nested<Rational>, classes, name))
  const c = v as Rational
  if (c.d !== 1n || c.n < 0n || c.n >= BigInt(classes)) throw new ChainError({ problem: `The class ${textR(c)} of ${name} is not one of 0 .. ${classes - 1}.` })
  return Array.from({ length: classes }, (_, k) => rational(BigInt(k) === c.n ? 1 : 0))
}

export interface ReadPoint { readonly sizes: ReadonlyMap<string, number>; readonly samples: number; /** True when some value was given with a sample axis. */ readonly sampled: boolean; readonly values: ReadonlyMap<string, Dense<Exact>>; readonly missing: readonly NetworkNode[] }

/** Reads all given numbers against the declared shapes. Throws ChainErrors that name the tensor and both shapes. */
export function readPoint(network: Network, given: Given = {}): ReadPoint {
  for (const name of Object.keys(given)) {
    if (!network.byName.has(name)) throw new ChainError({ problem: `The point gives a value for ${name}, which the network does not have.`, nearest: nearestName(name, [...network.byName.keys()]) })
    if (network.byName.get(name)!.definition) throw new ChainError({ problem: `${name} is computed by the network; a point gives values of inputs, targets and parameters.` })
  }
  const sizes = new Map([...network.dims].flatMap(([k, v]) => (v === undefined ? [] : [[k, v] as const])))
  const leaves = network.nodes.filter(n => !n.definition)
  const found = new Map<string, Nested<Rational>>()
  let samples: number | undefined
  for (const n of leaves) {
    const own = n.name in given
    if (!own && n.value === undefined) continue
    let v = own ? exactOf(given[n.name], n.name) : n.value!
    const axes = n.tensor.axes.length
    if (n.facts.includes('class') && shapeOf(v, n.name).length === axes - 1) v = oneHot(v, extentOf(n, n.tensor.axes.length - 1, sizes), n.name)
    // one row in the text is the value of every sample
    const full = n.tensor.sample && shapeOf(v, n.name).length === axes
    if (full && (own || (v as readonly unknown[]).length > 1)) {
      const rows = (v as readonly unknown[]).length
      if (samples !== undefined && samples !== rows) throw new ChainError({ problem: `${n.name} has ${rows} samples, but other values have ${samples}.` })
      if (rows === 0) throw new ChainError({ problem: `${n.name} has no samples.`, expected: 'Give one or more.' })
      samples = rows
    }
    found.set(n.tensor.key, n.tensor.sample && !full ? [v] : v)
  }
  const m = samples ?? 1
  for (const n of leaves) inferSizes(n, found.get(n.tensor.key), sizes, printSize(network.samples))
  sizes.set(printSize(network.samples), m)
  const values = new Map<string, Dense<Exact>>()
  for (const n of leaves) {
    const v = found.get(n.tensor.key)
    if (v === undefined) continue
    const rows = n.tensor.sample && Array.isArray(v) && v.length === 1 && m > 1 ? Array.from({ length: m }, () => v[0] as Nested<Rational>) : v
    const shape = shapeOf(rows, n.name)
    const want = wanted(n, sizes)
    if (shape.join() !== want.join()) throw new ChainError({ problem: `The value of ${n.name} has the shape ${shown(shape)}, expected ${shown(want)}${n.tensor.sample ? ' (samples first)' : ''}.` })
    const value: Dense<Exact> = { shape, data: flat(rows) }
    holdFacts(n, value)
    values.set(n.tensor.key, value)
  }
  return { sizes, samples: m, sampled: samples !== undefined, values, missing: leaves.filter(n => !values.has(n.tensor.key)) }
}

const shown = (shape: readonly number[]): string => (shape.length ? shape.join(' × ') : 'a number')

const wanted = (n: NetworkNode, sizes: ReadonlyMap<string, number>): number[] => n.tensor.axes.map((_, k) => extentOf(n, k, sizes))

/** The number of entries along one axis. */
function extentOf(n: NetworkNode, axis: number, sizes: ReadonlyMap<string, number>): number {
  const a = n.tensor.axes[axis]!
  const v = evaluateS(a, s => sizes.get(s))
  if (!v || v.d !== 1n) throw new ChainError({ problem: `The size ${printSize(a)} of ${n.name} has no number.`, expected: 'Give its dim a value (`dim n = 3`) or a value of a tensor that shows it.' })
  return Number(v.n)
}

/** A dim without a number gets it from the first value that shows it. */
function inferSizes(n: NetworkNode, v: Nested<Rational> | undefined, sizes: Map<string, number>, samples: string): void {
  if (v === undefined) return
  const shape = shapeOf(v, n.name)
  n.tensor.axes.forEach((a, k) => {
    const only = a.monomials.length === 1 && a.monomials[0]!.atoms.length === 1 && a.monomials[0]!.atoms[0]!.kind === 'symbol' ? a.monomials[0]!.atoms[0]!.name : undefined
    if (only !== undefined && only !== samples && !sizes.has(only) && shape[k] !== undefined) sizes.set(only, shape[k])
  })
}

/** The point for exact evaluation. Throws a ChainError that lists what has no value. */
export function exactPoint(network: Network, given: Given = {}, seed = 1): Point<Exact> {
  const read = readPoint(network, given)
  if (read.missing.length > 0) {
    throw new ChainError({
      problem: `No value is given for ${read.missing.slice(0, 12).map(n => n.name).join(', ')}${read.missing.length > 12 ? ', …' : ''}.`,
      expected: 'Write them in the text (`param w = 0.3`) or give a point: --at point.json with {"NAME": number or nested array}.',
    })
  }
  return makePoint<Exact>({ sizes: read.sizes, values: read.values, functions: randomFunctions(seed) })
}

