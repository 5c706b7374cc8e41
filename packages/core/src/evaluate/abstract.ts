/**
 * Random smooth functions that stand for abstract ones:
 * f(x) = sum_r a_r sin(b_r . x + c_r) + sum_r q_r (d_r . x + e_r)^2, with every partial derivative known.
 * The inputs of a functional of whole tensors are its entries; each has weights of its own, drawn by hash.
 */
import { rational } from '../shape/index.ts'
import type { Field } from './field.ts'
import { SIN } from './tangents.ts'

/** One entry of an argument: the argument number, then the position. */
export type Place = readonly number[]

/** The value, or a partial derivative at the given places, of a function of the entries `at(place)`. */
export interface AbstractValue {
  readonly kind: 'abstract'
  readonly name: string
  readonly value: <T>(field: Field<T>, inputs: readonly { readonly place: Place; readonly x: T }[], partials: readonly Place[]) => T
}

/** Waves and squares in the sum. */
const waves = 3
const squares = 2

const names = (letter: string, n: number): string[] => Array.from({ length: n }, (_, k) => `${letter}${k}`)

/** A number in [0, 1) from a text (FNV-1a with a finaliser of MurmurHash3). */
export function hashUnit(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32
}

/** The random smooth function with this name. */
export function randomFunction(seed: number, name: string): AbstractValue {
  const drawn = new Map<string, number>()
  /** A weight in [low, high] with a random sign. */
  const weight = (what: string, low: number, high: number): number => {
    const known = drawn.get(what)
    if (known !== undefined) return known
    const u = hashUnit(`${seed}|${name}|${what}`)
    const w = (u < 0.5 ? -1 : 1) * (low + (high - low) * Math.abs(2 * u - 1))
    drawn.set(what, w)
    return w
  }
  // the weights of an entry, by wave and square; most functions have one argument, whose place is [k]
  const known: (Float64Array | undefined)[] = []
  const elsewhere = new Map<string, Float64Array>()
  const slopes = (place: Place): Float64Array => {
    const key = place.length === 1 ? undefined : place.join(',')
    const old = key === undefined ? known[place[0]!] : elsewhere.get(key)
    if (old) return old
    const made = Float64Array.from([...names('sin', waves), ...names('sq', squares)], r => weight(`${r}@${place.join(',')}`, 0.4, 1.1))
    if (key === undefined) known[place[0]!] = made
    else elsewhere.set(key, made)
    return made
  }
  const of = (letter: string, n: number, low: number, high: number): Float64Array => Float64Array.from({ length: n }, (_, k) => weight(`${letter}${k}`, low, high))
  const [phases, heights, curves, shifts] = [of('c', waves, 0.2, 2), of('a', waves, 0.3, 1), of('q', squares, 0.05, 0.3), of('e', squares, 0.2, 1)]
  return {
    kind: 'abstract',
    name,
    value: (field, inputs, partials) => {
      let total = field.zero
      const ridge = (r: number, start: number) => inputs.reduce(
        (sum, i) => field.add(sum, field.mul(field.fromNumber(slopes(i.place)[r]!), i.x)), field.fromNumber(start))
      const chain = (r: number) => partials.reduce((p, place) => p * slopes(place)[r]!, 1)
      for (let k = 0; k < waves; k++) {
        // the n-th derivative of sin(u) is sin(u + n pi/2)
        const u = ridge(k, phases[k]! + (partials.length % 4) * (Math.PI / 2))
        total = field.add(total, field.mul(field.fromNumber(heights[k]! * chain(k)), field.apply(SIN, [u])!))
      }
      for (let k = 0; k < squares && partials.length <= 2; k++) {
        const q = curves[k]! * chain(waves + k)
        const u = ridge(waves + k, shifts[k]!)
        const power = partials.length === 0 ? field.power(u, field.fromRational(rational(2))) : partials.length === 1 ? u : field.one
        total = field.add(total, field.mul(field.fromNumber(partials.length === 0 ? q : 2 * q), power))
      }
      return total
    },
  }
}
