/** Constructors of the nodes that need no normal form of their own parts: numbers, entries, selectors, derivatives. */
import { addS, mulS, scaleS, size, subS, constantS, type Size } from '../shape/size.ts'
import { isInteger, ONE, type Rational, rational, signR, ZERO as ZERO_R, MINUS_ONE } from '../shape/rational.ts'
import { hashIndex, hashSelectorTerms } from './hash.ts'
import type { Index } from './indices.ts'
import { hashText, intern, mix, unionFree } from './intern.ts'
import type { Derivative, Expr, Num, Selector, SelectorTerm, Sym, Tensor } from './node.ts'

/** The number q. */
export function number(q: Rational | number | bigint): Num {
  const value = typeof q === 'object' ? q : rational(q)
  const text = `${value.n}/${value.d}`
  return intern(`#${text}`, () => ({ kind: 'number', value, hash: mix(13, hashText(text)), free: [], level: 0 })) as Num
}
export const ZERO = number(ZERO_R)
export const ONE_E = number(ONE)

/** The entry `tensor[indices]`. Throws RangeError when the number of indices is not the number of axes. */
export function entry(tensor: Tensor, indices: readonly Index[] = []): Sym {
  if (indices.length !== tensor.axes.length) throw new RangeError(`${tensor.name} has ${tensor.axes.length} axes, ${indices.length} indices were given`)
  const key = `s${tensor.key}[${indices.map(i => i.id).join(',')}]`
  return intern(key, () => ({
    kind: 'symbol', tensor, indices: Object.freeze([...indices]), level: 0, free: unionFree([indices]),
    hash: mix(23, hashText(tensor.key), ...indices.map(i => hashIndex(i))),
  })) as Sym
}

/** A size used as a number: a number node when it has no symbols. */
export function sizeValue(s: Size): Expr {
  const c = constantS(s)
  if (c) return number(c)
  return entry({ key: `size:${s.key}`, name: s.key, axes: [], sample: false, rank: -1, size: s })
}

/** The unresolved derivative d of / d by: total, or only through the definition of `of` itself. */
export const derivative = (of: Expr, by: Sym, direct = false): Derivative =>
  intern(`d${direct ? '!' : ''}${of.id}/${by.id}`, () => ({ kind: 'derivative', of, by, direct, hash: mix(53, of.hash, by.hash, direct ? 1 : 0), free: unionFree([of.free, by.free]), level: of.level })) as Derivative

/**
 * [sum of coefficient * index + constant = 0] (or <= 0), positions counted from 0.
 * Literals are folded into the constant; a selector without indices is 1 or 0 when it can be decided.
 */
export function selector(relation: 'eq' | 'le', terms: readonly SelectorTerm[], constant: Size = size(0)): Expr {
  let rest = constant
  const sums = new Map<Index, Size>()
  for (const t of terms) {
    if (t.index.literal !== undefined) rest = addS(rest, mulS(t.coefficient, size(t.index.literal)))
    else sums.set(t.index, addS(sums.get(t.index) ?? size(0), t.coefficient))
  }
  let list = [...sums].filter(([, c]) => c.monomials.length > 0).map(([index, coefficient]): SelectorTerm => ({ coefficient, index }))
  if (list.length === 0) {
    const c = constantS(rest)
    if (c) return (relation === 'eq' ? c.n === 0n : signR(c) <= 0) ? ONE_E : ZERO
  }
  list.sort((a, b) => a.index.id - b.index.id)
  const lead = list[0]?.coefficient.monomials[0]?.coefficient
  if (relation === 'eq' && lead && signR(lead) < 0) {
    list = list.map(t => ({ ...t, coefficient: scaleS(t.coefficient, MINUS_ONE) }))
    rest = scaleS(rest, MINUS_ONE)
  }
  const key = `r${relation}${list.map(t => `${t.coefficient.key}@${t.index.id}`).join(';')}|${rest.key}`
  return intern(key, () => ({
    kind: 'selector', relation, terms: Object.freeze(list), constant: rest, level: 0, free: unionFree([list.map(t => t.index)]),
    hash: mix(37, relation === 'eq' ? 1 : 2, hashText(rest.key), hashSelectorTerms(list)),
  }))
}

/** The Kronecker delta [i = j]. */
export const delta = (i: Index, j: Index): Expr => selector('eq', [{ coefficient: size(1), index: i }, { coefficient: size(-1), index: j }])

/**
 * When the selector says that two indices are equal (or one has a fixed position), that pair; else undefined.
 * An index with a fixed position is given as `position`.
 */
export function asDelta(s: Selector): { readonly a: Index; readonly b?: Index; readonly position?: number } | undefined {
  if (s.relation !== 'eq') return undefined
  const unit = (c: Size, value: number) => c.value === value
  const [p, q] = s.terms
  if (s.terms.length === 2 && p && q && s.constant.monomials.length === 0) {
    if ((unit(p.coefficient, 1) && unit(q.coefficient, -1)) || (unit(p.coefficient, -1) && unit(q.coefficient, 1))) return { a: p.index, b: q.index }
  }
  if (s.terms.length === 1 && p && unit(p.coefficient, 1)) {
    const c = constantS(subS(size(0), s.constant))
    if (c && isInteger(c)) return { a: p.index, position: Number(c.n) }
  }
  return undefined
}
