/** The index form: an expression as a course writes it, entry by entry, with letters for its indices. */
import { asDelta, type Expr, type Index, type Power, type Selector, type Sym } from '../expression/index.ts'
import { ONE } from '../shape/index.ts'
import { findAbbreviation } from './abbreviations.ts'
import { affineForm, letterPlace, placeOf, relationSides, selectorPlace } from './affine.ts'
import type { PrintContext, Printer, Scope } from './context.ts'
import { contractionForm } from './contractions.ts'
import { assemble, orient } from './factors.ts'
import { nameForm, numberForm } from './forms.ts'
import type { Formula } from './formula.ts'
import { applyForm, reduceForm } from './functions.ts'
import { bind, namesIn } from './letters.ts'
import { labelIn } from './scope.ts'
import { sumOf } from './sums.ts'

/** The expression as a formula. Positions count from 1, letters of bound indices are allotted here. */
export function indexForm(e: Expr, context: PrintContext = {}): Formula {
  const names = namesIn(e, context)
  const p: Printer = { context, names, form: (x, scope) => formOf(x, p, scope) }
  const given = context.free ?? new Map<Index, string>()
  const named: Scope = { places: new Map([...given].map(([i, letter]) => [i, letterPlace(letter)])), letters: new Set(given.values()) }
  const unnamed = e.free.filter(i => !given.has(i)).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id))
  // a free index keeps its wish even when a tensor is called the same: its letter was chosen by a person
  const wished = unnamed.filter(i => i.name !== '' && !named.letters.has(i.name))
  const own = new Map([...wished].reverse().map(i => [i.name, i]))
  const scope: Scope = {
    places: new Map([...named.places, ...[...own].map(([letter, i]) => [i, letterPlace(letter)] as const)]),
    letters: new Set([...named.letters, ...own.keys()]),
  }
  return p.form(e, bind(unnamed.filter(i => own.get(i.name) !== i), [e], scope, names))
}

function formOf(e: Expr, p: Printer, scope: Scope): Formula {
  const match = findAbbreviation(e, p.context)
  if (match) {
    const { name } = match.abbreviation
    return entryOf(typeof name === 'string' ? nameForm(name) : name, match.indices, match.sample, p, scope)
  }
  switch (e.kind) {
    case 'number': return numberForm(e.value, p.context.decimals)
    case 'symbol': return symbolForm(e, p, scope)
    case 'sum': return sumOf(e, p, scope, labelIn(scope))
    case 'contraction': return contractionForm(e, p, scope)
    case 'selector': return selectorForm(e, scope)
    case 'apply': return applyForm(e, p, scope)
    case 'power': return e.exponent.kind === 'number'
      ? powerAlone(e, p, scope) : { kind: 'power', base: p.form(e.base, scope), exponent: p.form(e.exponent, scope) }
    case 'reduce': return reduceForm(e, p, scope)
    case 'derivative': return { kind: 'partial', of: p.form(e.of, scope), by: p.form(e.by, scope) }
  }
}

function powerAlone(e: Power, p: Printer, scope: Scope): Formula {
  const { coefficient, factors } = orient(ONE, [e], labelIn(scope))
  return assemble(coefficient, factors, p, scope)
}

/** A name with indices below and the sample above; the sample is shown where it is bound, fixed, or asked for. */
function entryOf(base: Formula, indices: readonly Index[], sample: Index | undefined, p: Printer, scope: Scope): Formula {
  const shown = sample !== undefined && (sample.level > 0 || sample.literal !== undefined || (p.context.showSample ?? false))
  if (indices.length === 0 && !shown) return base
  const place = (i: Index): Formula => affineForm(placeOf(i, scope.places))
  return { kind: 'entry', base, indices: indices.map(place), ...(shown ? { sample: place(sample) } : {}) }
}

function symbolForm(e: Sym, p: Printer, scope: Scope): Formula {
  const { tensor } = e
  if (tensor.size) return { kind: 'size', size: tensor.size }
  const base = p.context.nameOf?.(tensor) ?? nameForm(tensor.name)
  return tensor.sample ? entryOf(base, e.indices.slice(1), e.indices[0], p, scope) : entryOf(base, e.indices, undefined, p, scope)
}

/** `δ_ij` for a pair of indices, `1[p = 2i + a − 1]` for any other relation. */
function selectorForm(e: Selector, scope: Scope): Formula {
  const pair = asDelta(e)
  const place = (i: Index): Formula => affineForm(placeOf(i, scope.places))
  if (pair?.b) {
    const [left, right] = [pair.a, pair.b].map(place).sort((x, y) => (JSON.stringify(x, bigint) < JSON.stringify(y, bigint) ? -1 : 1))
    return { kind: 'delta', left: left!, right: right! }
  }
  if (pair?.position !== undefined) return { kind: 'delta', left: place(pair.a), right: numberForm({ n: BigInt(pair.position + 1), d: 1n }) }
  return { kind: 'indicator', ...relationSides(e.relation, selectorPlace(e, scope.places)) }
}
const bigint = (_: string, v: unknown): unknown => (typeof v === 'bigint' ? String(v) : v)
