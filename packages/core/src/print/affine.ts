/**
 * Positions as affine expressions of index letters: `2i + a − 3`.
 * Inside, positions count from 0; on the page from 1. With p = s i + a − P inside, the page reads
 * p' = s (i' − 1) + (a' − 1) − P + 1 = s i' + a' − P − s.
 */
import type { Index, Selector } from '../expression/index.ts'
import { addS, constantS, isOne, MINUS_ONE, negR, ONE, scaleS, signR, type Size, size, subS, mulS } from '../shape/index.ts'
import type { Formula } from './formula.ts'
import { integer, nameForm } from './forms.ts'

/** Sum of coefficient times letter, plus a constant. */
export interface Affine { readonly terms: ReadonlyMap<string, Size>; readonly constant: Size }

/** A letter as a position. */
export const letterPlace = (letter: string): Affine => ({ terms: new Map([[letter, size(1)]]), constant: size(0) })
const literalPlace = (position: number): Affine => ({ terms: new Map(), constant: size(position + 1) })

/** The printed position of an index; an index that has none in scope keeps its wished name. */
export function placeOf(i: Index, places: ReadonlyMap<Index, Affine>): Affine {
  return i.literal !== undefined ? literalPlace(i.literal) : places.get(i) ?? letterPlace(i.name || '?')
}

/** a + c b */
function addTimes(a: Affine, c: Size, b: Affine): Affine {
  const terms = new Map(a.terms)
  for (const [letter, k] of b.terms) {
    const sum = addS(terms.get(letter) ?? size(0), mulS(c, k))
    if (sum.monomials.length === 0) terms.delete(letter)
    else terms.set(letter, sum)
  }
  return { terms, constant: addS(a.constant, mulS(c, b.constant)) }
}

/** The left side of a selector over printed positions: sum of c i + k over inner positions is sum of c (i' − 1) + k. */
export function selectorPlace(s: Selector, places: ReadonlyMap<Index, Affine>): Affine {
  let total: Affine = { terms: new Map(), constant: s.constant }
  for (const t of s.terms) total = addTimes({ ...total, constant: subS(total.constant, t.coefficient) }, t.coefficient, placeOf(t.index, places))
  return total
}

/** The printed position of the index p that a selector [± p + rest = 0] determines. */
export function solvedPlace(s: Selector, p: Index, places: ReadonlyMap<Index, Affine>): Affine {
  const own = s.terms.find(t => t.index === p)!
  const rest = selectorPlace({ ...s, terms: s.terms.filter(t => t !== own) }, places)
  const solved = isOne(own.coefficient) ? addTimes({ terms: new Map(), constant: size(0) }, size(-1), rest) : rest
  return { ...solved, constant: addS(solved.constant, size(1)) }
}

const isNegative = (c: Size): boolean => c.monomials.length > 0 && c.monomials.every(m => signR(m.coefficient) < 0)
const byLetter = (a: readonly [string, Size], b: readonly [string, Size]): number =>
  Number(isNegative(a[1])) - Number(isNegative(b[1])) || Number(isOne(a[1])) - Number(isOne(b[1])) || (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)

function sizeForm(s: Size): Formula {
  const c = constantS(s)
  return c ? { kind: 'number', value: c } : { kind: 'size', size: s }
}

/** The monomials of a size as signed terms, symbols first. */
function constantTerms(s: Size): Formula[] {
  return [...s.monomials].sort((a, b) => Number(a.atoms.length === 0) - Number(b.atoms.length === 0)).map(m => {
    const negative = signR(m.coefficient) < 0
    const coefficient = negative ? negR(m.coefficient) : m.coefficient
    const body: Formula = m.atoms.length === 0 ? { kind: 'number', value: coefficient }
      : { kind: 'size', size: { monomials: [{ coefficient, atoms: m.atoms }], key: '', value: undefined } }
    return negative ? { kind: 'negative', body } : body
  })
}

/** The position as a formula: strides first, then taps, then the constant. */
export function affineForm(a: Affine): Formula {
  const letters = [...a.terms].sort(byLetter).map(([letter, c]): Formula => {
    const negative = isNegative(c)
    const k = negative ? scaleS(c, MINUS_ONE) : c
    const body: Formula = isOne(k) ? nameForm(letter) : { kind: 'product', operator: 'juxtapose', factors: [sizeForm(k), nameForm(letter)] }
    return negative ? { kind: 'negative', body } : body
  })
  const terms = [...letters, ...constantTerms(a.constant)]
  const ordered = letters[0] && letters[0].kind !== 'negative' ? terms : [...terms.filter(t => t.kind !== 'negative'), ...terms.filter(t => t.kind === 'negative')]
  return ordered.length === 0 ? integer(0) : ordered.length === 1 ? ordered[0]! : { kind: 'sum', terms: ordered }
}

/** The two sides of [a = 0] or [a <= 0], every term where it is positive: `p = 2i + a − 1`, `k ≤ i`, `k < i`. */
export function relationSides(relation: 'eq' | 'le', a: Affine): { left: Formula; relation: '=' | '≤' | '<'; right: Formula } {
  const strict = relation === 'le' && isOne(a.constant)
  const constant = strict ? size(0) : a.constant
  const entries = [...a.terms]
  const up = entries.filter(([, c]) => !isNegative(c))
  const down = entries.filter(([, c]) => isNegative(c)).map(([letter, c]): [string, Size] => [letter, scaleS(c, MINUS_ONE)])
  // an equation is written with the single index on the left
  const single = (side: readonly (readonly [string, Size])[]): string | undefined => (side.length === 1 && isOne(side[0]![1]) ? side[0]![0] : undefined)
  const [first, second] = [single(up), single(down)]
  const swap = relation === 'eq' && (up.length === 0 || (second !== undefined && (first === undefined || second < first)))
  const [left, right] = swap ? [down, up] : [up, down]
  const onLeft = left.length === 0
  const shift = onLeft ? constant : scaleS(constant, swap ? ONE : MINUS_ONE)
  return {
    left: affineForm({ terms: new Map(left), constant: onLeft ? shift : size(0) }), relation: relation === 'eq' ? '=' : strict ? '<' : '≤',
    right: affineForm({ terms: new Map(right), constant: onLeft ? size(0) : shift }),
  }
}
