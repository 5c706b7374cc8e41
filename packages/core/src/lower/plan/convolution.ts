/**
 * Ways to compute a convolution and its two gradients. `wide`: the samples lie side by side in the rows of one image,
 * [channels, height, width * samples], and the kernel's columns are that far apart; one large product, however few the channels.
 * `volume`: the same with the samples as a third spatial axis, for strides. `batched`: one image after the other.
 */
import type { NodeOf } from '../program.ts'
import type { Planning } from './context.ts'
import { convolve, flippedKernel, imageOf, type Layout, LAYOUTS, transposed } from './convolve.ts'
import { axisLabel, type Held } from './held.ts'
import { map, scalar, volume } from './planner.ts'
import { byColumns, byPatches, byTaps } from './kernel-gradient.ts'
import { byPhases } from './phases.ts'
import { readAt } from './read.ts'
import type { Scene } from './scene.ts'
import { windowPattern, type WindowPattern } from './window-pattern.ts'
import { writeAt } from './write.ts'

type Way = (x: Planning, n: NodeOf<'contract'>, k: number) => Held | undefined

function sceneOf(x: Planning, n: NodeOf<'contract'>): Scene | undefined {
  const f = windowPattern(n, n.operands.map(o => x.program.nodes[o.node]!.shape))
  if (!f) return undefined
  const axes = new Set(f.windows.map(w => w.axis))
  const read = (operand: number, windows: boolean): Held => {
    const o = n.operands[operand]!
    return readAt(x.p, x.held[o.node]!, o.at, n.loops, windows ? axes : new Set())
  }
  return { x, n, f, read, size: l => (l.startsWith('l') ? n.loops[Number(l.slice(1))]! : f.windows.find(w => axisLabel(w.axis) === l)!.size) }
}

const scaled = (s: Scene, h: Held): Held => (s.n.coefficient === 1 ? h : { id: map(s.x.p, 'mul', scalar(s.x.p, s.n.coefficient), h.id), labels: h.labels })
const written = (s: Scene, h: Held): Held => writeAt(s.x.p, scaled(s, h), s.n.out, s.n.shape, s.n.loops)

/** The way for patterns with this result; undefined for others and where the operands lack axes. */
const way = (result: WindowPattern['result'], make: (s: Scene) => Held | undefined): Way => (x, n) => {
  const s = sceneOf(x, n)
  if (!s || s.f.result !== result || n.operands.some(o => x.held[o.node]!.labels.length < x.program.nodes[o.node]!.shape.length)) return undefined
  const made = make(s)
  return made && written(s, made)
}

const forward = (layout: Layout): Way => way('places', s => (layout.fits(s.f) ? convolve(s, layout, imageOf(s, layout, s.read(s.f.map!, true)), s.read(s.f.kernel!, false)) : undefined))
const flipped = (layout: Layout): Way => way('map', s => (layout.fits(s.f) ? flippedKernel(s, layout) : undefined))
const turned = (layout: Layout): Way => way('map', s => (layout.fits(s.f) && (layout !== LAYOUTS.wide || s.f.windows.at(-1)!.stride === 1) ? transposed(s, layout) : undefined))

const phases = (layout: Layout): Way => way('map', s => (layout.fits(s.f) ? byPhases(s, layout) : undefined))

/** From this many channels of the map on, products with a matrix that is turned around first are large enough to pay for it. */
const MANY = 16

/** Ways to try before those of the table, by what was measured on several machines. */
export function preferredFirst(x: Planning, n: NodeOf<'contract'>): readonly string[] {
  const f = windowPattern(n, n.operands.map(o => x.program.nodes[o.node]!.shape))
  return f && volume(f.channels.map(l => n.loops[l]!)) >= MANY ? ['wide flipped', 'columns'] : []
}

/** In the order of trial: the first that applies is taken when nothing is measured. */
export const convolutions: Readonly<Record<string, Way>> = {
  wide: forward(LAYOUTS.wide), volume: forward(LAYOUTS.volume), batched: forward(LAYOUTS.batched),
  'wide phases': phases(LAYOUTS.wide), 'wide turned': turned(LAYOUTS.wide), 'wide flipped': flipped(LAYOUTS.wide), 'volume turned': turned(LAYOUTS.volume),
  phases: phases(LAYOUTS.batched), turned: turned(LAYOUTS.batched), flipped: flipped(LAYOUTS.batched),
  patches: way('kernel', byPatches), columns: way('kernel', byColumns), taps: way('kernel', byTaps),
}
