/** Sizes as products: `M N (J - M + 1)` instead of the polynomial multiplied out. */
import { addS, type Atom, constantS, divS, floorDivS, mulS, scaleS, type Size, size, sizeSymbol, subS } from './size.ts'
import { eqR, MINUS_ONE, ONE } from './rational.ts'

const atomSize = (a: Atom): Size => (a.kind === 'symbol' ? sizeSymbol(a.name) : (a.kind === 'floor' ? floorDivS : divS)(a.numerator, a.denominator))

/** s / d where d divides s as a polynomial and has an atom alone, as in `floor(J/S) + 1`; undefined otherwise. */
export function exactQuotient(s: Size, d: Size): Size | undefined {
  const lead = d.monomials.find(m => m.atoms.length === 1 && eqR(m.coefficient, ONE) && d.monomials.every(o => o === m || !o.atoms.some(a => a.key === m.atoms[0]!.key)))?.atoms[0]
  if (!lead) return undefined
  // d = lead - root; Horner's rule divides the polynomial in `lead`
  const root = scaleS(subS(d, atomSize(lead)), MINUS_ONE)
  const coefficients = powersOf(s, lead)
  let carried = size(0)
  let quotient = size(0)
  for (let k = coefficients.length - 1; k >= 0; k--) {
    if (k < coefficients.length - 1) quotient = addS(mulS(quotient, atomSize(lead)), carried)
    carried = addS(coefficients[k] ?? size(0), mulS(root, carried))
  }
  return carried.value === 0 && coefficients.length > 1 ? quotient : undefined
}

/** The coefficients of a polynomial in one atom, the constant first. */
function powersOf(s: Size, atom: Atom): Size[] {
  const list: Size[] = [size(0)]
  for (const m of s.monomials) {
    const rest = m.atoms.filter(a => a.key !== atom.key)
    const k = m.atoms.length - rest.length
    while (list.length <= k) list.push(size(0))
    list[k] = addS(list[k]!, rest.reduce((p, a) => mulS(p, atomSize(a)), size(m.coefficient)))
  }
  return list
}

/** The factors of s among the candidates, behind what is left of it. */
export function factorSize(s: Size, candidates: Iterable<Size>): readonly Size[] {
  if (s.monomials.length < 2) return [s]
  const found: Size[] = []
  let rest = s
  for (const c of candidates) {
    if (c.monomials.length < 2) continue
    for (let q = exactQuotient(rest, c); q; q = exactQuotient(rest, c)) { rest = q; found.push(c) }
  }
  const one = constantS(rest)
  return found.length > 0 && one && eqR(one, ONE) ? found : [rest, ...found]
}

/** A product of atoms as its factors, the number first; any other size as it is. */
export function atomsOf(s: Size): readonly Size[] {
  const [only] = s.monomials
  if (!only || s.monomials.length > 1 || only.atoms.length === 0) return [s]
  return [...(eqR(only.coefficient, ONE) ? [] : [size(only.coefficient)]), ...only.atoms.map(atomSize)]
}
