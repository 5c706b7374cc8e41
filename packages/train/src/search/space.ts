/** Spaces of hyper-parameters: points of a grid, or drawn at random, as pure generators. */
import { stream } from '../random/index.ts'
import { badRange, emptyChoice } from './messages.ts'

/** How one setting varies: a list, or a range on a linear or logarithmic scale, in whole numbers when asked. */
export type Axis =
  | { readonly kind: 'choice'; readonly values: readonly (number | string | boolean)[] }
  | { readonly kind: 'linear' | 'log'; readonly from: number; readonly to: number; readonly whole?: boolean }

export type Space = Readonly<Record<string, Axis>>

/** One setting of everything. */
export type SearchPoint = Readonly<Record<string, number | string | boolean>>

/** Throws a ChainError for an axis without values. */
function check(name: string, a: Axis): void {
  if (a.kind === 'choice') { if (a.values.length === 0) throw emptyChoice(name) } else if (!(a.from <= a.to) || !Number.isFinite(a.to - a.from) || (a.kind === 'log' && a.from <= 0)) throw badRange(name, a.kind, a.from, a.to)
}

/** The value at a share u of the range, 0 <= u <= 1. */
function along(a: Exclude<Axis, { kind: 'choice' }>, u: number): number {
  const x = a.kind === 'log' ? Math.exp(Math.log(a.from) + u * (Math.log(a.to) - Math.log(a.from))) : a.from + u * (a.to - a.from)
  return a.whole ? Math.round(x) : x
}

/** The values of an axis in a grid: all of a choice, `steps` of a range from end to end, equal ones once. */
function ticks(a: Axis, steps: number): readonly (number | string | boolean)[] {
  if (a.kind === 'choice') return a.values
  if (steps < 2 || a.from === a.to) return [a.from]
  return [...new Set(Array.from({ length: steps }, (_, k) => (k === 0 ? a.from : k === steps - 1 ? a.to : along(a, k / (steps - 1)))))]
}

/** Every combination, the last axis varying fastest. `steps` is the number of values of a range. */
export function* grid(space: Space, steps = 5): Generator<SearchPoint, void> {
  const axes = Object.entries(space).map(([name, a]) => { check(name, a); return [name, ticks(a, steps)] as const })
  const count = axes.reduce((n, [, v]) => n * v.length, 1)
  for (let k = 0; k < count; k++) {
    let rest = k
    const point: Record<string, number | string | boolean> = {}
    for (const [name, values] of [...axes].reverse()) { point[name] = values[rest % values.length]!; rest = Math.floor(rest / values.length) }
    yield Object.fromEntries(axes.map(([name]) => [name, point[name]!]))
  }
}

/** `n` points drawn by the seed, each axis evenly on its scale. Point k is the same however many are drawn. */
export function* randomSearch(space: Space, n: number, seed: number): Generator<SearchPoint, void> {
  for (const [name, a] of Object.entries(space)) check(name, a)
  for (let k = 0; k < n; k++) {
    yield Object.fromEntries(Object.entries(space).map(([name, a]) => {
      const random = stream(seed, 'search', k, name)
      return [name, a.kind === 'choice' ? a.values[random.below(a.values.length)]! : along(a, random.uniform())]
    }))
  }
}
