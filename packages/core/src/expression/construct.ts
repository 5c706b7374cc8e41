/**
 * The constructors: expressions are normalised as they are built.
 * Sums and products are flattened, like terms and like powers collected, deltas contracted, order made canonical.
 * Products of sums are not multiplied out; `expand` does that on request.
 */
import { divR, eqR, isInteger, mulR, ONE, powR, type Rational } from '../shape/rational.ts'
import { cancelSum } from './cancel-sums.ts'
import { contractOneDelta } from './deltas.ts'
import { hashIndex } from './hash.ts'
import { boundIndex, freshLike, type Index } from './indices.ts'
import { compareExpr, hashBag, hashText, intern, mix, unionFree } from './intern.ts'
import { derivative, entry, number, ONE_E, selector, sizeValue, ZERO } from './leaves.ts'
import type { Contraction, Expr, ScalarFunction, Sym } from './node.ts'
import { canonicalOrder } from './order.ts'
import { add, content, contractionNode, greatestLevel, scale } from './sums.ts'

// ---------------------------------------------------------------- products

/** The factors of a contraction with its bound indices replaced by fresh free ones. */
export function open(e: Contraction): { bound: Index[]; factors: readonly Expr[] } {
  if (e.bound.length === 0) return { bound: [], factors: e.factors }
  const bound = e.bound.map(freshLike)
  const map = new Map(e.bound.map((b, k) => [b, bound[k]!]))
  return { bound, factors: e.factors.map(f => substitute(f, map)) }
}

/** Product of the factors. */
export const multiply = (...factors: readonly Expr[]): Expr => contract([], factors)

/** Sum over the bound indices of the product of the factors. The bound indices may be any objects; names do not matter. */
export function contract(over: readonly Index[], parts: readonly Expr[], coefficient: Rational = ONE): Expr {
  let c = coefficient
  let bound: Index[] = []
  let factors: Expr[] = []
  const take = (f: Expr): void => {
    if (f.kind === 'number') { c = mulR(c, f.value); return }
    if (f.kind === 'contraction') {
      c = mulR(c, f.coefficient)
      const inner = open(f)
      bound.push(...inner.bound)
      inner.factors.forEach(take)
      return
    }
    const k = content(f)
    if (!eqR(k, ONE)) { c = mulR(c, k); factors.push(scale(divR(ONE, k), f)) } else factors.push(f)
  }
  // canonical indices given here are those of an outer height: nested products, opened with fresh ones, cannot use them
  parts.forEach(take)
  bound.push(...over)
  if (c.n === 0n) return ZERO

  for (;;) {
    const step = contractOneDelta(factors, bound, substitute)
    if (step === 'zero') return ZERO
    if (!step) break
    factors = []
    step.factors.forEach(take)
    bound = step.bound.concat(bound.filter(b => !step.all.has(b)))
    if (c.n === 0n) return ZERO
  }
  const cancelled = cancelSum(factors, bound, substitute)
  if (cancelled) return contract(cancelled.bound, [...cancelled.rest, power(cancelled.sum, number(cancelled.exponent))], divR(c, cancelled.sum.coefficient))
  const powers = collectPowers(factors)
  if (powers.some(p => p.kind === 'number' || p.kind === 'contraction')) return contract(bound, powers, c)
  const used = new Set(powers.flatMap(f => f.free))
  const idle = bound.filter(b => !used.has(b))
  if (idle.length > 0) return contract(bound.filter(b => used.has(b)), [...powers, ...idle.map(b => sizeValue(b.size))], c)
  return closeContraction(c, powers, bound)
}

/** x x = x^2; an indicator times itself is itself. */
function collectPowers(factors: readonly Expr[]): readonly Expr[] {
  if (factors.length < 2) return factors
  const exponents = new Map<Expr, Expr[]>()
  for (const f of factors) {
    const [base, exponent] = f.kind === 'power' ? [f.base, f.exponent] : [f, ONE_E]
    const list = exponents.get(base)
    if (list) list.push(exponent)
    else exponents.set(base, [exponent])
  }
  if (exponents.size === factors.length) return factors
  return [...exponents].map(([base, list]) => {
    if (list.length === 1) return list[0] === ONE_E ? base : power(base, list[0]!)
    if (isIndicator(base)) return base
    return power(base, add(...list))
  })
}

const isIndicator = (e: Expr): boolean =>
  e.kind === 'selector' || (e.kind === 'reduce' && e.op === 'argmax') || (e.kind === 'apply' && e.fn.idempotent === true)

function closeContraction(c: Rational, factors: readonly Expr[], bound: readonly Index[]): Expr {
  if (bound.length === 0) {
    const { coefficient, closed } = closeFactors(c, factors, new Map())
    return contractionNode(coefficient, closed, [])
  }
  const closeIn = (order: readonly Index[]) => closeFactors(c, factors, levelsFor(order, greatestLevel(factors)))
  const order = canonicalOrder(bound, factors, o => { const made = closeIn(o); return [Number(made.coefficient.n), ...made.closed.map(f => f.hash)] })
  const { coefficient, closed } = closeIn(order)
  return contractionNode(coefficient, closed, [...levelsFor(order, greatestLevel(factors)).values()])
}

const levelsFor = (order: readonly Index[], height: number): Map<Index, Index> => new Map(order.map((b, k) => [b, boundIndex(height + 1 + k, b)]))

/** The factors under the canonical names; the sign and content of a sum, chosen under passing names, are chosen again. */
function closeFactors(c: Rational, factors: readonly Expr[], map: ReadonlyMap<Index, Index>): { coefficient: Rational; closed: Expr[] } {
  let coefficient = c
  const closed: Expr[] = []
  const take = (f: Expr): void => {
    if (f.kind === 'contraction' && f.bound.length === 0) {
      coefficient = mulR(coefficient, f.coefficient)
      f.factors.forEach(take)
      return
    }
    const k = content(f)
    if (!eqR(k, ONE)) coefficient = mulR(coefficient, k)
    closed.push(eqR(k, ONE) ? f : scale(divR(ONE, k), f))
  }
  const same = [...map].every(([from, to]) => from === to)
  factors.forEach(f => take(same ? f : substitute(f, map)))
  return { coefficient, closed: closed.sort(compareExpr) }
}

// ---------------------------------------------------------------- powers

/** A power of a sum over indices is opened into a product, (sum_k u_k)^2 = sum_{k,l} u_k u_l, while that gives at most this many indices. */
const MOST_OPENED = 4

/** base^exponent */
export function power(base: Expr, exponent: Expr): Expr {
  if (exponent.kind === 'number') {
    const q = exponent.value
    if (q.n === 0n) return ONE_E
    if (eqR(q, ONE)) return base
    if (base.kind === 'number') {
      if (base.value.n === 0n && q.n > 0n) return ZERO
      if (isInteger(q) && base.value.n !== 0n && (q.n < 64n && q.n > -64n)) return number(powR(base.value, Number(q.n)))
      if (eqR(base.value, ONE)) return ONE_E
    }
    if (isInteger(q)) {
      if (base.kind === 'power' && base.exponent.kind === 'number') return power(base.base, number(mulR(q, base.exponent.value)))
      if (base.kind === 'contraction' && base.bound.length === 0) {
        return contract([], [power(number(base.coefficient), exponent), ...base.factors.map(f => power(f, exponent))])
      }
      if (base.kind === 'contraction' && q.n >= 2n && Number(q.n) * base.bound.length <= MOST_OPENED) return contract([], Array.from({ length: Number(q.n) }, () => base))
      if (isIndicator(base) && q.n > 0n) return base
      const k = content(base)
      if (!eqR(k, ONE)) return contract([], [power(number(k), exponent), power(scale(divR(ONE, k), base), exponent)])
    }
  }
  const parts = [base, exponent]
  return intern(`^${base.id},${exponent.id}`, () => ({
    kind: 'power', base, exponent, free: unionFree(parts.map(p => p.free)), level: greatestLevel(parts), hash: mix(43, base.hash, exponent.hash),
  }))
}

/** a / b */
export const divide = (a: Expr, b: Expr): Expr => multiply(a, power(b, number(-1)))

// ---------------------------------------------------------------- functions and reductions

/** fn(args), entry by entry. */
export function apply(fn: ScalarFunction, args: readonly Expr[]): Expr {
  return fn.simplify?.(args) ?? applyOver(fn, args, args.map(() => []), fn.partials.map(() => []))
}

/** An abstract functional of whole tensors: argument k is its body over the axes `over[k]`; `at` are derivative slots. */
export function applyOver(fn: ScalarFunction, args: readonly Expr[], over: readonly (readonly Index[])[], at: readonly (readonly Index[])[]): Expr {
  const closed = args.map((body, k) => closeOver(body, over[k] ?? []))
  const bodies = closed.map(x => x.body)
  const binders = closed.map(x => x.over)
  const key = `f${fn.name}'${fn.partials.join('.')}(${bodies.map(b => b.id).join(',')})${binders.map(o => o.map(i => i.id).join('.')).join(';')}@${at.map(o => o.map(i => i.id).join('.')).join(';')}`
  return intern(key, () => ({
    kind: 'apply', fn, args: Object.freeze(bodies), over: binders, at,
    free: unionFree([...bodies.map((b, k) => b.free.filter(i => !binders[k]!.includes(i))), at.flat()]),
    level: binders.flat().reduce((h, b) => Math.max(h, b.level), greatestLevel(bodies)),
    hash: mix(41, hashText(fn.name), ...fn.partials, ...bodies.map(b => b.hash), ...binders.flat().map(i => hashIndex(i)), ...at.flat().map(i => hashIndex(i))),
  }))
}

/** Binds indices in the given order, without choosing an order. */
function closeOver(body: Expr, over: readonly Index[]): { body: Expr; over: readonly Index[] } {
  if (over.length === 0) return { body, over }
  const map = new Map(over.map((b, k) => [b, boundIndex(body.level + 1 + k, b)]))
  return { body: substitute(body, map), over: over.map(b => map.get(b)!) }
}

/** max of the body over the indices where all conditions hold, the first in the order of `over` on a tie; `argmax` is its indicator at the positions `at`. */
export function reduce(op: 'max' | 'argmax', over: readonly Index[], body: Expr, where: readonly Expr[] = [], at: readonly Index[] = []): Expr {
  if (over.length === 0) return op === 'max' ? body : ONE_E
  const height = greatestLevel([body, ...where])
  // the order decides ties and, for an argmax, belongs to its positions, so it is kept
  const map = levelsFor(over, height)
  const closed = substitute(body, map)
  const conditions = where.map(w => substitute(w, map)).filter(w => w !== ONE_E).sort(compareExpr)
  const binders = over.map(b => map.get(b)!)
  const parts = [closed, ...conditions]
  return intern(`${op}${closed.id}|${conditions.map(w => w.id).join(',')}|${binders.map(b => b.id).join(',')}|${at.map(b => b.id).join(',')}`, () => ({
    kind: 'reduce', op, over: binders, where: conditions, body: closed, at: Object.freeze([...at]),
    free: unionFree([unionFree(parts.map(p => p.free), binders), at]), level: binders.reduce((h, b) => Math.max(h, b.level), greatestLevel(parts)),
    hash: mix(47, op === 'max' ? 1 : 2, closed.hash, hashBag(conditions.map(w => w.hash)), ...binders.map(i => hashIndex(i)), ...at.map(i => hashIndex(i))),
  }))
}

// ---------------------------------------------------------------- substitution

/** The expression with indices replaced. Bound indices are never touched. */
export function substitute(e: Expr, map: ReadonlyMap<Index, Index>): Expr {
  if (map.size === 0) return e
  const memo = new Map<Expr, Expr>()
  const idx = (i: Index): Index => map.get(i) ?? i
  const renaming = isRenaming(e, map)
  const walk = (x: Expr): Expr => {
    if (!x.free.some(i => map.has(i))) return x
    const known = memo.get(x)
    if (known) return known
    const made = rebuildWith(x, walk, idx, renaming)
    memo.set(x, made)
    return made
  }
  return walk(e)
}

/** Are different indices sent to different ones? Then nothing can newly cancel or merge. */
function isRenaming(e: Expr, map: ReadonlyMap<Index, Index>): boolean {
  const images = new Set<Index>()
  for (const i of e.free) {
    const to = map.get(i) ?? i
    if (to.literal !== undefined || images.has(to) || to.size !== i.size) return false
    images.add(to)
  }
  return true
}

function rebuildWith(x: Expr, walk: (x: Expr) => Expr, idx: (i: Index) => Index, renaming: boolean): Expr {
  switch (x.kind) {
    case 'number': return x
    case 'symbol': return entry(x.tensor, x.indices.map(idx))
    case 'sum': return add(...x.terms.map(walk))
    // under a renaming only signs, order and names are chosen again; which index of a delta stays is chosen in `contract`
    case 'contraction': return renaming && !x.factors.some(f => f.kind === 'selector')
      ? closeContraction(x.coefficient, x.factors.map(walk), x.bound) : contract(x.bound, x.factors.map(walk), x.coefficient)
    case 'selector': return selector(x.relation, x.terms.map(t => ({ coefficient: t.coefficient, index: idx(t.index) })), x.constant)
    case 'apply': return x.fn.partials.length === 0 && x.over.every(o => o.length === 0) ? apply(x.fn, x.args.map(walk)) : applyOver(x.fn, x.args.map(walk), x.over, x.at.map(o => o.map(idx)))
    case 'power': return power(walk(x.base), walk(x.exponent))
    case 'reduce': return reduce(x.op, x.over, walk(x.body), x.where.map(walk), x.at.map(idx))
    case 'derivative': return derivative(walk(x.of), walk(x.by) as Sym, x.direct)
  }
}
