/**
 * Sizes of axes: numbers, symbols and formulas such as `floor((J + 2P - M)/S) + 1`.
 * A size is a polynomial with rational coefficients over atoms; an atom is a symbol or a floor of a quotient.
 * Sizes are interned: equal sizes are the same object.
 */
import { addR, divR, eqR, isInteger, mulR, ONE, type Rational, rational, textR, ZERO } from './rational.ts'

export type Atom =
  | { readonly kind: 'symbol'; readonly name: string; readonly key: string }
  /** floor(numerator / denominator) */
  | { readonly kind: 'floor'; readonly numerator: Size; readonly denominator: Size; readonly key: string }
  /** numerator / denominator, when the quotient is no polynomial */
  | { readonly kind: 'quotient'; readonly numerator: Size; readonly denominator: Size; readonly key: string }

/** coefficient * product of atoms (an atom may repeat). */
export interface Monomial { readonly coefficient: Rational; readonly atoms: readonly Atom[] }

export interface Size {
  /** Sorted by key; empty for 0. */
  readonly monomials: readonly Monomial[]
  /** Content key; equal keys are equal sizes. */
  readonly key: string
  /** The number, when the size is one. */
  readonly value: number | undefined
}

const interned = new Map<string, Size>()
const monomialKey = (m: Monomial) => m.atoms.map(a => a.key).join('·')

function make(monomials: Monomial[]): Size {
  const sums = new Map<string, Monomial>()
  for (const m of monomials) {
    const key = monomialKey(m)
    const old = sums.get(key)
    sums.set(key, old ? { coefficient: addR(old.coefficient, m.coefficient), atoms: m.atoms } : m)
  }
  const kept = [...sums].filter(([, m]) => m.coefficient.n !== 0n).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const key = kept.map(([k, m]) => `${textR(m.coefficient)}*${k}`).join('+') || '0'
  const known = interned.get(key)
  if (known) return known
  const list = kept.map(([, m]) => m)
  const value = list.length === 0 ? 0 : list.length === 1 && list[0]!.atoms.length === 0 && isInteger(list[0]!.coefficient)
    ? Number(list[0]!.coefficient.n) : undefined
  const made: Size = Object.freeze({ monomials: list, key, value })
  interned.set(key, made)
  return made
}

/** The size n. */
export const size = (n: number | bigint | Rational): Size =>
  make([{ coefficient: typeof n === 'object' ? n : rational(n), atoms: [] }])
/** The symbolic size with this name. */
export const sizeSymbol = (name: string): Size =>
  make([{ coefficient: ONE, atoms: [{ kind: 'symbol', name, key: name }] }])

/** a + b */
export const addS = (a: Size, b: Size): Size => make([...a.monomials, ...b.monomials])
/** c a */
export const scaleS = (a: Size, c: Rational): Size => make(a.monomials.map(m => ({ ...m, coefficient: mulR(m.coefficient, c) })))
/** a - b */
export const subS = (a: Size, b: Size): Size => addS(a, scaleS(b, rational(-1)))
/** a b */
export function mulS(a: Size, b: Size): Size {
  return make(a.monomials.flatMap(m => b.monomials.map(n => ({
    coefficient: mulR(m.coefficient, n.coefficient),
    atoms: [...m.atoms, ...n.atoms].sort((x, y) => (x.key < y.key ? -1 : x.key > y.key ? 1 : 0)),
  }))))
}

/** a / b as a size: exact where b is a number or divides a, else a quotient atom. */
export function divS(a: Size, b: Size): Size {
  if (b.monomials.length === 1) {
    const divisor = b.monomials[0]!
    const parts: Monomial[] = []
    for (const m of a.monomials) {
      const rest = [...m.atoms]
      const divides = divisor.atoms.every(x => {
        const at = rest.findIndex(y => y.key === x.key)
        if (at >= 0) rest.splice(at, 1)
        return at >= 0
      })
      if (divides) parts.push({ coefficient: divR(m.coefficient, divisor.coefficient), atoms: rest })
    }
    if (parts.length === a.monomials.length) return make(parts)
  }
  if (b.monomials.length === 0) throw new RangeError('a size is divided by zero')
  return make([{ coefficient: ONE, atoms: [{ kind: 'quotient', numerator: a, denominator: b, key: `(${a.key})/(${b.key})` }] }])
}

const isWhole = (a: Size): boolean => a.monomials.every(m => isInteger(m.coefficient) && m.atoms.every(x => x.kind !== 'quotient'))

/** floor(a / b) */
export function floorDivS(a: Size, b: Size): Size {
  if (a.value !== undefined && b.value !== undefined) {
    if (b.value === 0) throw new RangeError('a size is divided by zero')
    return size(Math.floor(a.value / b.value))
  }
  const exact = divS(a, b)
  if (isWhole(exact)) return exact
  return make([{ coefficient: ONE, atoms: [{ kind: 'floor', numerator: a, denominator: b, key: `floor((${a.key})/(${b.key}))` }] }])
}

/** All symbol names in a size. */
export function sizeSymbols(a: Size, into = new Set<string>()): Set<string> {
  for (const m of a.monomials) for (const x of m.atoms) {
    if (x.kind === 'symbol') into.add(x.name)
    else { sizeSymbols(x.numerator, into); sizeSymbols(x.denominator, into) }
  }
  return into
}

/** The size with symbols replaced; symbols without a binding stay. */
export function substituteS(a: Size, bind: (name: string) => Size | undefined): Size {
  if (a.value !== undefined) return a
  let total = size(0)
  for (const m of a.monomials) {
    let product = make([{ coefficient: m.coefficient, atoms: [] }])
    for (const x of m.atoms) {
      const factor = x.kind === 'symbol' ? bind(x.name) ?? sizeSymbol(x.name)
        : (x.kind === 'floor' ? floorDivS : divS)(substituteS(x.numerator, bind), substituteS(x.denominator, bind))
      product = mulS(product, factor)
    }
    total = addS(total, product)
  }
  return total
}

/** The exact number of a size at a binding of its symbols; undefined when one is missing. */
export function evaluateS(a: Size, bind: (name: string) => number | undefined): Rational | undefined {
  let total = ZERO
  for (const m of a.monomials) {
    let product = m.coefficient
    for (const x of m.atoms) {
      let factor: Rational
      if (x.kind === 'symbol') {
        const bound = bind(x.name)
        if (bound === undefined) return undefined
        factor = rational(bound)
      } else {
        const n = evaluateS(x.numerator, bind)
        const d = evaluateS(x.denominator, bind)
        if (!n || !d) return undefined
        const q = divR(n, d)
        factor = x.kind === 'quotient' ? q : rational(q.n >= 0n ? q.n / q.d : -((-q.n + q.d - 1n) / q.d))
      }
      product = mulR(product, factor)
    }
    total = addR(total, product)
  }
  return total
}

/** The rational constant of a size that has no symbols; undefined otherwise. */
export const constantS = (a: Size): Rational | undefined =>
  a.monomials.length === 0 ? ZERO : a.monomials.length === 1 && a.monomials[0]!.atoms.length === 0 ? a.monomials[0]!.coefficient : undefined

export const isOne = (a: Size): boolean => { const c = constantS(a); return c !== undefined && eqR(c, ONE) }
