/**
 * The gradient by the map of a convolution with strides, phase by phase: positions with the same remainder see the same entries of
 * the kernel, so each phase is a convolution without strides, and together they multiply no zeros.
 */
import type { Scene } from './scene.ts'
import { axisLabel, type Held } from './held.ts'
import { concat, constant, expand, type Planner, reshape, shapeOf, slice } from './planner.ts'
import { positionsOf } from './read.ts'
import { convolvePhase, type Layout, type Phase } from './convolve.ts'

/** The entries of the kernel that a remainder sees along a window axis, and how far its places are moved. */
function phaseOf(s: Scene, axis: number, remainder: number): Phase {
  const w = s.f.windows[axis]!
  const entries = Array.from({ length: s.n.loops[w.entry]! }, (_, u) => u).filter(u => (remainder + w.before - u * w.dilation) % w.stride === 0)
  const positions = Math.ceil((w.size - remainder) / w.stride)
  // position stride * q + remainder is read by entry u at place q + (remainder + before - dilation u)/stride
  return { entries, shifts: entries.map(u => (remainder + w.before - u * w.dilation) / w.stride), positions }
}

/** The gradient, its phases woven together. */
export function byPhases(s: Scene, layout: Layout): Held | undefined {
  const { p } = s.x
  if (s.f.groups.length > 0 || s.f.windows.every(w => w.stride === 1)) return undefined
  const g = s.read(s.f.places!, false)
  const strides = s.f.windows.map(w => w.stride)
  const parts = positionsOf(strides).map(r => convolvePhase(s, layout, g, r.map((m, k) => phaseOf(s, k, m))))
  if (parts.includes(undefined)) return undefined
  const labels = (parts as Held[])[0]!.labels
  const whole = s.f.windows.reduceRight((ids: readonly number[], w, k) => woven(p, ids, labels.indexOf(axisLabel(w.axis)), strides[k]!, w.size), (parts as Held[]).map(h => h.id))
  return { id: whole[0]!, labels }
}

/** Every `n` tensors in a row woven into one of the given size along an axis; later ones may be one shorter. */
function woven(p: Planner, ids: readonly number[], axis: number, n: number, size: number): number[] {
  const made: number[] = []
  for (let k = 0; k < ids.length; k += n) {
    const longest = Math.max(...ids.slice(k, k + n).map(id => shapeOf(p, id)[axis]!))
    const apart = ids.slice(k, k + n).map(id => {
      const shape = shapeOf(p, id)
      const short = longest - shape[axis]!
      const filled = short === 0 ? id : concat(p, [id, expand(p, constant(p, [], [0]), shape.map((v, j) => (j === axis ? short : v)))], axis)
      return reshape(p, filled, [...shape.slice(0, axis), longest, 1, ...shape.slice(axis + 1)])
    })
    const shape = shapeOf(p, ids[k]!)
    const all = reshape(p, concat(p, apart, axis + 1), shape.map((v, j) => (j === axis ? longest * n : v)))
    made.push(slice(p, all, shape.map(() => 0), shape.map((v, j) => (j === axis ? size : v))))
  }
  return made
}

