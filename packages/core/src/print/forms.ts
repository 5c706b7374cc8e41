/** Small constructors of formulas that keep them flat. */
import { eqR, mulR, ONE, type Rational, signR, negR } from '../shape/index.ts'
import type { Formula } from './formula.ts'

export const nameForm = (name: string): Formula => ({ kind: 'name', name })
export const integer = (k: number): Formula => ({ kind: 'number', value: { n: BigInt(k), d: 1n } })

/** −f, with a double minus taken away. */
export const negativeForm = (f: Formula): Formula => (f.kind === 'negative' ? f.body : { kind: 'negative', body: f })

/** 1/100000 as 10^-5: the small constants that layers add under a root. */
function tenth(q: Rational): Formula | undefined {
  const zeros = /^1(0{3,})$/.exec(q.d.toString())?.[1]?.length
  return q.n === 1n && zeros !== undefined ? { kind: 'power', base: integer(10), exponent: integer(-zeros) } : undefined
}

/** The number q; a negative one is the negative of a positive one. */
export function numberForm(q: Rational, decimal = false): Formula {
  const plain = (value: Rational): Formula => tenth(value) ?? { kind: 'number', value, ...(decimal ? { decimal } : {}) }
  return signR(q) < 0 ? { kind: 'negative', body: plain(negR(q)) } : plain(q)
}

/** The factors side by side, products in them flattened, numbers multiplied and put in front; 1 when there are none. */
export function productForm(factors: readonly Formula[]): Formula {
  const all = factors.flatMap(f => (f.kind === 'product' && f.operator === 'juxtapose' ? f.factors : [f]))
  const numbers = all.filter(f => f.kind === 'number')
  const number = numbers.reduce((product, f) => mulR(product, f.value), ONE)
  const rest = all.filter(f => f.kind !== 'number')
  const flat = eqR(number, ONE) ? rest : [numberForm(number, numbers.some(f => f.decimal === true)), ...rest]
  return flat.length === 0 ? integer(1) : flat.length === 1 ? flat[0]! : { kind: 'product', operator: 'juxtapose', factors: flat }
}

/** The sum of the terms. */
export const sumForm = (terms: readonly Formula[]): Formula => (terms.length === 1 ? terms[0]! : { kind: 'sum', terms })

/** How many leaves a formula has, to tell a short one from a long one. */
export function leaves(f: Formula): number {
  const all = (list: readonly Formula[]): number => list.reduce((n, x) => n + leaves(x), 0)
  switch (f.kind) {
    case 'number': case 'name': case 'size': case 'ones': case 'identity': return 1
    case 'entry': return f.base.kind === 'name' ? 1 : leaves(f.base)
    case 'sum': return all(f.terms)
    case 'product': return all(f.factors)
    case 'fraction': case 'elementwise-quotient': return 2 + leaves(f.numerator) + leaves(f.denominator)
    case 'power': return leaves(f.base) + leaves(f.exponent)
    case 'exponential': return 1 + leaves(f.exponent)
    case 'call': return 1 + all(f.args)
    case 'big': return 3 + leaves(f.body)
    case 'partial': return leaves(f.of) + leaves(f.by)
    case 'differential': return leaves(f.of)
    case 'delta': case 'indicator': case 'equation': case 'condition': return leaves(f.left) + leaves(f.right)
    case 'cases': return all(f.rows.map(r => r.value))
    case 'list': return all(f.items)
    case 'matrix': return all(f.rows.flat())
    case 'negative': case 'root': case 'transpose': case 'absolute': case 'norm': case 'bracket': return leaves(f.body)
  }
}
