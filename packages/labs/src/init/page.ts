/** The page of the lab: for each start what is proved and what is seen, then what the size of random weights does. */
import { equationsReport, type Gradients, type Inline, type Network, type Page, type Section } from '@chainrule/core'
import { short, whole } from '../shared/text.ts'
import type { InitSettings } from './card.ts'
import { writerOf, type Writer } from './formulas.ts'
import { agrees, followed, type Seen } from './observe.ts'
import type { Problem } from './problem.ts'
import { equalAlong, proofLines } from './proof-lines.ts'
import { nodesThatStay, type Proved, zeroAtStart } from './prove.ts'
import { type Signal, signalShape } from './signal.ts'

export interface Findings {
  readonly network: Network
  readonly derivation: Gradients
  readonly problem: Problem
  readonly starts: readonly { readonly proved: Proved; readonly seen: Seen }[]
  readonly signals: readonly Signal[]
}

/** Proofs of larger networks are shown when they are asked for. */
const MOST_LINES = 30

/** The findings as a page, without its data. */
export function initPage(f: Findings, s: InitSettings): Omit<Page, 'data'> {
  const w = writerOf(f.network, f.derivation)
  return {
    title: ['Initialisation: which units stay equal, which gradients are exactly zero'],
    preamble: [
      [`${f.problem.words}; ${whole(s.steps)} steps of gradient descent at rate ${short(s.rate)}.`],
      ['Where no sum over the data is written, a line speaks of one sample.'],
    ],
    sections: [...equations(f.network), ...f.starts.flatMap(x => startSections(f, x.proved, x.seen, w, s)), ...trainingSections(f, s), ...signalSections(f.signals)],
    footer: [[f.starts.every(x => agrees(x.proved.stays.claims, x.seen)) ? 'What is proved is seen: exactly, after every step.' : 'What is proved is not seen: a fault in chainrule.']],
    ok: f.starts.every(x => agrees(x.proved.stays.claims, x.seen)),
  }
}

function equations(network: Network): Section[] {
  const [section] = equationsReport(network).sections
  return section?.kind === 'lines' && section.lines.length <= 12 ? [{ ...section, heading: ['network'] }] : []
}

function startSections(f: Findings, p: Proved, seen: Seen, w: Writer, s: InitSettings): Section[] {
  const nothing = [...p.stays.claims.values()].every(c => !c.zero && !c.same.some(Boolean))
  const lines = proofLines(p.stays.proof, p.stays.claims, f.derivation, w)
  const shown = lines.length <= MOST_LINES || s.proof
  return [
    { kind: 'text', paragraphs: [[`${p.start.name} start: ${p.start.words}`]] },
    ...(nothing || !shown ? [] : [{ kind: 'lines', heading: ['proof'], lines } as const]),
    parameterTable(f.problem, p, seen),
    { kind: 'text', paragraphs: [conclusion(p, nothing), ...(Number.isFinite(seen.loss.at(-1)!) ? [] : [[`The loss was not finite at step ${whole(seen.loss.length - 1)}: a lower --rate, or a smaller --value, goes further.`]]), ...(nothing || shown ? [] : [[`The proof has ${lines.length} lines; --proof shows them.`]])] },
  ]
}

function parameterTable(problem: Problem, p: Proved, seen: Seen): Section {
  return {
    kind: 'table', columns: ['parameter', 'gradient at the start', 'after any number of steps', 'seen'],
    rows: problem.parameters.map(({ name, shape }) => {
      const claim = p.stays.claims.get(name)!
      const real = claim.same.map((is, k) => is && shape[k]! > 1)
      const proved = claim.zero ? '0, proved' : real.some(Boolean) ? `${equalAlong(claim.same)} equal, proved` : '-'
      return [{ kind: 'name', name }, zeroAtStart(p, name) ? 'exactly 0' : `norm ${short(seen.firstNorms[name]!)}`, proved, seenText(shape, p, seen, name)]
    }),
  }
}

function seenText(shape: readonly number[], p: Proved, seen: Seen, name: string): string {
  const { entry, spread } = seen.most.get(name)!
  if (entry === 0) return 'all entries 0'
  const began = p.claims.get(name)!.same
  const axes = shape.flatMap((n, k) => (n > 1 ? [k] : []))
  // axes along which all was equal at the start; where there is none, how far apart the first is
  const followedAxes = axes.some(k => began[k]) ? axes.filter(k => began[k]) : axes.slice(0, 1)
  const parts = followedAxes.map(k => `${axisWord(shape, k)} ${spread[k] === 0 ? `equal${p.stays.claims.get(name)!.same[k] ? '' : ' (not proved)'}` : `differ by ${short(spread[k]!)}`}`)
  return parts.length === 0 ? `up to ${short(entry)}` : parts.join(', ')
}

const axisWord = (shape: readonly number[], k: number): string => equalAlong(shape.map((_, j) => j === k))

function conclusion(p: Proved, nothing: boolean): Inline[] {
  if (nothing) return ['No two units have equal gradients: the symmetry is broken, and every unit can learn something else.']
  const { constant, alike } = nodesThatStay(p)
  const claims = [...p.stays.claims]
  const stuck = claims.every(([, c]) => c.zero)
  const zeros = claims.filter(([, c]) => c.zero).map(([n]) => n)
  const names = (list: readonly string[]): Inline[] => list.flatMap((n, k): Inline[] => [...(k === 0 ? [] : [k === list.length - 1 ? ' and ' : ', ']), { kind: 'name', name: n }])
  const values: Inline[] = constant.flatMap((c, k): Inline[] => [k === 0 ? '' : ', ', { kind: 'name', name: c.node.name }, ' = ', c.after.kind === 'number' ? { kind: 'number', value: c.after.value } : ''])
  return [
    ...(stuck ? ['Every gradient is exactly 0, so no step changes anything'] : zeros.length > 0 ? [...names(zeros), ' have gradient 0 as long as they are 0, so they stay 0'] : []),
    ...(constant.length > 0 ? ['. For every sample and for ever: ', ...values] : []),
    ...(zeros.length > 0 || constant.length > 0 ? ['. '] : []),
    ...(alike.length > 0 ? ['Equal units get equal gradients, so they stay equal: the units of ', ...names(alike.map(a => a.node)), ' do the work of one, however long one trains.'] : []),
  ]
}

function trainingSections(f: Findings, s: InitSettings): Section[] {
  const steps = [0, 1, 10, 100, 1000, 10_000].filter(k => k < s.steps)
  const row = followed(f.problem.parameters)
  return [{
    kind: 'table', heading: row ? ['training; d: the largest difference between the rows of ', { kind: 'name', name: row.name }] : ['training'],
    columns: ['step', ...f.starts.flatMap(x => [`loss, ${x.proved.start.name}`, ...(row ? ['d'] : [])])],
    rows: [...steps, s.steps].map(k => [whole(k), ...f.starts.flatMap(x => [at(x.seen.loss, k), ...(row ? [at(x.seen.apart, k)] : [])])]),
  }]
}

/** A number of a run that may have ended early. */
const at = (list: readonly number[], k: number): string => (list[k] === undefined ? '-' : short(list[k]))

function signalSections(list: readonly Signal[]): Section[] {
  const { width, depth, samples } = signalShape
  const last = (x: Signal): readonly string[] => [times(x.values[depth]! / x.values[1]!), times(x.gradients[1]! / x.gradients[depth]!)]
  return [
    {
      kind: 'table', heading: [`how large: ${depth} layers of n = ${width} units, small inputs, ${samples} samples`],
      columns: ['activation', 'variance of W', 'mean of a², layer 1', `layer ${depth}`, `layer ${depth} / layer 1`, `mean of (∂E/∂a)², layer 1 / layer ${depth}`],
      rows: list.map(x => [x.activation, `${short(x.factor)}/n`, short(x.values[1]!), short(x.values[depth]!), ...last(x)]),
    },
    { kind: 'text', paragraphs: [['A sum of n products has n times the variance of W times the mean of a², so 1/n keeps the size where the activation does nothing to it, as tanh near 0. ReLU sets half of a symmetric signal to 0 and so halves its mean square; the 2 in 2/n makes up for it. The same holds backwards for the gradient.']] },
  ]
}

/** A ratio: `0.94`, `3.1e-5`. */
const times = (x: number): string => (x >= 0.01 && x < 1000 ? String(Number(x.toPrecision(2))) : short(x))
