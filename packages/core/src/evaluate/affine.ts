/** Selectors at numbers: integer affine relations between positions, solved for one of their indices. */
import type { Index, Selector } from '../expression/index.ts'
import type { Rational, Size } from '../shape/index.ts'
import type { SizeOf } from './dense.ts'

/** sum of coefficient * index + constant, all integers. */
export interface Affine { readonly terms: ReadonlyMap<Index, number>; readonly constant: number }

/** An index k with divisor * k = affine of other indices; divisor > 0. */
export interface Solution { readonly index: Index; readonly divisor: number; readonly affine: Affine }

/** The relation of a selector with its sizes replaced by numbers, scaled by a positive number to integers. */
export function affineOf(s: Selector, numberOf: (size: Size) => Rational): Affine {
  const terms = s.terms.map(t => ({ index: t.index, coefficient: numberOf(t.coefficient) }))
  const constant = numberOf(s.constant)
  const scale = [constant, ...terms.map(t => t.coefficient)].reduce((p, q) => p * q.d, 1n)
  const whole = (q: Rational): number => Number(q.n * (scale / q.d))
  return { terms: new Map(terms.filter(t => t.coefficient.n !== 0n).map(t => [t.index, whole(t.coefficient)])), constant: whole(constant) }
}

/** The solution of affine = 0 for one of its indices. */
export function solve(a: Affine, index: Index): Solution {
  const c = a.terms.get(index)!
  const sign = c > 0 ? -1 : 1
  const terms = new Map([...a.terms].filter(([i]) => i !== index).map(([i, q]) => [i, sign * q]))
  return { index, divisor: Math.abs(c), affine: { terms, constant: sign * a.constant } }
}

/** divisor * a with the solved index replaced: the same sign everywhere. */
export function substituteAffine(a: Affine, s: Solution): Affine {
  const q = a.terms.get(s.index)
  if (q === undefined) return a
  const terms = new Map([...a.terms].filter(([i]) => i !== s.index).map(([i, c]) => [i, c * s.divisor]))
  for (const [i, c] of s.affine.terms) {
    const sum = (terms.get(i) ?? 0) + q * c
    if (sum === 0) terms.delete(i)
    else terms.set(i, sum)
  }
  return { terms, constant: a.constant * s.divisor + q * s.affine.constant }
}

/** Least and greatest value over all positions. */
export function rangeOf(a: Affine, sizeOf: SizeOf): readonly [number, number] {
  let [low, high] = [a.constant, a.constant]
  for (const [i, c] of a.terms) {
    if (c > 0) high += c * (sizeOf(i) - 1)
    else low += c * (sizeOf(i) - 1)
  }
  return [low, high]
}
