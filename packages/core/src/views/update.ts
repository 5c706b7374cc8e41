/** The update lines of the optimisers, as they stand on paper: their equations in letters that the network leaves free. */
import { type Expr, entry } from '../expression/index.ts'
import { updateEquations, findOptimiser, type Optimiser, type UpdateSymbols } from '../optimise/index.ts'
import { type Formula, indexForm } from '../print/index.ts'
import { parseRational } from '../shape/index.ts'
import type { Line } from './page.ts'

export interface UpdateParts {
  /** The parameter as written. */
  readonly parameter: Formula
  /** The gradient as a name, e.g. the partial dE/dW. */
  readonly gradient: Formula
  /** A name or a number. */
  readonly rate: string
  /** Weight decay coefficient, a name or a number, when asked for. */
  readonly decay: string | undefined
  /** A parameter without axes; else powers are entry by entry. */
  readonly scalar: boolean
  /** A letter that nothing on the page has yet, the first of the wishes that is free; it is then taken. */
  readonly unused: (...wishes: string[]) => string
}

/** The update lines of an optimiser. Throws a ChainError for an unknown one. */
export function updateLines(name: string, parts: UpdateParts): Line[] {
  const optimiser = findOptimiser(name)
  const page = letters(optimiser, parts)
  const list = updateEquations(optimiser, page.symbols, page.named, page.decay && { coefficient: page.decay, kind: optimiser.decay })
  return list.map(({ name: left, value, note }): Line => {
    const isNew = left === 'parameter' || optimiser.state.some(t => t.name === left)
    const right = indexForm(value, { nameOf: page.nameOf, decimals: true, isCoefficient: t => page.coefficients.has(t.key) })
    const said = note === undefined ? [] : [[note === 'start-up correction' ? `${note} at step ${page.step}` : note]]
    return { left: page.nameOf({ key: left })!, relation: isNew ? '←' : '=', right: parts.scalar ? right : entrywise(right, page.isTensor), notes: said }
  })
}

/** Symbols for everything an update speaks of, with the letters they get. Ranks make sums and products read as on paper. */
function letters(o: Optimiser, { parameter, gradient, rate, decay, unused }: UpdateParts) {
  const written = new Map<string, Formula>([['parameter', parameter], ['gradient', gradient]])
  const tensors = new Set<string>(['parameter', 'gradient'])
  const coefficients = new Set<string>()
  const symbol = (key: string, rank: number): Expr => entry({ key, name: key, axes: [], sample: false, rank })
  const scalar = (key: string, text: string, rank: number): Expr => {
    const value = parseRational(text)
    written.set(key, value ? { kind: 'number', value, decimal: true } : { kind: 'name', name: text })
    coefficients.add(key)
    return symbol(key, rank)
  }
  const tensor = (key: string, letter: string, rank: number): Expr => {
    written.set(key, { kind: 'name', name: letter })
    tensors.add(key)
    return symbol(key, rank)
  }
  const states = o.state.map((t, k) => [t.name, tensor(t.name, unused(...t.letters), 2 + k)] as const)
  const hats = o.state.map((t, k) => [`${t.name}_hat`, tensor(`${t.name}_hat`, `${(written.get(t.name) as { name: string }).name}_hat`, 4 + k)] as const)
  const step = unused('k', 'tau')
  const symbols: UpdateSymbols = {
    parameter: symbol('parameter', 1),
    gradient: symbol('gradient', 6),
    state: Object.fromEntries(states),
    hyper: Object.fromEntries(o.hyperparameters.map((h, k) => [h.name, scalar(h.name, /_|epsilon/.test(h.name) ? h.name : unused(h.name, 'beta', 'rho'), h.name === 'epsilon' ? 7 : 30 + k)])),
    rate: scalar('rate', rate, 20),
    step: scalar('step', step, 8),
  }
  const named = (name: string): Expr => new Map([...states, ...hats]).get(name) ?? symbols.parameter
  const pull = decay ?? (o.decay === 'decoupled' ? unused('lambda', 'kappa', 'delta') : undefined)
  return {
    symbols, named, step, coefficients,
    nameOf: (t: { readonly key: string }): Formula | undefined => written.get(t.key),
    isTensor: (f: Formula): boolean => [...tensors].some(key => written.get(key) === f),
    decay: pull === undefined ? undefined : scalar('decay', pull, 19),
  }
}

/** The formula with powers of tensors marked as taken entry by entry. */
function entrywise(f: Formula, isTensor: (f: Formula) => boolean): Formula {
  const inner = (x: Formula): Formula => entrywise(x, isTensor)
  const holds = (x: Formula): boolean => isTensor(x) || (x.kind === 'sum' && x.terms.some(holds)) || (x.kind === 'product' && x.factors.some(holds)) || ((x.kind === 'bracket' || x.kind === 'negative') && holds(x.body))
  switch (f.kind) {
    case 'sum': return { ...f, terms: f.terms.map(inner) }
    case 'product': return { ...f, factors: f.factors.map(inner) }
    case 'negative': case 'bracket': case 'root': return { ...f, body: inner(f.body) }
    case 'fraction': return { ...f, numerator: inner(f.numerator), denominator: inner(f.denominator) }
    case 'power': return { ...f, base: inner(f.base), exponent: f.exponent, ...(holds(f.base) ? { elementwise: true } : {}) }
    default: return f
  }
}
