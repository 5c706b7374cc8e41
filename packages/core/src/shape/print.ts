/** Sizes as text and as LaTeX. */
import { eqR, negR, ONE, signR, textR } from './rational.ts'
import type { Atom, Monomial, Size } from './size.ts'

export type Notation = 'text' | 'latex'

function atom(a: Atom, notation: Notation): string {
  if (a.kind === 'symbol') return notation === 'latex' ? latexSymbol(a.name) : a.name
  if (notation === 'latex') {
    const fraction = `\\frac{${printSize(a.numerator, notation)}}{${printSize(a.denominator, notation)}}`
    return a.kind === 'floor' ? `\\left\\lfloor ${fraction} \\right\\rfloor` : fraction
  }
  const side = (s: Size) => (s.monomials.length > 1 || s.monomials[0]!.atoms.length > 1 ? `(${printSize(s, notation)})` : printSize(s, notation))
  return a.kind === 'floor' ? `floor(${side(a.numerator)}/${side(a.denominator)})` : `${side(a.numerator)}/${side(a.denominator)}`
}

/** `n0` is `n_{0}`, `n[l-1]` is `n^{[l-1]}`, `batch` is `\mathrm{batch}`. */
export function latexSymbol(name: string): string {
  const match = /^([A-Za-z]+?)_?(\d*)((?:\[[^\]]*\])?)$/.exec(name)
  if (!match) return `\\mathrm{${name.replaceAll('_', '\\_')}}`
  const base = match[1]!.length > 1 ? `\\mathrm{${match[1]}}` : match[1]!
  return `${base}${match[2] ? `_{${match[2]}}` : ''}${match[3] ? `^{${match[3]}}` : ''}`
}

function monomial(m: Monomial, notation: Notation): string {
  const times = notation === 'latex' ? ' \\cdot ' : ' '
  const factors = m.atoms.map(a => atom(a, notation))
  const c = m.coefficient
  if (factors.length === 0) return textR(c)
  if (eqR(c, ONE)) return factors.join(times)
  return c.d === 1n && factors.length === 1 && /^[A-Za-z\\]/.test(factors[0]!) && !factors[0]!.startsWith('floor') && !factors[0]!.startsWith('\\')
    ? `${textR(c)}${factors[0]}` : [c.d === 1n ? textR(c) : `(${textR(c)})`, ...factors].join(notation === 'latex' ? ' \\cdot ' : ' * ')
}

/** `floor((J + 2P - M)/S) + 1`. Terms with symbols first, the number last. */
export function printSize(s: Size, notation: Notation = 'text'): string {
  if (s.monomials.length === 0) return '0'
  const positiveFirst = [...s.monomials].sort((a, b) =>
    Number(a.atoms.length === 0) - Number(b.atoms.length === 0) || Number(signR(a.coefficient) < 0) - Number(signR(b.coefficient) < 0))
  return positiveFirst.map((m, i) => {
    const minus = signR(m.coefficient) < 0
    const body = monomial(minus ? { ...m, coefficient: negR(m.coefficient) } : m, notation)
    return i === 0 ? (minus ? `-${body}` : body) : ` ${minus ? '-' : '+'} ${body}`
  }).join('')
}
