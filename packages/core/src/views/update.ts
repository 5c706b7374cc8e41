/** The update lines of the optimisers, as they stand on paper. */
import { ChainError, nearestName } from '../errors.ts'
import { parseRational } from '../shape/index.ts'
import type { Formula } from '../print/index.ts'
import type { Line } from './page.ts'

const name = (n: string): Formula => ({ kind: 'name', name: n })
const number = (text: string): Formula => ({ kind: 'number', value: parseRational(text)! })
const sum = (...terms: Formula[]): Formula => ({ kind: 'sum', terms })
const minus = (body: Formula): Formula => ({ kind: 'negative', body })
const times = (...factors: Formula[]): Formula => ({ kind: 'product', operator: 'juxtapose', factors })
const over = (numerator: Formula, denominator: Formula): Formula => ({ kind: 'fraction', numerator, denominator })
const square = (base: Formula, elementwise: boolean): Formula => ({ kind: 'power', base, exponent: number('2'), elementwise })
const assign = (left: Formula, right: Formula, ...notes: string[]): Line => ({ left, relation: '←', right, notes: notes.map(n => [n]) })

export interface UpdateParts {
  /** The parameter as written. */
  readonly parameter: Formula
  /** The gradient as a name, e.g. the partial dE/dW, and written out. */
  readonly gradient: Formula
  readonly rate: Formula
  /** Weight decay coefficient, when asked for. */
  readonly decay?: Formula
  readonly scalar: boolean
  /** Letters that the network does not use: mean and mean square of the gradient, velocity, momentum, step. */
  readonly letters: { readonly mean: string; readonly square: string; readonly velocity: string; readonly momentum: string; readonly step: string; readonly decay: string }
}

type Optimiser = (p: UpdateParts) => Line[]

/** g + decay * w where decay is part of the loss. */
const withDecay = (p: UpdateParts): Formula => (p.decay ? sum(p.gradient, times(p.decay, p.parameter)) : p.gradient)
const bracketed = (f: Formula): Formula => (f.kind === 'sum' ? { kind: 'bracket', body: f } : f)

const moments = (p: UpdateParts, gradient: Formula): Line[] => {
  const { letters } = p
  const [m, v, b1, b2] = [name(letters.mean), name(letters.square), name('beta_1'), name('beta_2')]
  const one = number('1')
  return [
    assign(m, sum(times(b1, m), times({ kind: 'bracket', body: sum(one, minus(b1)) }, bracketed(gradient))), 'mean of the gradient'),
    assign(v, sum(times(b2, v), times({ kind: 'bracket', body: sum(one, minus(b2)) }, square({ kind: 'bracket', body: gradient }, !p.scalar))), 'mean of its square'),
    { left: name(`${letters.mean}_hat`), relation: '=', right: over(m, sum(one, minus({ kind: 'power', base: b1, exponent: name(letters.step) }))), notes: [[`start-up correction at step ${letters.step}`]] },
    { left: name(`${letters.square}_hat`), relation: '=', right: over(v, sum(one, minus({ kind: 'power', base: b2, exponent: name(letters.step) }))), notes: [] },
  ]
}
const adamStep = (p: UpdateParts): Formula => times(p.rate, over(name(`${p.letters.mean}_hat`), sum({ kind: 'root', body: name(`${p.letters.square}_hat`) }, name('epsilon'))))

/** rate * decay, a number before a letter. */
const decayFirst = (p: UpdateParts): Formula[] => {
  const decay = p.decay ?? name(p.letters.decay)
  return decay.kind === 'number' ? [decay, p.rate] : [p.rate, decay]
}

/** Each optimiser once: its lines from the parts. */
export const OPTIMISERS: Readonly<Record<string, Optimiser>> = {
  sgd: p => [assign(p.parameter, sum(p.parameter, minus(times(p.rate, bracketed(withDecay(p))))), 'gradient descent')],
  momentum: p => [
    assign(name(p.letters.velocity), sum(times(name(p.letters.momentum), name(p.letters.velocity)), withDecay(p)), 'velocity'),
    assign(p.parameter, sum(p.parameter, minus(times(p.rate, name(p.letters.velocity)))), 'momentum'),
  ],
  nesterov: p => [
    assign(name(p.letters.velocity), sum(times(name(p.letters.momentum), name(p.letters.velocity)), withDecay(p)), 'velocity'),
    assign(p.parameter, sum(p.parameter, minus(times(p.rate, { kind: 'bracket', body: sum(withDecay(p), times(name(p.letters.momentum), name(p.letters.velocity))) }))), 'Nesterov momentum: looks one step ahead'),
  ],
  adam: p => [...moments(p, withDecay(p)), assign(p.parameter, sum(p.parameter, minus(adamStep(p))), 'Adam, entry by entry')],
  adamw: p => [...moments(p, p.gradient), assign(p.parameter, sum(p.parameter, minus(adamStep(p)), minus(times(...decayFirst(p), p.parameter))), 'AdamW: the decay acts on the weight, not through the gradient')],
}

/** The update lines of an optimiser. Throws a ChainError for an unknown one. */
export function updateLines(optimiser: string, parts: UpdateParts): Line[] {
  const make = OPTIMISERS[optimiser]
  if (!make) throw new ChainError({ problem: `There is no optimiser ${optimiser}.`, expected: `Known: ${Object.keys(OPTIMISERS).join(', ')}.`, nearest: nearestName(optimiser, Object.keys(OPTIMISERS)) })
  return make(parts)
}
