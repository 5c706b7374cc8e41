/** Other orders and forms of products, powers and fractions. */
import { type Latex, make, type ProductOperator } from '../../../packages/core/src/language/latex/index.ts'
import { asFactor, group, numeral, productOf, raise, squareMark, transposeMark } from '../../../packages/core/src/judge/slips/build.ts'
import type { Rewrite } from './rewrite.ts'

const PLAIN: readonly ProductOperator[] = ['juxtapose', 'cdot']

/** A number and its neighbour exchanged. */
const swapFactors: Rewrite = {
  id: 'swap factors',
  ways: ({ node }, c) => {
    // 46 × 28 may be a shape
    if (node.kind !== 'product' || new Set(node.operators).size !== 1 || node.operators[0] === 'times' || node.operators[0] === 'slash' || node.operators[0] === 'oslash') return []
    return node.factors.slice(1).flatMap((b, k): Latex[] => {
      const a = node.factors[k]!
      const [x, y] = [c.rank(a), c.rank(b)]
      const commutes = node.operators[0] === 'odot' ? x !== undefined && x === y : x !== undefined && y !== undefined && (x === 0 || y === 0)
      if (!commutes || a.kind === 'sum' || b.kind === 'sum' || hasOnes(a) || hasOnes(b)) return []
      return [productOf([...node.factors.slice(0, k), b, a, ...node.factors.slice(k + 2)], node.operators)]
    })
  },
}

/** A vector of ones has no size by itself, so that it looks like a number. */
const hasOnes = (e: Latex): boolean => text(e).includes('"font":"bold"')

/** a · b for a b, both numbers. */
const spellDots: Rewrite = {
  id: 'a dot between numbers',
  ways: ({ node }, c) => (node.kind === 'product' && node.operators.includes('juxtapose') && node.factors.every(f => c.rank(f) === 0)
    ? [productOf(node.factors.map(asFactor), node.operators.map(o => (o === 'juxtapose' ? 'cdot' : o)))] : []),
}

/** Brackets that change nothing. */
const moreBrackets: Rewrite = { id: 'more brackets', ways: ({ node }) => (node.kind === 'product' && node.factors.length > 1 || node.kind === 'fraction' ? [group(node)] : []) }

/** a · 1/b for a/b. */
const timesReciprocal: Rewrite = {
  id: 'a fraction as a product',
  ways: ({ node, parent }, c) => (node.kind === 'fraction' && parent?.kind !== 'derivative' && c.rank(node.numerator) === 0 && c.rank(node.denominator) === 0 && !(node.numerator.kind === 'number' && node.numerator.text === '1')
    ? [group(productOf([asFactor(node.numerator), make.fraction(numeral(1), node.denominator)], ['cdot']))] : []),
}

/** a / b for \frac{a}{b}. */
const slash: Rewrite = {
  id: 'a slash for a fraction',
  ways: ({ node }, c) => (node.kind === 'fraction' && c.rank(node.numerator) === 0 && c.rank(node.denominator) === 0 ? [group(productOf([group(node.numerator), group(node.denominator)], ['slash']))] : []),
}

/** x · x for x^2, x a number. */
const squareAsProduct: Rewrite = {
  id: 'a square as a product',
  ways: ({ node }, c) => {
    if (node.kind !== 'scripted' || c.rank(node) !== 0 || node.primes > 0) return []
    const at = node.sup.findIndex(r => r.kind === 'power' && r.exponent.kind === 'number' && r.exponent.text === '2' && !r.entrywise)
    if (at < 0) return []
    const base: Latex = { ...node, sup: node.sup.filter((_, k) => k !== at) }
    if (c.isFunction(base) || c.isFunction(node.base)) return []
    const plain = base.sup.length === 0 && !base.sub ? base.base : base
    return c.rank(plain) === 0 ? [group(productOf([asFactor(plain), asFactor(plain)], ['cdot']))] : []
  },
}

const decimalHalf: Rewrite = {
  id: '0.5 for a half',
  ways: ({ node }) => (node.kind === 'fraction' && node.numerator.kind === 'number' && node.numerator.text === '1' && node.denominator.kind === 'number' && node.denominator.text === '2' ? [numeral('0.5')] : []),
}

/** A number in its own place: 2 as (1 + 1). */
const splitNumber: Rewrite = { id: 'a number as a sum', ways: ({ node, parent }) => (node.kind === 'number' && node.text === '2' && parent?.kind === 'product' ? [group(make.sum(numeral(1), numeral(1)))] : []) }

/** (X^T)^T for X. */
const twiceTransposed: Rewrite = {
  id: 'transposed twice',
  ways: ({ node, parent }, c) => ((node.kind === 'symbol' || node.kind === 'scripted') && c.rank(node) === 2 && parent?.kind !== 'scripted' && parent?.kind !== 'applied' && !c.isFunction(node) ? [raise(group(raise(group(node), transposeMark)), transposeMark)] : []),
}

/** (B^T A^T)^T for A B, both matrices. */
const transposedProduct: Rewrite = {
  id: 'the transpose of the transposed factors',
  ways: ({ node }, c) => {
    if (node.kind !== 'product' || node.factors.length !== 2 || node.operators[0] !== 'juxtapose' || node.factors.some(f => c.rank(f) !== 2)) return []
    const [a, b] = node.factors
    return [raise(group(productOf([raise(group(b!), transposeMark), raise(group(a!), transposeMark)], ['juxtapose'])), transposeMark)]
  },
}

const timesOne: Rewrite = { id: 'times one', ways: ({ node }, c) => (node.kind === 'product' && c.rank(node) === 0 && node.operators.every(o => PLAIN.includes(o)) ? [productOf([numeral(1), ...node.factors], ['cdot', ...node.operators])] : []) }

/** x^2 for x · x. */
const asSquare: Rewrite = {
  id: 'a product as a square',
  ways: ({ node }, c) => (node.kind === 'product' && node.factors.length === 2 && PLAIN.includes(node.operators[0]!) && c.rank(node.factors[0]!) === 0 && same(node.factors[0]!, node.factors[1]!) ? [raise(group(node.factors[0]!), squareMark)] : []),
}

const same = (a: Latex, b: Latex): boolean => text(a) === text(b)
const text = (e: Latex): string => JSON.stringify(e, (key: string, value: unknown) => (key === 'span' || key === 'own' ? undefined : value))

export const products: readonly Rewrite[] = [swapFactors, spellDots, moreBrackets, timesReciprocal, slash, squareAsProduct, asSquare, decimalHalf, splitNumber, twiceTransposed, transposedProduct, timesOne]
