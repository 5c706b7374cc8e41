/** Sums of matrix expressions of one shape: order of terms, common number. */
import { divR, eqR, ONE, type Rational, rational, signR } from '../../shape/index.ts'
import { cheaper, type Mat } from './algebra.ts'
import { highest, keys, scaledM, splitM, total } from './build.ts'

const isConstant = (m: Mat): boolean => m.kind === 'number' || m.kind === 'ones' || m.kind === 'identity' || (m.kind === 'scaled' && (m.body ? isConstant(m.body) : false) && m.numerators.length === 0 && m.denominators.length === 0)

/** Positive terms first, then constants, then in order of computation, then the short ones. */
function compareTerms(a: Mat, b: Mat): number {
  const negative = (m: Mat) => Number(signR(splitM(m)[0]) < 0)
  const constant = (m: Mat) => Number(!isConstant(m))
  return negative(a) - negative(b) || constant(a) - constant(b) || (a.rank === b.rank ? 0 : a.rank - b.rank) || a.cost - b.cost || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))

/** The greatest positive number that all coefficients are whole multiples of. */
function common(terms: readonly Mat[]): Rational {
  return terms.map(t => splitM(t)[0]).reduce((g, c) => rational(gcd(g.n * c.d, c.n * g.d), g.d * c.d))
}

/** The sum of the terms. */
export function sumM(parts: readonly Mat[]): Mat {
  const terms = parts.flatMap(p => (p.kind === 'sum' ? p.terms : [p])).sort(compareTerms)
  if (terms.length === 1) return terms[0]!
  const plain = plainSum(terms)
  const raw = common(terms)
  const g = raw.n < 0n ? { n: -raw.n, d: raw.d } : raw
  if (eqR(g, ONE)) return plain
  const divided = terms.map(t => scaleM(divR(ONE, g), t)).sort(compareTerms)
  return cheaper(scaleM(g, plainSum(divided)), plain)!
}

/** c m */
export function scaleM(c: Rational, m: Mat): Mat {
  if (m.kind === 'number') return scaledM(c, [m], [])
  return m.shape === 'scalar' ? scaledM(c, [m], []) : scaledM(c, [], [], m)
}

function plainSum(terms: readonly Mat[]): Mat {
  const first = terms[0]!
  const shape = first.shape
  const cost = total(terms, 0) + 0.4 * (terms.length - 1) + terms.slice(1).reduce((c, t) => c - (signR(splitM(t)[0]) < 0 ? 0.4 : 0) + (signR(splitM(t)[0]) < 0 && isConstant(t) ? 0.5 : 0), 0)
  return { kind: 'sum', terms, shape, cost, rank: highest(terms), key: `(${keys(terms).replaceAll(',', '+')})` }
}

