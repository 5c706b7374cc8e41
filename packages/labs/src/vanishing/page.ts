/** The page of the lab for the default network: the recursion, its bound, and what is measured. */
import { deriveReport, type Page, readNetwork, type Section } from '@chainrule/core'
import type { Activation } from '../shared/activation.ts'
import { percent, short, whole } from '../shared/text.ts'
import type { VanishingSettings } from './card.ts'
import { broken, type Measured } from './chain.ts'

/** Any depth: L and l stay symbols. */
const anyDepth = `dim L
layers l = 1..L
param W^[l][n[l], n[l-1]], b^[l][n[l]]
function g
z^[l] = W^[l] a^[l-1] + b^[l]
a^[l] = g(z^[l])
loss J = cost(a^[L], y)
`

/** The measurements as a page, without its data. */
export function vanishingPage(all: readonly Measured[], activations: readonly Activation[], s: VanishingSettings): Omit<Page, 'data'> {
  const derived = deriveReport(readNetwork(anyDepth), { wrt: ['z^[l]'], view: 'matrix' })
  const deepest = all.filter(m => m.depth === Math.max(...s.depth))
  const layers = all.reduce((n, m) => n + m.layers.length, 0)
  const wrong = all.flatMap(m => broken(m).map(l => `${m.activation}, ${m.initialiser}, depth ${m.depth}, layer ${l}`))
  return {
    title: ['Vanishing and exploding gradients'],
    preamble: [[`a^[l] = g(W^[l] a^[l-1] + b^[l]) with ${whole(s.width)} units in each layer, biases 0, J = mean of |a^[L] - y|² over ${whole(s.samples)} random samples. Norms run over samples and entries.`]],
    sections: [
      { kind: 'text', paragraphs: [['the derivation, with δ^[l] = ∂J/∂z^[l]']] },
      ...derived.sections.filter(x => x.kind === 'lines'),
      { kind: 'text', paragraphs: [['So one layer back multiplies a gradient by W^[l]ᵀ and g\'(z^[l]), and ‖∂J/∂a^[l-1]‖ ≤ ‖W^[l]‖ max|g\'| ‖∂J/∂a^[l]‖. Over L layers the factors multiply: below 1 the gradient vanishes, above 1 it may explode.']] },
      factors(deepest, activations), byLayer(deepest), byDepth(all, s), { kind: 'text', paragraphs: remarks(deepest) },
    ],
    footer: [...derived.footer, [wrong.length === 0 ? `The bound holds in all ${whole(layers)} layers that were measured.` : `The bound fails in ${wrong.join('; ')}: a fault in chainrule.`]],
    ok: derived.ok && wrong.length === 0,
  }
}

/** ‖∂J/∂a^[1]‖ / ‖∂J/∂a^[L]‖ */
export const ratio = (m: Measured): number => m.layers[0]!.adjoint / m.layers.at(-1)!.adjoint
/** What one layer back multiplies the norm by, the geometric mean over layers. */
export const perLayer = (m: Measured): number => ratio(m) ** (1 / Math.max(1, m.layers.length - 1))
/** The geometric mean of ‖W^[l]‖ max|g'| over the layers between. */
export const boundPerLayer = (m: Measured): number => {
  const between = m.layers.slice(1)
  return between.length === 0 ? NaN : Math.exp(between.reduce((sum, l) => sum + Math.log(l.bound / l.adjoint), 0) / between.length)
}
const mean = (m: Measured, of: 'slope' | 'active' | 'weights'): number => m.layers.reduce((sum, l) => sum + l[of], 0) / m.layers.length

/** Said of a ratio over all layers: within a factor of 100 it holds. */
export const verdict = (r: number): 'vanishes' | 'explodes' | 'holds' => (r < 0.01 ? 'vanishes' : r > 100 ? 'explodes' : 'holds')

function factors(list: readonly Measured[], activations: readonly Activation[]): Section {
  return {
    kind: 'table', heading: [`${list[0]?.layers.length ?? 0} layers; factors are for one layer back, geometric means; a gradient holds that stays within a factor of 100`],
    columns: ['activation', 'initialiser', "max|g'|", "mean |g'|", "g' ≠ 0", '‖W‖', "bound ‖W‖ max|g'|", 'measured', '‖∂J/∂a^[1]‖ / ‖∂J/∂a^[L]‖', ''],
    rows: list.map(m => [
      m.activation, m.initialiser, short(activations.find(a => a.name === m.activation)!.steepest), short(mean(m, 'slope')), percent(mean(m, 'active')),
      short(mean(m, 'weights')), short(boundPerLayer(m)), short(perLayer(m)), short(ratio(m)), verdict(ratio(m)),
    ]),
  }
}

/** A few layers, the last first, as the gradient goes. */
function byLayer(list: readonly Measured[]): Section {
  const depth = list[0]?.layers.length ?? 0
  const shown = [...new Set([1, 0.75, 0.5, 0.25, 0].map(x => Math.max(1, Math.round(1 + x * (depth - 1)))))]
  return {
    kind: 'table', heading: ['‖∂J/∂a^[l]‖ on its way back'], columns: ['activation', 'initialiser', ...shown.map(l => `l = ${l}`)],
    rows: list.map(m => [m.activation, m.initialiser, ...shown.map(l => short(m.layers[l - 1]!.adjoint))]),
  }
}

function byDepth(all: readonly Measured[], s: VanishingSettings): Section {
  const depths = [...new Set(s.depth)].sort((a, b) => a - b)
  const pairs = all.filter(m => m.depth === depths[0])
  return {
    kind: 'table', heading: ['‖∂J/∂W^[1]‖, the gradient of the first weights, against depth'], columns: ['activation', 'initialiser', ...depths.map(d => `L = ${d}`)],
    rows: pairs.map(p => [p.activation, p.initialiser, ...depths.map(d => short(all.find(m => m.depth === d && m.activation === p.activation && m.initialiser === p.initialiser)!.layers[0]!.gradient))]),
  }
}

/** What the numbers say about each activation. */
function remarks(list: readonly Measured[]): string[][] {
  return [...new Set(list.map(m => m.activation))].map(activation => {
    const own = list.filter(m => m.activation === activation)
    const best = own.reduce((a, b) => (Math.abs(Math.log(ratio(b))) < Math.abs(Math.log(ratio(a))) ? b : a))
    const share = mean(best, 'active')
    return [`${activation}: nearest to 1 with ${best.initialiser}, where one layer back multiplies the gradient by ${short(perLayer(best))}.${share < 0.999 ? ` There ${percent(1 - share)} of the units are off for a sample and pass nothing on; the others multiply by ${short(mean(best, 'slope') / share)}.` : ` Its slope is ${short(mean(best, 'slope'))} on average.`}`]
  })
}
