/** Functions of entries, functionals of whole tensors, maxima. */
import { type Apply, type Expr, type Index, type Reduce, splitCoefficient } from '../expression/index.ts'
import { negate } from '../expression/index.ts'
import { signR } from '../shape/index.ts'
import { affineForm, placeOf, relationSides, selectorPlace } from './affine.ts'
import type { Printer, Scope } from './context.ts'
import { integer, leaves, nameForm } from './forms.ts'
import type { Formula } from './formula.ts'
import { bind } from './letters.ts'
import { sortBound } from './reading-order.ts'
import { labelIn } from './scope.ts'
import { placeSolved, solveWindows } from './windows.ts'

/** `1[x > 0]`; a difference is compared term with term, `1[a > b]`. */
function stepForm(x: Expr, p: Printer, scope: Scope): Formula {
  const [right, left] = x.kind === 'sum' && x.terms.length === 2 ? [...x.terms].sort((a, b) => signR(splitCoefficient(a)[0]) - signR(splitCoefficient(b)[0])) : []
  if (left && right && signR(splitCoefficient(right)[0]) < 0 && signR(splitCoefficient(left)[0]) > 0) {
    return { kind: 'indicator', left: p.form(left, scope), relation: '>', right: p.form(negate(right), scope) }
  }
  return { kind: 'indicator', left: p.form(x, scope), relation: '>', right: integer(0) }
}

/** An argument that is a whole tensor: its name, or its entry in brackets with its letters below. */
function wholeArgument(body: Expr, over: readonly Index[], p: Printer, scope: Scope): Formula {
  if (over.length === 0) return p.form(body, scope)
  const inner = bind(over, [body], scope, p.names)
  const form = p.form(body, inner)
  const letters = over.map(b => affineForm(placeOf(b, inner.places)))
  if (form.kind === 'entry') {
    const own = form.indices.slice(-over.length)
    const isLetter = (f: Formula | undefined, letter: Formula): boolean => f?.kind === 'name' && letter.kind === 'name' && f.name === letter.name
    const rest = form.indices.slice(0, -over.length)
    if (letters.every((l, k) => isLetter(own[k], l))) return rest.length === 0 && !form.sample ? form.base : { ...form, indices: rest }
  }
  return { kind: 'entry', base: { kind: 'bracket', body: form }, indices: letters }
}

const at = (form: Formula, indices: readonly Formula[]): Formula => (indices.length === 0 ? form
  : form.kind === 'entry' ? { ...form, indices: [...form.indices, ...indices] } : { kind: 'entry', base: form, indices })

/** `cost(a, y)`, `∂cost/∂a_i`, `inverse(X)_ij`. */
function functional(e: Apply, p: Printer, scope: Scope): Formula {
  const args = e.args.map((body, k) => wholeArgument(body, e.over[k] ?? [], p, scope))
  const groups = e.at.map(g => g.map(i => affineForm(placeOf(i, scope.places))))
  const call: Formula = { kind: 'call', name: e.fn.name, primes: 0, args, ...(e.fn.symbol ? { symbol: e.fn.symbol } : {}) }
  if (e.fn.whole) {
    const base: Formula = e.fn.name === 'inverse' ? { kind: 'power', base: args[0]!, exponent: { kind: 'negative', body: integer(1) } } : call
    return at(base, groups.flat())
  }
  const named = e.fn.partials.every(k => { const a = args[k]!; return a.kind === 'name' || (a.kind === 'entry' && a.base.kind !== 'bracket') })
  if (e.fn.partials.length > 0 && named) {
    return e.fn.partials.reduce((of: Formula, k, n): Formula => ({ kind: 'partial', of, by: at(args[k]!, groups[n] ?? []) }), nameForm(e.fn.name))
  }
  return at({ ...call, partials: e.fn.partials }, groups.flat())
}

/** A function of entries: `g'(z)`, `e^{z}`, `log y`, `1[z > 0]`, `|x|`, `∂_1 f(x, y)`. */
export function applyForm(e: Apply, p: Printer, scope: Scope): Formula {
  if (e.over.some(o => o.length > 0) || e.at.some(o => o.length > 0)) return functional(e, p, scope)
  const [x] = e.args
  if (!e.fn.abstract && x && e.args.length === 1 && e.fn.partials.length === 0) {
    if (e.fn.name === 'step') return stepForm(x, p, scope)
    if (e.fn.name === 'abs') return { kind: 'absolute', body: p.form(x, scope) }
    if (e.fn.name === 'sqrt') return { kind: 'root', body: p.form(x, scope) }
    if (e.fn.name === 'exp') {
      const exponent = p.form(x, scope)
      if (leaves(exponent) <= 4) return { kind: 'exponential', exponent }
    }
  }
  const primed = e.fn.arity === 1
  return {
    kind: 'call', name: e.fn.name, primes: primed ? e.fn.partials.length : 0, args: e.args.map(a => p.form(a, scope)),
    ...(!primed && e.fn.partials.length > 0 ? { partials: e.fn.partials } : {}), ...(e.fn.symbol ? { symbol: e.fn.symbol } : {}),
  }
}

/** A condition under a big operator. */
function conditionForm(e: Expr, p: Printer, scope: Scope): Formula {
  return e.kind === 'selector' ? { kind: 'condition', ...relationSides(e.relation, selectorPlace(e, scope.places)) } : { kind: 'condition', left: p.form(e, scope), relation: '=', right: integer(1) }
}

/** `max_{a,b} x[c, 2i+a−2]`; the indicator `1[(i, j) = argmax_{k,l} x_kl]`. */
export function reduceForm(e: Reduce, p: Printer, outer: Scope): Formula {
  const solved = e.op === 'max' ? solveWindows(e.where, [e.body], e.over, 'max', labelIn(outer)) : new Map<Index, never>()
  const conditions = e.where.filter(w => ![...solved.values()].includes(w as never))
  const over = e.over.filter(b => !solved.has(b))
  const parts = [e.body, ...e.where]
  const ordered = e.op === 'max' ? sortBound(over, parts, labelIn(outer), p.context) : over
  const bound = bind(ordered, parts, outer, p.names)
  const scope: Scope = { ...bound, places: placeSolved(solved, bound.places) }
  const where = conditions.map(w => conditionForm(w, p, scope))
  const big: Formula = {
    kind: 'big', operator: e.op, under: ordered.map(b => affineForm(placeOf(b, scope.places))), body: p.form(e.body, scope),
    ...(where.length === 1 ? { condition: where[0]! } : where.length > 1 ? { condition: { kind: 'list', items: where } } : {}),
  }
  if (e.op === 'max') return big
  const places = e.at.map(i => affineForm(placeOf(i, outer.places)))
  return { kind: 'indicator', left: places.length === 1 ? places[0]! : { kind: 'list', items: places }, relation: '=', right: big }
}

