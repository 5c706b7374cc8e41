/** The default network: a chain of equal layers, measured layer by layer. */
import { lower, readNetwork } from '@chainrule/core'
import { norm } from '@chainrule/train'
import type { Activation } from '../shared/activation.ts'
import { drawn, type Numbers, parametersOf } from '../shared/parameters.ts'
import { randomSamples, type Samples } from '../shared/samples.ts'
import type { VanishingSettings } from './card.ts'
import { spectralBound } from './spectral.ts'

/** One layer of one network. Norms run over samples and entries. */
export interface Layer {
  /** From 1. */
  readonly layer: number
  /** ‖∂J/∂a^[l]‖ */
  readonly adjoint: number
  /** ‖∂J/∂W^[l]‖ */
  readonly gradient: number
  /** The spectral norm of W^[l]. */
  readonly weights: number
  /** The mean of |g'(z^[l])|. */
  readonly slope: number
  /** The share of units and samples where g'(z^[l]) is not 0: those that pass a gradient on. */
  readonly active: number
  /** ‖W^[l]‖ max|g'| ‖∂J/∂a^[l]‖, which ‖∂J/∂a^[l-1]‖ cannot exceed. */
  readonly bound: number
}

/** A network of one depth, activation and initialiser. */
export interface Measured { readonly activation: string; readonly initialiser: string; readonly depth: number; readonly layers: readonly Layer[]; readonly inputAdjoint: number }

const text = (width: number): string => `dim n = ${width}
input a^[0][n]
target y[n]
function g
layers l = 1..L
param W^[l][n, n], b^[l][n]
z^[l] = W^[l] a^[l-1] + b^[l]
a^[l] = g(z^[l])
loss J = mean over data: squared_error(a^[L], y)
`

/** Spectral norms of the first weights of a layer by initialiser: the same in every network, since each parameter has its own random numbers. */
export function spectralNorms(width: number): (initialiser: string, layer: number, data: Float64Array) => number {
  const known = new Map<string, number>()
  return (initialiser, layer, data) => {
    const key = `${initialiser}/${layer}`
    if (!known.has(key)) known.set(key, spectralBound(data, width, width))
    return known.get(key)!
  }
}

/** Every initialiser at one depth and activation. */
export function measureChain(activation: Activation, depth: number, s: VanishingSettings, spectral: ReturnType<typeof spectralNorms>): readonly Measured[] {
  const network = readNetwork(text(s.width), '', { depth, functions: { g: activation.name } })
  const run = lower.compile(lower.gradientProgram(network, { samples: s.samples }, names(depth)))
  const values = lower.compile(lower.forwardProgram(network, { samples: s.samples }, Array.from({ length: depth }, (_, k) => `z^[${k + 1}]`)))
  const samples = randomSamples(network, s.samples, s.seed)
  return s.initialisers.map(initialiser => measure({ run, values, samples, activation, initialiser, depth, spectral, parameters: drawn(parametersOf(network), s.seed, initialiser) }))
}

const names = (depth: number): string[] => ['a^[0]', ...Array.from({ length: depth }, (_, k) => [`a^[${k + 1}]`, `W^[${k + 1}]`]).flat()]

interface Work {
  readonly run: lower.Run
  readonly values: lower.Run
  readonly samples: Samples
  readonly parameters: Numbers
  readonly activation: Activation
  readonly initialiser: string
  readonly depth: number
  readonly spectral: ReturnType<typeof spectralNorms>
}

function measure(w: Work): Measured {
  const feeds = { ...w.samples, ...w.parameters }
  const [slopes, z] = [w.run(feeds), w.values(feeds)]
  const normOf = (name: string): number => norm(slopes[lower.gradientName(name)]!)
  const layers = Array.from({ length: w.depth }, (_, k): Layer => {
    const l = k + 1
    const g = w.activation.slopes(z[`z^[${l}]`] as Float64Array)
    const steepest = g.reduce((m, x) => Math.max(m, Math.abs(x)), w.activation.steepest)
    const [adjoint, weights] = [normOf(`a^[${l}]`), w.spectral(w.initialiser, l, w.parameters[`W^[${l}]`]!)]
    return {
      layer: l, adjoint, gradient: normOf(`W^[${l}]`), weights, slope: g.reduce((sum, x) => sum + Math.abs(x), 0) / g.length,
      active: g.reduce((sum, x) => sum + (x === 0 ? 0 : 1), 0) / g.length, bound: weights * steepest * adjoint,
    }
  })
  return { activation: w.activation.name, initialiser: w.initialiser, depth: w.depth, layers, inputAdjoint: normOf('a^[0]') }
}

/** The layers whose gradient is greater than the bound of the layer above allows, but for rounding: none, or the derivation is wrong. */
export const broken = ({ layers, inputAdjoint }: Measured): readonly number[] =>
  layers.filter((l, k) => (k === 0 ? inputAdjoint : layers[k - 1]!.adjoint) > l.bound * (1 + 1e-9)).map(l => l.layer)
