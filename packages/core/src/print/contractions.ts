/** Contractions: signs of summation around exactly the factors that depend on their indices. */
import { asDelta, type Contraction, type Expr, type Index, substitute } from '../expression/index.ts'
import { ONE, type Rational } from '../shape/index.ts'
import { affineForm, placeOf } from './affine.ts'
import type { Printer, Scope } from './context.ts'
import { assemble, factorOf, type Factor, orient } from './factors.ts'
import { integer, nameForm } from './forms.ts'
import type { Formula } from './formula.ts'
import { bind } from './letters.ts'
import { compareRanks, isCoefficient, type Label, sortBound, sortFactors } from './reading-order.ts'
import { labelIn } from './scope.ts'
import { dependsOn, placeSolved, type Solved, solveWindows } from './windows.ts'

/** What stays the same within one contraction. */
interface Work {
  readonly p: Printer
  readonly solved: Solved
  /** The indices that each factor depends on. */
  readonly needs: ReadonlyMap<Expr, ReadonlySet<Index>>
  /** The factors with the signs turned that read best. */
  readonly turned: ReadonlyMap<Expr, Factor>
}

/** `1/m Σ_i (y_u⁽ⁱ⁾ − t_u⁽ⁱ⁾) x_v⁽ⁱ⁾`: the sum over the data stands outermost, other bound indices of one sum share one sign. */
export function contractionForm(e: Contraction, p: Printer, outer: Scope): Formula {
  const isSelector = (f: Expr): boolean => f.kind === 'selector'
  const all = alike(e.factors, labelIn(outer), e.bound)
  const solved = solveWindows(all.filter(isSelector), all.filter(f => !isSelector(f)), e.bound, 'product', labelIn(outer))
  const scope: Scope = { ...outer, places: placeSolved(solved, outer.places) }
  const used = new Set<Expr>(solved.values())
  const parts = sortFactors(all.filter(f => !used.has(f)), labelIn(outer), p.context)
  const { coefficient, factors } = orient(e.coefficient, parts, labelIn(outer))
  const work: Work = { p, solved, needs: new Map(parts.map(f => [f, dependsOn(f, solved)])), turned: new Map(factors.map(f => [f.expr, f])) }
  const bound = e.bound.filter(b => !solved.has(b))
  const whole = (p.context.wholeDataSum ?? false) && bound.some(b => b.sample)
  const outside = parts.filter(f => !dependsOnAny(f, bound, work) && !(whole && !isCoefficient(f, p.context)))
  const inData = whole && coefficient.d === 1n && coefficient.n > 0n
  const inside = whole ? parts.filter(f => !outside.includes(f) && !dependsOnAny(f, bound, work)) : []
  const tails = sums(bound, parts.filter(f => dependsOnAny(f, bound, work)), work, scope, inside, inData ? coefficient : ONE)
  return assemble(inData ? ONE : coefficient, inOrder(outside, work, scope), p, scope, tails)
}

/** Beside δ_ij the other factors are written with the first of the two letters: δ_ij s_i, whichever of them they carry. */
function alike(factors: readonly Expr[], label: Label, bound: readonly Index[]): readonly Expr[] {
  let list = factors
  for (const f of factors) {
    const pair = f.kind === 'selector' ? asDelta(f) : undefined
    if (!pair?.b || bound.includes(pair.a) || bound.includes(pair.b)) continue
    const map = label(pair.a) < label(pair.b) ? new Map([[pair.b, pair.a]]) : new Map([[pair.a, pair.b]])
    list = list.map(g => (g === f ? g : substitute(g, map)))
  }
  return list
}

const dependsOnAny = (f: Expr, over: readonly Index[], work: Work): boolean => over.some(b => work.needs.get(f)!.has(b))
const inOrder = (list: readonly Expr[], work: Work, scope: Scope): readonly Factor[] =>
  sortFactors(list, labelIn(scope), work.p.context).map(f => work.turned.get(f) ?? factorOf(f))

interface Part { readonly bound: Index[]; readonly factors: Expr[] }

/** Bound indices that share no factor belong to different sums: Σ_{k,l} a_k b_l is (Σ_k a_k) Σ_l b_l. */
function apart(bound: readonly Index[], factors: readonly Expr[], work: Work): readonly Part[] {
  let parts: Part[] = bound.map(b => ({ bound: [b], factors: [] }))
  for (const f of factors) {
    const touched = parts.filter(x => dependsOnAny(f, x.bound, work))
    parts = [...parts.filter(x => !touched.includes(x)), { bound: touched.flatMap(x => x.bound), factors: [...touched.flatMap(x => x.factors), f] }]
  }
  return parts
}

/** One formula for each independent sum; equal ones become a power. `extra` factors go with the first sum over the data. */
function sums(bound: readonly Index[], factors: readonly Expr[], work: Work, scope: Scope, extra: readonly Expr[] = [], coefficient: Rational = ONE): readonly Formula[] {
  let rest = extra
  let c = coefficient
  const made = apart(bound, factors, work).map(part => {
    const data = part.bound.some(b => b.sample)
    const form = oneSum(part, work, scope, data ? rest : [], data ? c : ONE)
    if (data) { rest = []; c = ONE }
    const first = sortFactors(part.factors, () => '', work.p.context)[0]!
    return { form, first, key: JSON.stringify(form, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)), count: 1 }
  })
  made.sort((a, b) => compareRanks(a.first, b.first) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const distinct: typeof made = []
  for (const m of made) {
    const last = distinct.at(-1)
    if (last?.key === m.key) last.count++
    else distinct.push(m)
  }
  return distinct.map(({ form, count }): Formula => (count === 1 ? form : { kind: 'power', base: form, exponent: integer(count) }))
}

/** `Σ_i` over the data with its factors, then one sign for all other indices. */
function oneSum({ bound, factors }: Part, work: Work, outer: Scope, extra: readonly Expr[], coefficient: Rational): Formula {
  const { p, solved } = work
  const samples = bound.filter(b => b.sample)
  const now = sortBound(samples.length > 0 ? samples : bound, factors, labelIn(outer), p.context)
  const later = samples.length > 0 ? bound.filter(b => !b.sample) : []
  const named = bind(now, factors, outer, p.names)
  const scope: Scope = { ...named, places: placeSolved(solved, named.places) }
  const here = factors.filter(f => !dependsOnAny(f, later, work))
  const body = assemble(coefficient, inOrder([...here, ...extra], work, scope), p, scope, sums(later, factors.filter(f => dependsOnAny(f, later, work)), work, scope))
  const under = now.map(b => affineForm(placeOf(b, scope.places)))
  const said = (p.context.sayData ?? false) && samples.length === 1
  return {
    kind: 'big', operator: 'sum', under: said ? [] : under, body,
    ...(said ? { condition: { kind: 'condition', left: under[0]!, relation: '∈', right: nameForm('data') } } : {}),
  }
}
