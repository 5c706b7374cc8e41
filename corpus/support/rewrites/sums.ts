/** Other orders and forms of sums. */
import { type Latex, make, makeLatex, mapLatexChildren } from '../../../packages/core/src/language/latex/index.ts'
import { asFactor, factorsOf, group, negated, numeral, productOf, sumOf } from '../../../packages/core/src/judge/slips/build.ts'
import type { Rewrite } from './rewrite.ts'

/** b + a for a + b, -b + a for a - b. */
const swapTerms: Rewrite = {
  id: 'swap terms',
  ways: ({ node }) => (node.kind === 'sum' && node.terms.length > 1 ? node.terms.slice(1).map((_, k) => {
    const terms = [...node.terms]
    ;[terms[k], terms[k + 1]] = [terms[k + 1]!, terms[k]!]
    return sumOf(terms)
  }) : []),
}

/** -(b - a) for a - b. */
const turnDifference: Rewrite = {
  id: 'turn a difference',
  ways: ({ node }) => {
    if (node.kind !== 'sum' || node.terms.length !== 2) return []
    const [a, b] = node.terms
    return a!.sign === '+' && b!.sign === '-' ? [negated(sumOf([{ sign: '+', body: b!.body }, { sign: '-', body: a!.body }]))] : []
  },
}

/** a c + b c for (a + b) c, c a number. */
const expand: Rewrite = {
  id: 'expand',
  ways: ({ node }, c) => {
    if (node.kind !== 'product' || node.operators.some(o => o !== 'juxtapose' && o !== 'cdot')) return []
    return node.factors.flatMap((f, k): Latex[] => {
      const inner = f.kind === 'group' && f.items.length === 1 ? f.items[0]! : f
      if (inner.kind !== 'sum' || inner.terms.length < 2 || c.rank(inner) !== 0) return []
      return [sumOf(inner.terms.map(t => ({ sign: t.sign, body: productOf(node.factors.map((g, j) => (j === k ? asFactor(t.body) : g)), node.operators) })))]
    })
  },
}

/** c (a + b) for c a + c b. */
const factorOut: Rewrite = {
  id: 'factor out',
  ways: ({ node }, c) => {
    if (node.kind !== 'sum' || node.terms.length !== 2) return []
    const [a, b] = node.terms.map(t => ({ sign: t.sign, factors: factorsOf(t.body), plain: t.body.kind !== 'product' || t.body.operators.every(o => o === 'juxtapose' || o === 'cdot') }))
    if (!a!.plain || !b!.plain || a!.factors.length < 2 || b!.factors.length < 2) return []
    const [first, other] = [a!.factors[0]!, b!.factors[0]!]
    if (c.rank(first) !== 0 || JSON.stringify(bare(first)) !== JSON.stringify(bare(other))) return []
    const rest = (x: typeof a): Latex => productOf(x!.factors.slice(1), Array.from({ length: x!.factors.length - 2 }, () => 'juxtapose' as const))
    return [productOf([first, group(sumOf([{ sign: a!.sign, body: rest(a) }, { sign: b!.sign, body: rest(b) }]))], ['juxtapose'])]
  },
}

const bare = (e: Latex): unknown => JSON.parse(JSON.stringify(e, (key: string, value: unknown) => (key === 'span' || key === 'own' ? undefined : value)))

const twiceNegative: Rewrite = { id: 'negative of the negative', ways: ({ node, parent }) => (node.kind === 'product' && parent?.kind === 'sum' ? [group(negated(group(negated(node))))] : []) }

const plusZero: Rewrite = { id: 'add zero', ways: ({ node, parent }, c) => (node.kind === 'sum' && parent === undefined && node.terms.length > 1 && c.rank(node) === 0 ? [sumOf([...node.terms, { sign: '+', body: numeral(0) }])] : []) }

/** Another letter for a bound one. */
const rename: Rewrite = {
  id: 'rename a bound letter',
  ways: ({ node }, { taken }) => {
    if (node.kind !== 'big' || node.operator !== 'sum') return []
    const [below] = node.under
    const letter = below?.kind === 'symbol' ? below.name : below?.kind === 'relation' && below.relations[0] !== '≠' && below.parts[0]?.kind === 'symbol' ? below.parts[0].name : undefined
    const free = ['r', 'q', 'p'].find(l => !taken.has(l))
    return letter === undefined || letter.length !== 1 || free === undefined ? [] : [renamed(node, letter, free)]
  },
}

const renamed = (e: Latex, from: string, to: string): Latex => (e.kind === 'symbol' && e.name === from ? make.symbol(to) : mapLatexChildren(e, x => renamed(x, from, to)))

/** c Σ x for Σ c x, c a number that the sum does not bind; here only for numerals. */
const pullNumber: Rewrite = {
  id: 'pull a number out of a sum',
  ways: ({ node }) => {
    if (node.kind !== 'big' || node.operator !== 'sum' || node.body.kind !== 'product') return []
    const { factors, operators } = node.body
    return factors[0]?.kind === 'number' && operators[0] !== 'slash' ? [productOf([factors[0], makeLatex('big', { ...node, body: productOf(factors.slice(1), operators.slice(1)) })], ['juxtapose'])] : []
  },
}

export const sums: readonly Rewrite[] = [swapTerms, turnDifference, expand, factorOut, twiceNegative, plusZero, rename, pullNumber]
