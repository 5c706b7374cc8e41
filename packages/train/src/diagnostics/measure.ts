/** Norms and shares from numbers. */
import type { Dense } from '../dense.ts'
import type { ActivationOf } from './activations.ts'
import type { ActivationDiagnosis, LayerDiagnosis } from './diagnosis.ts'

/** A slope below this share of the steepest counts as flat. */
const FLAT = 1 / 20

/** sqrt(sum of x²) over some arrays. Without overflow on the way. */
export function norm(...arrays: readonly ArrayLike<number>[]): number {
  let most = 0
  for (const v of arrays) for (let k = 0; k < v.length; k++) { const a = Math.abs(v[k]!); if (!(a <= most)) most = a }
  if (most === 0 || !Number.isFinite(most)) return most
  let sum = 0
  for (const v of arrays) for (let k = 0; k < v.length; k++) sum += (v[k]! / most) ** 2
  return most * Math.sqrt(sum)
}

function difference(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const out = new Float64Array(a.length)
  for (let k = 0; k < out.length; k++) out[k] = a[k]! - b[k]!
  return out
}

/** A parameter before and after a step, and its gradient. */
export interface Moved { readonly name: string; readonly gradient: Dense; readonly before: Dense; readonly after: Dense }

/** A layer from its parameters, and the gradient by its node. */
export function layerFrom(layer: string, parameters: readonly Moved[], arriving: Dense | undefined): LayerDiagnosis {
  const size = norm(...parameters.map(p => p.before.data))
  const update = norm(...parameters.map(p => difference(p.after.data, p.before.data)))
  return { layer, parameters: parameters.map(p => p.name), gradient: norm(...parameters.map(p => p.gradient.data)), arriving: norm(arriving?.data ?? []), size, update, ratio: size === 0 ? null : update / size }
}

/** Shares of units and values of an activation, from its slopes on a batch. */
export function activationFrom({ shown, function: fn, unitAxes, steepest }: ActivationOf, slopes: Dense): ActivationDiagnosis {
  const units = slopes.shape.reduce((n, s, a) => (unitAxes[a] ? n * s : n), 1)
  const most = new Float64Array(units)
  const at = unitOf(slopes.shape, unitAxes)
  let [off, flat] = [0, 0]
  for (let k = 0; k < slopes.data.length; k++) {
    const s = Math.abs(slopes.data[k]!)
    if (s === 0) off++
    else if (s < FLAT * steepest) flat++
    const u = at(k)
    if (!(s <= most[u]!)) most[u] = s
  }
  const share = (n: number, of: number): number => (of === 0 ? 0 : n / of)
  const dead = most.reduce((n, s) => n + (s === 0 ? 1 : 0), 0)
  const saturated = most.reduce((n, s) => n + (s > 0 && s < FLAT * steepest ? 1 : 0), 0)
  return { node: shown, function: fn, units, dead: share(dead, units), saturated: share(saturated, units), off: share(off, slopes.data.length), flat: share(flat, slopes.data.length) }
}

/** The number of the unit that an entry belongs to, entries being counted row by row. */
function unitOf(shape: readonly number[], unitAxes: readonly boolean[]): (entry: number) => number {
  return entry => {
    let [rest, unit, stride] = [entry, 0, 1]
    for (let a = shape.length - 1; a >= 0; a--) {
      const place = rest % shape[a]!
      rest = (rest - place) / shape[a]!
      if (unitAxes[a]) { unit += place * stride; stride *= shape[a]! }
    }
    return unit
  }
}
